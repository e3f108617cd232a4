"""A comparison with the real model, as small as it gets: a script, so that workers can import it."""

import sys
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from sim.batch import executors


@dataclass(frozen=True, slots=True)
class OneProcess(executors.LocalPool):
    """A pool of one process that is not this one."""

    def start(self, workers: int) -> Executor:
        return executors._start_processes(workers)


def main(arguments: list[str]) -> None:
    """Compare: OUT JOBS|tcp://... SCENARIO...; `own` for JOBS is one process of its own."""
    import typer

    from sim.cli.batch_request import Request
    from sim.cli.compare import compare, with_baseline

    out, jobs, *names = arguments
    if jobs == "own":
        executors.local_pool = lambda workers: OneProcess(1)
    request = Request(
        command="compare",
        scenarios=with_baseline(names),
        replications=2,
        seed=1,
        years=0.1,
        warmup_years=0.05,
        sample=0.01,
        jobs=int(jobs) if jobs.isdigit() else 1,
        cluster=jobs if jobs.startswith("tcp://") else None,
        out=Path(out),
        persons=True,
        quiet=True,
        arguments=("compare", *names, "--out", out),
    )
    try:
        sys.exit(compare(request).exit_code)
    except typer.Exit as end:
        sys.exit(end.exit_code)


if __name__ == "__main__":
    main(sys.argv[1:])
