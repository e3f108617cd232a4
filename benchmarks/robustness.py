"""Try to lose runs: kill workers and parents, fill the disk, spoil files, let two commands meet in one folder.

    python benchmarks/robustness.py [--quick] [--seed S]

Prints one line per trouble and exits with 1 if a run was lost or made twice, a table differs by one byte from
that of an undisturbed batch, more than one run per worker was repeated, or the user was left without a plain
message. Linux only: it looks into /proc. What needs the rights of root (mounting a small disk) is done in another
way without them, and that is said.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.robust_batch import MARKS, SCENARIOS  # noqa: E402  # beside the package, not part of it

TABLES = ("outcomes.csv", "distributions.csv", "runs.parquet")
JOBS = 2
_PATIENCE_SECONDS = 300.0
_SMALL_BYTES = 6000
"""Room for a receipt but not for the table of a run: stands for a full disk where none can be mounted."""
_REAL = ("--sample", "0.01", "--years", "0.1", "--warmup-years", "0.05", "--replications", "6", "--jobs", str(JOBS))


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


def kill_workers(desk: Desk, tries: int) -> Check:
    """Kill one worker after the other, with kill -9, while they are at work; the batch must finish by itself."""
    check = Check(trouble="kill -9 of a worker", tries=tries, allowed=tries * JOBS)
    out, marks = desk.folder / "workers", desk.folder / "workers-marks"
    process, killed, batches = desk.start(out, marks, JOBS), 0, 1
    while killed < tries:
        if process.poll() is not None:  # done before all were killed: once more, from the beginning
            check.expect(desk.finish(process)[0] == 0, "exit code not 0")
            desk.judge(check, out, marks)
            shutil.rmtree(out)
            shutil.rmtree(marks)
            process, batches = desk.start(out, marks, JOBS), batches + 1
        elif goes_on(out, process):
            time.sleep(desk.luck.uniform(0.0, 0.05))
            if victims := workers_of(process.pid):
                os.kill(desk.luck.choice(victims), signal.SIGKILL)
                killed += 1
    code, errors = desk.finish(process)
    check.expect(code == 0, f"exit code {code}: {errors.strip()[:200]}")
    check.expect("Traceback (most" not in errors, "a traceback was shown")
    return desk.judge(check, out, marks)


def kill_parents(desk: Desk, tries: int) -> Check:
    """Kill the command itself, again and again, and give the same command each time until it comes through."""
    check = Check(trouble="kill -9 of the parent, then the same command", tries=tries, allowed=tries * JOBS)
    out, marks = desk.folder / "parents", desk.folder / "parents-marks"
    for _ in range(tries):
        process = desk.start(out, marks, JOBS)
        check.expect(goes_on(out, process), "it ended before it was killed")
        time.sleep(desk.luck.uniform(0.0, 0.1))
        orphans = workers_of(process.pid)
        process.kill()
        process.communicate()
        check.expect(wait_until(partial(vanished, orphans), 10.0), "workers outlived their parent")
        if stored(out) == desk.runs:  # nothing is left to be killed in
            shutil.rmtree(out)
            shutil.rmtree(marks)
    code, errors = desk.finish(desk.start(out, marks, JOBS))
    check.expect(code == 0, f"exit code {code}: {errors.strip()[:200]}")
    return desk.judge(check, out, marks)


@contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Mount a small disk on the folder; yields whether that was allowed."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    able = shutil.which("mount") is not None
    mounted = able and subprocess.run(["mount", *options], capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=False)


def remount(folder: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(folder)], check=True)


def full_disk(desk: Desk, tries: int) -> Check:
    """Fill the disk in the middle of a batch; with room again the same command must finish it."""
    check = Check(trouble="disk full, then room again", tries=1, allowed=1)
    place, marks = desk.folder / "disk", desk.folder / "disk-marks"
    with small_disk(place, kilobytes=14 * desk.runs) as mounted:
        if not mounted:
            check.trouble = "files cut off (no right to mount a small disk)"
        out = place / "out"
        code, errors = desk.finish(desk.start(out, marks, most_bytes=None if mounted else _SMALL_BYTES))
        check.expect(code == 3, f"exit code {code}, not 3")
        check.expect("Stopped: cannot store a finished run" in errors, f"no plain message: {errors[:200]}")
        check.expect("no space left" in errors or not mounted, "the reason is not named")
        check.expect("Traceback (most" not in errors, "a traceback was shown")
        check.expect(len(errors.strip().splitlines()) == 2, "not one message and one command")
        if mounted:
            check.expect(0 < stored(out) < desk.runs, "the disk was not filled in the middle")
            remount(place, "size=100m")
        code, errors = desk.finish(desk.start(out, marks))
        check.expect(code == 0, f"exit code {code}: {errors.strip()[:200]}")
        return desk.judge(check, out, marks)


def spoiled_files(desk: Desk, tries: int) -> Check:
    """Cut result files in half or to nothing; exactly those runs must be made again."""
    check = Check(trouble="truncated and zero-byte result files", tries=tries)
    out, marks = desk.folder / "spoiled", desk.folder / "spoiled-marks"
    shutil.copytree(desk.calm, out)
    victims = desk.luck.sample(sorted(out.glob("runs/[!.]*")), tries)
    for number, run in enumerate(victims):
        path = run / ("outcomes.parquet", "receipt.json", "distributions.parquet")[number % 3]
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else b"")
    code, errors = desk.finish(desk.start(out, marks))
    check.expect(code == 0, f"exit code {code}: {errors.strip()[:200]}")
    made = len(list(marks.iterdir()))
    check.expect(made == tries, f"{made} runs made again, not {tries}")
    return desk.judge(check, out)


def read_only(desk: Desk, tries: int) -> Check:
    """Aim at a folder that cannot be written to: one message, exit code 2, nothing changed."""
    check = Check(trouble="read-only folder", tries=1)
    place = desk.folder / "fixed"
    with small_disk(place, kilobytes=1000) as mounted:
        if mounted:
            remount(place, "ro")
        else:
            place.chmod(0o555)
        targets = [place, place / "new"]
        if not mounted and os.geteuid() == 0:
            check.trouble, targets = "read-only folder (no right to mount: /proc)", [Path("/proc/mellanrum")]
        for out in targets:
            code, errors = desk.finish(desk.start(out))
            check.expect(code == 2, f"exit code {code}, not 2")
            check.expect("cannot write there" in errors, f"no plain message: {errors[:200]}")
            check.expect(len(errors.strip().splitlines()) == 1, "not one line")
        check.expect(not list(place.iterdir()), "something was written")
        if not mounted:
            place.chmod(0o755)
    return check


def two_parents(desk: Desk, tries: int) -> Check:
    """Start the same command twice at almost the same moment: one works, the other says why it does not."""
    check = Check(trouble="two parents on one folder", tries=tries)
    for number in range(tries):
        out, marks = desk.folder / f"two-{number}", desk.folder / f"two-{number}-marks"
        first = desk.start(out, marks)
        time.sleep(desk.luck.uniform(0.0, 0.2))
        ends = [desk.finish(process) for process in (first, desk.start(out, marks))]
        codes = sorted(code for code, _ in ends)
        check.expect(codes == [0, 2], f"exit codes {codes}, not 0 and 2")
        check.expect(any("another command is at work there" in errors for _, errors in ends), "no plain message")
        check.expect(not any("Traceback (most" in errors for _, errors in ends), "a traceback was shown")
        desk.judge(check, out, marks)
    return check


def real_command(desk: Desk, tries: int) -> Check:
    """Kill the real command with the real model, and give it again."""
    check = Check(trouble="kill -9 of `mellanrum compare`, real model", tries=tries)

    def start(out: Path) -> subprocess.Popen[str]:
        store = str(out.with_name(f"{out.name}-store"))
        return subprocess.Popen(
            [sys.executable, "-m", "sim", "compare", "team", *_REAL, "--quiet", "--store", store, "--out", str(out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    calm, out = desk.folder / "real-calm", desk.folder / "real"
    check.expect(desk.finish(start(calm))[0] == 0, "the undisturbed command failed")
    for _ in range(tries):
        process = start(out)
        check.expect(goes_on(out, process), "it ended before it was killed")
        time.sleep(desk.luck.uniform(0.0, 0.5))
        process.kill()
        process.communicate()
        if stored(out) == stored(calm):
            shutil.rmtree(out)
            shutil.rmtree(out.with_name("real-store"))
    code, errors = desk.finish(start(out))
    check.expect(code == 0, f"exit code {code}: {errors.strip()[:200]}")
    check.lost = stored(calm) - stored(out)
    names = ("outcomes.csv", "differences.csv", "runs.parquet")
    check.same_bytes = all((out / name).read_bytes() == (calm / name).read_bytes() for name in names)
    return check


CHECKS: tuple[tuple[Callable[[Desk, int], Check], int, int], ...] = (
    (kill_workers, 20, 3),
    (kill_parents, 20, 3),
    (full_disk, 1, 1),
    (spoiled_files, 12, 6),
    (read_only, 1, 1),
    (two_parents, 10, 2),
    (real_command, 5, 1),
)
"""Each trouble with its tries, in full and with --quick."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a few tries of each")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10_000), help="of the moments")
    options = parser.parse_args()
    print(f"seed {options.seed}, {JOBS} workers\n{HEADER}", flush=True)
    is_well = True
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Path(folder), 40 if options.quick else 150, random.Random(options.seed))
        for check, tries, few in CHECKS:
            done = check(desk, few if options.quick else tries)
            is_well &= done.is_well
            print(done.row(), flush=True)
    print("nothing was lost" if is_well else "SOMETHING WENT WRONG")
    return 0 if is_well else 1


if __name__ == "__main__":
    sys.exit(main())
