"""Set simulated levels beside published ones, written for a reader."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.numbers import MISSING, decimals_for
from sim.report.sources import Source
from sim.report.tables import Row, records
from sim.report.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One target as a reader sees it."""

    what: str
    unit: str
    published: str
    range_from: str
    """Where the range comes from: the source, its confidence interval, or our own tolerance."""
    model: str
    inside: bool | None
    """None when the model gave no number."""
    verdict: str
    used: str
    source: str
    published_at: Source
    model_at: Source


def beside_published(words: Words) -> list[Beside]:
    """Return the rows of validation.csv in the table's order; empty without one."""
    table = words.results.validation
    if table is None:
        return []
    return [_beside(row, words) for row in records(table)]


def _beside(row: Row, words: Words) -> Beside:
    low, high, published, simulated = (float(row[key]) for key in ("low", "high", "published", "simulated"))
    places = decimals_for(low, high, published)
    number, text = words.number, words.text
    span = number.span(low, high, places)
    model = number.plain(simulated, places)
    ends = float(row["sim_low"]), float(row["sim_high"])
    if all(map(math.isfinite, ends)):
        model += f" {number.interval(*ends, decimals=places, signed=False)}"
    ends_shown = ("low", "high") if "–" in span else ("low",)
    shown = ("published", *ends_shown) if math.isfinite(published) else ends_shown
    key = {name: str(row[name]) for name in ("target", "group_by", "group")}
    inside = {"true": True, "false": False}.get(str(row["inside"]).strip().lower())
    what = words.outcome(str(row["outcome"]))
    if str(row["group_by"]) != "all":
        what += f", {words.group(str(row['group_by']), str(row['group']))}"
    return Beside(
        what=what,
        unit=text.unit(str(row["unit"])),
        published=f"{number.plain(published, places)} ({span})" if math.isfinite(published) else span,
        range_from=text.name("range", str(row["range"])),
        model=model if math.isfinite(simulated) else MISSING,
        inside=inside,
        verdict=text(_placed(simulated, low, inside)),
        used=text.name("used", str(row["used_for"])),
        source=" ".join(filter(None, [str(row["source"]), str(row["note"])])),
        published_at=Source(table="validation.csv", row=key, numbers=shown),
        model_at=Source(
            table="validation.csv",
            row=key,
            numbers=tuple(name for name in ("simulated", "sim_low", "sim_high") if math.isfinite(float(row[name]))),
        ),
    )


def _placed(simulated: float, low: float, inside: bool | None) -> str:
    """Return the key of the verdict."""
    if inside is None:
        return "published.not_simulated"
    if inside:
        return "published.within"
    return "published.below" if simulated < low else "published.above"
