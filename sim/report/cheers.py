"""Say where each item of CHEERS 2022, the reporting standard for health economic evaluations, is reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from sim.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item: its number, our short wording of it, the id of the section that reports it ("" = none), and how."""

    number: int
    title: str
    section: str
    how: str


@cache
def read_items() -> tuple[dict[str, Any], ...]:
    """Read the items from the data file, which holds both languages."""
    source = (files("sim.report") / "cheers.yaml").read_text(encoding="utf-8")
    return tuple(YAML(typ="safe", pure=True).load(source)["items"])


def cheers(words: Words) -> list[Item]:
    """Return all items in their order, in the reader's language."""
    return [
        Item(number=int(one["number"]), section=str(one["section"] or ""), **one[words.lang]) for one in read_items()
    ]
