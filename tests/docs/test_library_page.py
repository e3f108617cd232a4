"""The page on the scenario library is made from the scenario files and kept up to date."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sim.config.lookup import scenario_files

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("make_library")


def test_library_page_is_up_to_date(maker: ModuleType) -> None:
    kept = (DOCS / "library.md").read_text(encoding="utf-8")
    assert kept == maker.library(), "run: python docs/make_library.py"


def test_library_page_has_every_system_and_its_own_place() -> None:
    text = (DOCS / "library.md").read_text(encoding="utf-8")
    systems = [name.removeprefix("initiatives/") for name in scenario_files() if name.startswith("initiatives/")]
    assert [name for name in systems if f"- **Name**: `{name}`, line" not in text] == []
    section = text.split("### Borgholm model\n", 1)[1].split("\n### ", 1)[0]
    assert "`patient_coordinator` by `named_physician`" in section and "`--place borgholm`" in section
