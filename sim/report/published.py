"""Set simulated levels beside published ones, written for a reader."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sim.report.numbers import decimals_for
from sim.report.words import Words

@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One target as a reader sees it."""

    what: str
    published: str
    model: str
    inside: bool
    verdict: str
    """Inside or outside in words, and how the target was used."""
    source: str


def beside_published(words: Words) -> list[Beside]:
    """Return the rows of validation.csv in the table's order; empty without one."""
    table = words.results.validation
    if table is None:
        return []
    return [_beside({str(key): value for key, value in row.items()}, words) for row in table.to_dict("records")]


def _beside(row: Mapping[str, Any], words: Words) -> Beside:
    low, high = float(row["published_low"]), float(row["published_high"])
    simulated = float(row["simulated"])
    inside = str(row["inside"]).strip().lower() in ("yes", "true", "1")
    places = decimals_for(low, high)
    number = words.number
    published = (
        number.plain(low, places) if low == high else number.interval(low, high, decimals=places, signed=False)
    )
    unit = words.text.unit(str(row["unit"]))
    model = number.plain(simulated, places)
    ends = [float(row.get(key, math.nan) or math.nan) for key in ("simulated_low", "simulated_high")]
    if all(math.isfinite(end) for end in ends):
        model += f" ({number.interval(*ends, decimals=places, signed=False)})"
    used = str(row.get("used") or "")
    return Beside(
        what=f"{row[f'label_{words.lang}']}, {unit}" if unit else str(row[f"label_{words.lang}"]),
        published=published,
        model=model,
        inside=inside,
        verdict=", ".join(
            filter(None, [_placed(simulated, low, inside, words), words.text.name("used", used)])
        ),
        source=str(row.get("source") or ""),
    )


def _placed(simulated: float, low: float, inside: bool, words: Words) -> str:
    if inside:
        return words.text("published.within")
    return words.text("published.below" if simulated < low else "published.above")
