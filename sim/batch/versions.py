"""Say which code made a result: versions, commit, and a hash of every source that can change a number."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from functools import cache
from importlib import metadata
from pathlib import Path

import sim
from sim.config.folders import program_folder

_LIBRARIES = ("mesa", "numpy", "pandas", "pyarrow", "scipy", "simpy")
_AFTER_THE_RUNS = ("analysis", "cli", "report")
"""Parts that only look at finished runs: to change them makes no run invalid."""
_KINDS = (".py", ".yaml")


def versions() -> dict[str, str]:
    """Return the versions of Mellanrum, Python and the libraries that take part in a run."""
    found = {"mellanrum": sim.__version__, "python": platform.python_version()}
    return found | {name: metadata.version(name) for name in _LIBRARIES}


def source_files(folder: Path) -> list[Path]:
    """Return the sources and data files in `folder` that can change a run, by name."""
    files = (path for path in folder.rglob("*") if path.suffix in _KINDS and path.is_file())
    return sorted(
        (path for path in files if path.relative_to(folder).parts[0] not in _AFTER_THE_RUNS),
        key=lambda path: path.relative_to(folder).as_posix(),
    )


def hash_sources(folder: Path) -> str:
    """Return one hash of names and contents of `source_files`; line ends do not count."""
    digest = hashlib.sha256()
    for path in source_files(folder):
        content = path.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


@cache
def code_version() -> str:
    """Name the code: equal names give equal runs (versions of Mellanrum and libraries, hash of sources)."""
    parts = [f"{name} {version}" for name, version in versions().items()]
    return "; ".join([*parts, f"sources {hash_sources(program_folder())}"])


def difference(ours: str, theirs: str) -> str | None:
    """Say how the code named `theirs` differs from `ours`, or None when both make the same runs.

    Patches of Python (3.11.8, 3.11.9) do not count.
    """
    here, there = _parts(ours), _parts(theirs)
    named = [
        f"{name} {there.get(name, 'missing')} instead of {version}"
        for name, version in here.items()
        if name != "sources" and _that_counts(name, version) != _that_counts(name, there.get(name, ""))
    ]
    if named:
        return f"has {', '.join(named)}"
    return None if here["sources"] == there.get("sources") else "has other source files of Mellanrum"


def _parts(code: str) -> dict[str, str]:
    return dict(part.split(" ", 1) for part in code.split("; "))


def _that_counts(name: str, version: str) -> str:
    return minor(version) if name == "python" else version


def minor(version: str) -> str:
    """Return `3.11` of `3.11.9`."""
    return ".".join(version.split(".")[:2])


def _git(*arguments: str) -> str | None:
    folder = program_folder().parent
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def commit() -> str | None:
    """Return the commit of the working copy, with `+changes` if edited; None when it is not one of ours."""
    top = _git("rev-parse", "--show-toplevel")
    if top is None or Path(top).resolve() != program_folder().parent.resolve():
        return None
    head = _git("rev-parse", "HEAD")
    changed = _git("status", "--porcelain", "--", "sim", "scenarios")
    return f"{head}+changes" if head and changed else head
