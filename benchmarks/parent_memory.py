"""Measure whether the parent of a batch grows with the number of runs: 100 runs beside 1,000.

    python benchmarks/parent_memory.py [--runs N]

Runs are cheap, their tables are those of a real run with other numbers. Each size is a process of its own that goes
through run_batch, the tables and the comparison as `mellanrum compare` does. Memory is what the process holds of its
own, in megabytes. Exits with 1 if the parent holds more than a tenth more after all runs than after a tenth of them,
or if the whole command with its report ever holds more than half as much again: tables and report need every outcome
of every run, which grow with them.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import redirect_stdout
from functools import cache
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from sim.batch.jobs import Job, Wanted  # noqa: E402  # beside the package, not part of it
from sim.config.scenario import Scenario  # noqa: E402  # as above

NAMES = ("baseline", "team", "joint_financing", "all_four")
MOST_GROWTH = 1.1
MOST_GROWTH_OF_ALL = 1.5
WHOLE = "  highest, the whole command with its report"


@cache
def real_tables(scenario: str) -> dict[str, pd.DataFrame]:
    """Return the tables of one small real run, once in each worker."""
    from sim.batch.work import simulate_and_measure
    from sim.config.loader import load_scenario

    small = load_scenario(scenario, years=0.1, warmup_years=0.05, sample_share=0.02)
    return simulate_and_measure(small, 1, Wanted())


def cheap_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Return tables of real size with numbers that follow from the seed."""
    factor = 1 + seed % 1009 / 1e4
    return {
        name: table.assign(value=table["value"] * factor) if "value" in table else table
        for name, table in real_tables("baseline").items()
    }


def held_megabytes() -> float:
    """Return what this process holds of its own at the moment, without the libraries it maps (Linux)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("RssAnon")) / 1024


class Peak:
    """Looks every few milliseconds how much this process holds."""

    def __init__(self) -> None:
        self.megabytes = 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            self.megabytes = max(self.megabytes, held_megabytes())
            time.sleep(0.005)

    def since_last(self) -> float:
        """Return the highest since this was asked last."""
        highest, self.megabytes = self.megabytes, 0.0
        return highest


class Watches:
    """A progress that notes the memory of the parent at some numbers of runs."""

    def __init__(self, at: tuple[int, ...]) -> None:
        self.at, self.runs, self.seen = at, 0, dict[int, float]()

    def begin(self, *, total: int, reused: int) -> None:
        self.runs = reused

    def ran(self, job: Job, error: str | None) -> None:
        self.runs += 1
        if self.runs in self.at:
            self.seen[self.runs] = held_megabytes()

    def end(self) -> None:
        """Nothing is left to note."""


def measure(runs: int, folder: Path) -> dict[str, object]:
    """Make a batch and its tables; return the memory of this process, step by step."""
    from sim.analysis.differences import paired_differences
    from sim.batch.assemble import one_by_one, outcomes_of, runs_table
    from sim.batch.batch import run_batch
    from sim.batch.executors import local_pool
    from sim.batch.jobs import plan_jobs
    from sim.batch.store import Store
    from sim.batch.tables import write_csv, write_csv_parts, write_parquet
    from sim.config.loader import load_scenario

    scenarios = [load_scenario(name) for name in NAMES]
    plan = plan_jobs(scenarios, replications=runs // len(NAMES), base_seed=1, code="benchmark")
    watches = Watches((max(len(NAMES), runs // 10), runs))
    peak, steps = Peak(), {"before the first run": held_megabytes()}
    batch = run_batch(plan, pool=local_pool(2), work=cheap_work, progress=watches, store=Store(folder))
    steps["after the last run"], steps["  highest while running"] = held_megabytes(), peak.since_last()
    write_csv_parts(one_by_one(batch.results, "distributions"), folder / "distributions.csv")
    write_csv_parts(one_by_one(batch.results, "outcomes"), folder / "outcomes.csv")
    steps["  highest, distributions and outcomes written"] = peak.since_last()
    outcomes = outcomes_of(batch.results)
    write_parquet([runs_table(batch.results, outcomes)], folder / "runs.parquet")
    steps["  highest, outcomes read and runs written"] = peak.since_last()
    write_csv(paired_differences(outcomes), folder / "differences.csv")
    steps["  highest, differences"] = peak.since_last()
    whole_command(runs, folder / "command")
    steps[WHOLE] = peak.since_last()
    return {"runs": runs, "while running": watches.seen, "steps": steps}


def whole_command(runs: int, folder: Path) -> None:
    """Do what `mellanrum compare` does, with cheap runs."""
    from sim.cli.batch_request import Request
    from sim.cli.compare import compare, show

    each = runs // len(NAMES)
    request = Request(command="compare", scenarios=NAMES, replications=each, seed=1, jobs=2, out=folder, quiet=True)
    with redirect_stdout(io.StringIO()):
        show(compare(request, cheap_work), "en")


def measure_apart(runs: int) -> dict[str, dict[str, float]]:
    """Measure in a fresh process, so that one size says nothing about another."""
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, str(Path(__file__)), "--runs", str(runs), "--in", folder]
        done = subprocess.run(words, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000, help="of the larger batch; the other has a tenth")
    parser.add_argument("--in", dest="folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.folder:
        print(json.dumps(measure(options.runs, options.folder)))
        return 0
    few, many = measure_apart(options.runs // 10), measure_apart(options.runs)
    print(f"{'megabytes held by the parent':<46} {options.runs // 10:>8} runs {options.runs:>8} runs   ratio")
    for step in few["steps"]:
        first, second = few["steps"][step], many["steps"][step]
        print(f"{step:<46} {first:>13.1f} {second:>13.1f} {second / first:>7.2f}")
    at = many["while running"]
    growth = max(at.values()) / min(at.values())
    print(f"within the larger batch: {', '.join(f'{value:.1f} after {runs}' for runs, value in at.items())}")
    grew = many["steps"]["after the last run"] / few["steps"]["after the last run"]
    of_all = many["steps"][WHOLE] / few["steps"][WHOLE]
    return 0 if max(growth, grew) <= MOST_GROWTH and of_all <= MOST_GROWTH_OF_ALL else 1


if __name__ == "__main__":
    sys.exit(main())
