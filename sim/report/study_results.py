"""Read the table of virtual studies back, one figure a row, and what its numbers say."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.report.results import Results, results_without_tables
from sim.report.sources import Source
from sim.report.tables import Row, read_manifest, read_table, records

PARTS = ("regression", "selection", "spill_over", "definition")
"""What a figure is made of beside the effect, in the order in which it is drawn."""
_TEXTS = ("study", "design", "target", "outcome", "estimator", "kind", "strength", "source", "inside", "as_published")
_TOO_SMALL = 0.005
"""Part of a figure, on its scale, that is not worth naming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of a study; numbers of parts are on the scale on which they add up."""

    study: str
    design: str
    outcome: str
    estimator: str
    published: tuple[float, float, float]
    """Figure (NaN when the source gives a range only), low and high."""
    simulated: tuple[float, float, float]
    truth: tuple[float, float, float]
    without: float
    not_by_means: float
    inside: bool | None
    as_published: bool
    strength: str
    source: str
    effect: float
    parts: Mapping[str, float]
    row: Mapping[str, str]
    """What its row holds in the columns that tell it from all others."""

    def stands(self, *numbers: str) -> Source:
        """Return where numbers stand in studies.csv, each as an expression over its columns."""
        return Source(table="studies.csv", row=self.row, numbers=numbers)

    def reported(self, *columns: str) -> Source:
        """Return where reported numbers stand; a ratio is told as the change it is."""
        is_told_as_change = self.estimator in ("rate_ratio", "odds_ratio")
        return self.stands(*(f"{column}-1" if is_told_as_change else column for column in columns))

    @property
    def told(self) -> bool:
        """Whether there were people and events enough for a figure."""
        return math.isfinite(self.simulated[0])

    @property
    def is_ratio(self) -> bool:
        """Whether it is a ratio or a relative change, whose parts add up as logarithms."""
        return self.estimator in ("rate_ratio", "relative_change", "odds_ratio")

    def on_scale(self, value: float) -> float:
        """Return a reported number on the scale on which parts add up."""
        if self.estimator == "relative_change":
            return math.log1p(value) if value > -1.0 else -math.inf
        if self.is_ratio:
            return math.log(value) if value > 0.0 else -math.inf
        return value

    def as_change(self, scaled: float) -> float:
        """Return a number of the scale as a reader sees it: a relative change, a share or a difference."""
        return math.expm1(scaled) if self.is_ratio else scaled

    def worth_naming(self) -> dict[str, float]:
        """Return the parts that are not next to nothing, on the scale."""
        return {name: part for name, part in self.parts.items() if abs(part) > _TOO_SMALL}


@dataclass(frozen=True, kw_only=True)
class Studies:
    """What one `mellanrum study` left."""

    results: Results
    """Holds the facts of the run; there are no scenarios to compare."""
    figures: tuple[Figure, ...]
    about: Mapping[str, Mapping[str, Any]]
    """The studies as their files describe them, by id."""

    @property
    def names(self) -> tuple[str, ...]:
        """The studies in the order of the table."""
        return tuple(dict.fromkeys(figure.study for figure in self.figures))

    def of(self, study: str) -> tuple[Figure, ...]:
        """Return the figures of one study."""
        return tuple(figure for figure in self.figures if figure.study == study)

    def title(self, study: str, lang: str) -> str:
        """Return what a reader calls a study."""
        about = self.about.get(study, {})
        titles = {"en": about.get("title"), "sv": about.get("title_sv") or about.get("title")}
        return str(titles[lang] or study.replace("_", " "))


def read_studies(folder: Path) -> Studies:
    """Read studies.csv and the manifest. Raises FileNotFoundError for an absent file, ValueError for a column."""
    manifest = read_manifest(folder)
    table = read_table(folder / "studies.csv", _TEXTS, needed=[f"part_{name}" for name in ("effect", *PARTS)])
    return Studies(
        results=results_without_tables(manifest),
        figures=tuple(map(_figure, records(table))),
        about=manifest.get("studies") or {},
    )


def _figure(row: Row) -> Figure:
    return Figure(
        **{name: str(row[name]) for name in ("study", "design", "outcome", "estimator", "strength", "source")},
        published=_three(row, "published", "published_low", "published_high"),
        simulated=_three(row, "simulated", "low", "high"),
        truth=_three(row, "true_effect", "true_low", "true_high"),
        without=float(row["reported_without_effect"]),
        not_by_means=float(row["share_not_by_means"]),
        inside={"true": True, "false": False}.get(str(row["inside"]).lower()),
        as_published=str(row["as_published"]).lower() == "true",
        effect=float(row["part_effect"]),
        row={name: str(row[name]) for name in ("study", "target", "outcome", "estimator")},
        parts={name: float(row[f"part_{name}"]) for name in PARTS},
    )


def _three(row: Row, *names: str) -> tuple[float, float, float]:
    value, low, high = (float(row[name]) for name in names)
    return value, low, high
