"""A desk where batches are disturbed, and what each trouble did to one."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from benchmarks.robust_batch import MARKS, SCENARIOS

ROOT = Path(__file__).resolve().parents[1]
TABLES = ("outcomes.csv", "distributions.csv", "runs.parquet")
JOBS = 2
_PATIENCE_SECONDS = 300.0


@dataclass(kw_only=True)
class Check:
    """What one kind of trouble did to a batch."""

    trouble: str
    tries: int
    lost: int = 0
    duplicated: int = 0
    repeated: int = 0
    allowed: int = 0
    """How many runs may be repeated: one per worker and try."""
    same_bytes: bool = True
    faults: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.lost or self.duplicated or self.faults) and self.repeated <= self.allowed and self.same_bytes

    def expect(self, is_so: bool, otherwise: str) -> None:
        if not is_so:
            self.faults.append(otherwise)

    def row(self) -> str:
        verdict = "ok" if self.is_well else "; ".join(self.faults) or "FAILED"
        repeated = f"{self.repeated} of {self.allowed}"
        same = "yes" if self.same_bytes else "NO"
        counts = f"{self.tries:>5} {self.lost:>5} {self.duplicated:>6} {repeated:>11} {same:>6}"
        return f"{self.trouble:<44} {counts}  {verdict}"


HEADER = f"{'trouble':<44} {'tries':>5} {'lost':>5} {'double':>6} {'repeated':>11} {'bytes':>6}  verdict"


class Desk:
    """A folder to work in, with the tables of an undisturbed batch to compare with."""

    def __init__(self, folder: Path, replications: int, luck: random.Random) -> None:
        self.folder, self.replications, self.luck = folder, replications, luck
        self.runs = replications * len(SCENARIOS)
        self.calm = folder / "calm"
        code, errors = self.finish(self.start(self.calm))
        if code:
            raise RuntimeError(f"the undisturbed batch failed: {errors}")

    def start(
        self, out: Path, marks: Path | None = None, jobs: int = 1, most_bytes: int | None = None
    ) -> subprocess.Popen[str]:
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        if marks is not None:
            marks.mkdir(exist_ok=True)
            env[MARKS] = str(marks)

        def limit() -> None:
            if most_bytes is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

        script = str(ROOT / "benchmarks" / "robust_batch.py")
        return subprocess.Popen(
            [sys.executable, script, str(out), str(self.replications), str(jobs)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=env,
            preexec_fn=limit,
        )

    def finish(self, process: subprocess.Popen[str]) -> tuple[int, str]:
        _, errors = process.communicate(timeout=_PATIENCE_SECONDS)
        return process.returncode, errors

    def judge(self, check: Check, out: Path, marks: Path | None = None) -> Check:
        """Compare a finished batch with the undisturbed one, row by row and byte by byte."""
        try:
            made = pd.read_parquet(out / "runs.parquet")[["scenario", "replication"]]
        except OSError as error:
            check.faults.append(f"no tables: {error}")
            check.lost = self.runs
            return check
        check.lost += self.runs - len(made.drop_duplicates())
        check.duplicated += int(made.duplicated().sum())
        check.same_bytes &= all((out / name).read_bytes() == (self.calm / name).read_bytes() for name in TABLES)
        if marks is not None:
            check.repeated += len(list(marks.iterdir())) - self.runs
        return check


def workers_of(parent: int) -> list[int]:
    """Return the process numbers of a parent's workers."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        return [int(child) for child in children if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    except OSError:
        return []


def wait_until(is_so: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.002)
    return True


def stored(out: Path) -> int:
    return sum(1 for _ in out.glob("runs/[!.]*/receipt.json"))


def goes_on(out: Path, process: subprocess.Popen[str]) -> bool:
    """Wait until one more run is stored; False when the process ended first."""
    seen = stored(out)
    wait_until(lambda: stored(out) > seen or process.poll() is not None)
    return process.poll() is None


def vanished(numbers: list[int]) -> bool:
    return not any(Path(f"/proc/{number}").exists() for number in numbers)
