"""Run every command of docs/user_guide.md as it stands there, and put what it prints and draws into the page.

    python docs/make_user_guide.py [FOLDER]

To be done after a new fit or a change that moves numbers; read the words around the outputs afterwards. It takes about
an hour of a processor. With a FOLDER that is kept, finished runs are used again.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from generate.commands import Command, fenced, files, pictures, shown
from generate.markdown import write

TARGET = Path(__file__).with_name("user_guide.md")
COLUMNS = 100
"""Width of the terminal that the outputs are folded to."""
NOT_RUN = ("calibrate",)
"""A fit takes hours, and what it prints is not shown."""


def refreshed(page: str, printed: dict[str, str]) -> str:
    """Return the page with the parts of outputs as the commands print them now."""
    for one in reversed(shown(page)):
        page = page[: one.start] + one.part_of(printed[one.key]) + page[one.end :]
    return page


def run_all(page: str, folder: Path) -> dict[str, str]:
    """Run the commands of the page in a folder, in their order; return what each prints, by its key."""
    for name, text in files(page).items():
        (folder / name).write_text(text, encoding="utf-8")
    done = (one for one in fenced(page) if one.words[1] not in NOT_RUN and "--cluster" not in one.words)
    return {one.key: _run(one, folder) for one in done}


def _run(command: Command, folder: Path) -> str:
    print(" ".join(command.words), flush=True)
    arguments = list(command.words[1:])
    if "--out" in arguments and (folder / arguments[arguments.index("--out") + 1]).exists():
        arguments.append("--resume")
    if "--template" in arguments:  # never written over
        (folder / arguments[arguments.index("--template") + 1]).unlink(missing_ok=True)
    root = TARGET.parents[1]
    done = subprocess.run(
        [sys.executable, "-m", "sim", *arguments], cwd=folder, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "COLUMNS": str(COLUMNS), "PYTHONPATH": str(root)},
    )  # fmt: skip
    return done.stdout


def main(folder: Path) -> None:
    """Write the page and its pictures anew."""
    page = TARGET.read_text(encoding="utf-8")
    write(TARGET, refreshed(page, run_all(page, folder)))
    for drawn, kept in pictures(page).items():
        shutil.copy(folder / drawn, TARGET.parent / kept)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as temporary:
            main(Path(temporary))
