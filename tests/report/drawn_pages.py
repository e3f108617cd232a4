"""Draw the pages of all examples once for all tests, in a process of its own: English in full, Swedish as page only."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPages:
    """Where the pages of all examples lie."""

    root: Path

    def folder(self, lang: str) -> Path:
        """Return the folder that holds a folder for each example."""
        return self.root / lang


def draw_pages(shared: Path) -> DrawnPages:
    """Draw them, or wait for the other process that does: `shared` is a folder of all workers of a test run."""
    root = shared / "drawn_pages"
    with FileLock(shared / "drawn_pages.lock"):
        if not (root / "done").exists():
            script = Path(__file__).with_name("page_examples.py")
            environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"}
            done = subprocess.run(
                [sys.executable, str(script), str(root)], env=environment, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            (root / "done").touch()
    return DrawnPages(root=root)
