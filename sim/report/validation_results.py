"""Read the tables of `mellanrum validate` back, row by row, as a reader's page needs them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.report.results import Results, results_without_tables
from sim.report.sources import Source
from sim.report.tables import Row, read_manifest, read_table, records
from sim.report.words import Words

_TEXTS = (
    *("target", "kind", "area", "study", "outcome", "group_by", "group", "unit", "inside", "overlaps"),
    *("strength", "range", "used_for", "apart", "source", "note", "reason_kind", "reason", "pattern"),
)
_KEY, _PATTERN_KEY = ("kind", "study", "target", "outcome", "group_by", "group"), ("pattern", "group_by", "group")
APART = ("association", "assumption")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A published figure and the model's; numbers are NaN where there is none."""

    kind: str
    """level, effect or pattern."""
    area: str
    name: str
    group_by: str
    group: str
    study: str
    """Its title; empty for a level."""
    target: str
    unit: str
    published: float
    low: float
    high: float
    simulated: float
    sim_low: float
    sim_high: float
    inside: bool | None
    overlaps: bool | None
    used_for: str
    apart: str
    range_from: str
    source: str
    reason_kind: str
    reason: str
    row: Mapping[str, str]
    """What its row holds in the columns that tell it from all others."""

    def stands(self, *numbers: str) -> Source:
        """Return where numbers stand in the tables; those that are missing stand nowhere."""
        table = "patterns.csv" if self.kind == "pattern" else "validation.csv"
        there = (name for name in numbers if math.isfinite(getattr(self, name)))
        return Source(table=table, row=self.row, numbers=tuple(there))

    @property
    def counted_as(self) -> str:
        """Return the group it is counted in: what it is for, or why it is counted apart."""
        return self.apart or self.used_for

    @property
    def use(self) -> str:
        """Return how it is marked in a figure."""
        return self.used_for if not self.apart and self.used_for in ("fit", "held_out") else "apart"

    def called(self, words: Words) -> str:
        """Return what a reader calls it."""
        if self.kind == "pattern":
            return words.text.name(f"pattern_group.{self.name}", self.group)
        if self.kind == "effect":
            return f"{self.study}: {words.text.name('study_outcome', self.name)}"
        parts = [words.short(self.name)]
        if self.group_by != "all":
            parts.append(words.group(self.group_by, self.group))
        parts.append(words.text.entries.get(f"target_name.{self.target}", ""))
        return ", ".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Validation:
    """The tables of one `mellanrum validate`, columns as in docs/data_dictionary.md."""

    results: Results
    rows: tuple[Beside, ...]
    patterns: tuple[Beside, ...]
    is_fitted: bool
    """Whether parameters came from a fitted ensemble."""

    def of_kind(self, kind: str) -> tuple[Beside, ...]:
        """Return levels or effects."""
        return tuple(row for row in self.rows if row.kind == kind)

    @property
    def missed(self) -> tuple[Beside, ...]:
        """Return the figures the model does not meet."""
        return tuple(row for row in self.rows if row.inside is False)


def read_validation(folder: Path) -> Validation:
    """Read validation.csv, patterns.csv and the manifest of a folder. Raises FileNotFoundError or ValueError."""
    manifest = read_manifest(folder)
    results = results_without_tables(manifest)
    patterns = folder / "patterns.csv"
    titles = dict((manifest.get("validation") or {}).get("studies") or {})
    return Validation(
        results=results,
        rows=tuple(_beside(row, titles) for row in _rows(folder / "validation.csv")),
        patterns=tuple(_beside(row, titles) for row in _rows(patterns)) if patterns.exists() else (),
        is_fitted=bool(results.facts.ensemble or results.facts.fit),
    )


def _rows(path: Path) -> list[Row]:
    return records(read_table(path, _TEXTS, needed=("high", "inside", "low", "simulated", "unit")))


def _beside(row: Row, titles: Mapping[str, str]) -> Beside:
    def word(name: str) -> str:
        return str(row.get(name, ""))

    def flag(name: str) -> bool | None:
        return {"true": True, "false": False}.get(word(name).lower())

    is_pattern = "pattern" in row
    return Beside(
        kind="pattern" if is_pattern else word("kind"),
        area=word("pattern") if is_pattern else word("area"),
        name=word("pattern") if is_pattern else word("outcome"),
        group_by=word("group_by"),
        group=word("group"),
        study=titles.get(word("study"), word("study").replace("_", " ").capitalize()),
        target=word("target"),
        unit=word("unit"),
        **{name: float(row[name]) for name in ("published", "low", "high", "simulated", "sim_low", "sim_high")},
        inside=flag("inside"),
        overlaps=flag("overlaps"),
        used_for=word("used_for"),
        apart=word("apart"),
        range_from=word("range"),
        source=" ".join(filter(None, (word("source"), word("note")))),
        reason_kind=word("reason_kind"),
        reason=word("reason"),
        row={name: word(name) for name in (_PATTERN_KEY if is_pattern else _KEY)},
    )
