"""Import the scripts in docs/ as Python does when they are run: with their folder first on the path."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """Return a function that imports a script by its name."""

    def load(name: str) -> ModuleType:
        if str(DOCS) not in sys.path:
            sys.path.insert(0, str(DOCS))
        return importlib.import_module(name)

    return load
