"""The data dictionary is made from the program and kept up to date."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sim.core.tables import TABLES
from sim.outcomes.outcome import all_outcomes

DOCS = Path(__file__).parents[2] / "docs"


@pytest.fixture(scope="module")
def maker(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("make_data_dictionary")


def test_data_dictionary_is_up_to_date(maker: ModuleType) -> None:
    kept = (DOCS / "data_dictionary.md").read_text(encoding="utf-8")
    assert kept == maker.dictionary(), "run: python docs/make_data_dictionary.py"


def test_data_dictionary_names_every_outcome_table_and_column() -> None:
    text = (DOCS / "data_dictionary.md").read_text(encoding="utf-8")
    for one in all_outcomes().values():
        assert f"`{one.id}`" in text and one.meaning in text
    for name, columns in TABLES.items():
        section = text.split(f"\n### {name}\n", 1)[1].split("\n### ", 1)[0]
        assert [column for column in columns if f"| `{column}` |" not in section] == []
