"""Let tests import the scripts in docs/ as Python does when they are run: with their folder on the path."""

from __future__ import annotations

import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"

if str(DOCS) not in sys.path:
    sys.path.insert(0, str(DOCS))
