"""Plain data are written as YAML in their order, and read back as they were."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from sim.config.yaml_text import yaml_text

WORDS = st.text("aåÖ1-_'\"é", max_size=12)
NUMBERS = st.integers(-(10**9), 10**9).map(lambda thousandths: thousandths / 1000)
LEAVES = st.none() | st.booleans() | st.integers(-(10**9), 10**9) | NUMBERS | WORDS
DATA = st.recursive(LEAVES, lambda one: st.lists(one, max_size=4) | st.dictionaries(st.text("abcå", min_size=1), one))


@given(st.dictionaries(st.text("abcå", min_size=1), DATA, max_size=4), st.booleans())
def test_what_is_written_is_read_back_in_its_order(data: dict[str, Any], one_line_leaves: bool) -> None:
    read = YAML(typ="safe", pure=True).load(yaml_text(data, one_line_leaves=one_line_leaves))
    assert read == data
    assert list(read) == list(data)


def test_leaves_stand_on_one_line_where_wanted_and_nothing_is_an_alias() -> None:
    twice = {"value": 1.5, "unit": "days"}
    data = {"b": twice, "a": [twice, {}]}
    assert (
        yaml_text(data, one_line_leaves=True) == "b: {value: 1.5, unit: days}\na:\n- {value: 1.5, unit: days}\n- {}\n"
    )
    assert yaml_text({"b": twice}, one_line_leaves=False) == "b:\n  value: 1.5\n  unit: days\n"
