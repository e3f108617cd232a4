"""Trouble with processes: workers and parents killed, two parents at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from benchmarks.robust_desk import JOBS, ROOT, Check, Desk, goes_on, stored, vanished, wait_until, workers_of

_REAL = ("--sample", "0.01", "--years", "0.1", "--warmup-years", "0.05", "--replications", "6", "--jobs", str(JOBS))


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
