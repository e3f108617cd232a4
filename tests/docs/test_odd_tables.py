"""The tables of the ODD protocol are made from the program and kept up to date."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from sim.cli.explain import all_points
from sim.cli.parameters import register_records
from sim.core.purposes import Purpose

PAGE = Path(__file__).parents[2] / "docs" / "odd_tables.md"


@pytest.fixture(scope="module")
def maker(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("make_odd_tables")


def test_tables_are_up_to_date(maker: ModuleType) -> None:
    assert PAGE.read_text(encoding="utf-8") == maker.odd_tables(), "run: python docs/make_odd_tables.py"


def test_every_parameter_decision_point_and_purpose_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for record in register_records():
        group, _, name = str(record["name"]).rpartition(".")
        section = text.split(f"\n### `{group}`\n", 1)[1].split("\n### ", 1)[0]
        assert f"\n| `{name}` | " in section
    assert [point for point in all_points() if f"\n| `{point}` | " not in text] == []
    listed = " ".join(text.split("## What luck is drawn for")[1].split())
    assert [one.name for one in Purpose if one.name.lower().replace("_", " ") not in listed] == []


def test_words_for_state_variables_are_all_used(script: Callable[[str], ModuleType]) -> None:
    entities, fields = script("generate.odd_tables").ENTITIES, script("generate.from_source").fields_of
    undocumented = {
        (kind.__name__, name) for _, kind, _ in entities for name, _, meaning in fields(kind) if not meaning
    }
    words = script("generate.state_words").WORDS
    assert undocumented == {(kind, name) for kind, by_name in words.items() for name in by_name}


def test_fields_and_headings_are_read_from_a_class(script: Callable[[str], ModuleType]) -> None:
    source = script("generate.from_source")
    assert list(source.fields_of(_Example)) == [
        ("height_m", "number", "Without shoes."),
        ("asleep", "yes/no", ""),
        ("rooms", "list", "From the door inwards, the last is the bedroom."),
    ]
    assert source.methods_by_heading(_Example) == {"at night": ["snore"], "by day": ["work", "eat"]}
    assert source.first_sentence(_Example.work) == "Do what has to be done, and no more."


class _Example:
    height_m: float
    """Without shoes."""
    asleep: bool
    rooms: list[str]
    """From the door inwards,
    the last is the bedroom."""

    def asked_before_any_heading(self) -> None: ...

    # --- at night

    def snore(self) -> None: ...

    # --- by day

    def work(self) -> None:
        """Do what has to be done,
        and no more.

        Not more.
        """

    def eat(self) -> None: ...
