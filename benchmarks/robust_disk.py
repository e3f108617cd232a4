"""Trouble with the disk: full, read-only, files cut off."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.robust_desk import Check, Desk, stored

_SMALL_BYTES = 6000
"""Room for a receipt but not for the table of a run: stands for a full disk where none can be mounted."""


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
