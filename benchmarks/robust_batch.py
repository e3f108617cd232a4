"""Make a batch of runs that take milliseconds, through everything that a real command goes through.

    python benchmarks/robust_batch.py OUT REPLICATIONS JOBS

Each attempt at a run leaves a file in the folder that MARKS names: so repeated work can be counted.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pandas as pd

from sim.batch.jobs import Wanted
from sim.cli.batch_request import Request
from sim.cli.main import fail
from sim.config.errors import InputError
from sim.config.scenario import Scenario

MARKS = "MELLANRUM_MARKS"
SCENARIOS = ("baseline", "team")
_ROWS = 1000
"""As large as the table of a real run."""


def quick_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Return tables that follow from scenario and seed, after 5 to 25 milliseconds."""
    if folder := os.environ.get(MARKS):
        Path(folder, f"{scenario.id}-{seed}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(0.005 + seed % 100 / 5000)
    numbers = [float((seed + row * 7919) % 1_000_003) / 7 for row in range(_ROWS)]
    outcomes = pd.DataFrame(
        {
            "group_by": ["all", *["need_group"] * (_ROWS - 1)],
            "group": ["all", *map(str, range(_ROWS - 1))],
            "outcome": "ed_visits_per_1000",
            "unit": "per 1,000 person-years",
            "value": numbers,
        }
    )
    distributions = pd.DataFrame({"distribution": "lead_days", "group": "3", "x": [1.0, 2.0], "value": numbers[:2]})
    return {"outcomes": outcomes, "distributions": distributions}


def main(out: str, replications: str, jobs: str) -> None:
    """Make the batch as `mellanrum run` does; exit codes as there."""
    import typer

    from sim.cli.batch_run import make_runs, report_failures, sign

    request = Request(
        command="run",
        scenarios=SCENARIOS,
        replications=int(replications),
        seed=1,
        jobs=int(jobs),
        out=Path(out),
        quiet=True,
    )
    try:
        finished = make_runs(request, quick_work)
    except InputError as problem:
        fail(str(problem))
    except typer.Exit as end:
        sys.exit(end.exit_code)
    sign(finished)
    report_failures(finished)
    sys.exit(finished.exit_code)


if __name__ == "__main__":
    main(*sys.argv[1:])
