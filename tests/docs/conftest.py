"""Give tests the scripts in docs/."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from types import ModuleType

import docs_scripts
import pytest


@pytest.fixture(scope="session")
def script() -> Callable[[str], ModuleType]:
    """Return a function that imports a script by its name."""
    assert docs_scripts.DOCS.is_dir()
    return importlib.import_module
