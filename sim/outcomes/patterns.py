"""Describe how use of care is spread over people and over time: patterns that nothing is fitted to.

Who used much one year and still does the next, how many people have no, one or several stays, how much of the cost a
few carry, and how use falls after a bad half-year. In a world without means the last is regression to the mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import StayEvent
from sim.outcomes.cost_concentration import carried_by_top, lorenz
from sim.outcomes.exposure import alive_at_start, alive_days, slices
from sim.outcomes.money import costs
from sim.outcomes.outcome import Values

COLUMNS = ("pattern", "group", "value")
UNITS = {
    "high_cost_still": "share of people",
    "high_region_cost_still": "share of people",
    "high_contacts_still": "share of people",
    "frequent_ed_still": "share of people",
    "after_bad_half_year": "ratio",
    "stays_a_year": "share of people",
    "contacts_a_year": "share of people",
    "cost_carried": "share of cost",
    "region_cost_carried": "share of cost",
    "cost_gini": "index 0-1",
}
"""Unit of each pattern, in the order they are shown."""
TOP_SHARES = {"1": 0.01, "5": 0.05, "10": 0.10}
"""Top 1, 5 and 10 per cent of people."""
OFTEN = 3
"""Visits to the emergency department in a half-year that make a frequent visitor, as in the trials of care coaches."""
HALF_YEAR_DAYS = DAYS_PER_YEAR / 2
STAYS = ("0", "1", "2", "3+")
CONTACT_STEPS = (1, 5, 10, 20, 50, 200)
CONTACTS = ("0", "1-4", "5-9", "10-19", "20-49", "50-199", "200+")

Flags = npt.NDArray[np.bool_]
Row = tuple[str, str, float]


def patterns(observation: Observation) -> pd.DataFrame:
    """Return the patterns with columns `COLUMNS`.

    Years and half-years are the full ones of the window, from its start. What needs two years is left out of a
    shorter window, and so is a share of nobody.
    """
    years = [_part(observation, *ends) for ends in slices(observation, DAYS_PER_YEAR)]
    halves = [_part(observation, *ends) for ends in slices(observation, HALF_YEAR_DAYS)]
    rows = [*_of_years(years), *_of_half_years(halves)]
    rank = {name: place for place, name in enumerate(UNITS)}
    rows.sort(key=lambda row: rank[row[0]])
    found = pd.DataFrame(rows, columns=list(COLUMNS))
    return found[found["value"].notna()].reset_index(drop=True)


def _part(observation: Observation, start: float, end: float) -> Observation:
    return replace(observation, start_days=start, end_days=end)


def _of_years(years: list[Observation]) -> Iterator[Row]:
    """Yield what is spread over the people of a year, as the mean over years, and what stays from year to year."""
    there = [alive_at_start(year) for year in years]
    contacts = [year.per_person(year.table("contacts")["person"]) for year in years]
    cost, region = _costs(years)
    for pattern, use in (
        ("high_cost_still", cost),
        ("high_region_cost_still", region),
        ("high_contacts_still", contacts),
    ):
        for name, share in TOP_SHARES.items():
            yield pattern, name, _mean(still_high(use, there, share))
    stays = [_admissions(year)[alive] for year, alive in zip(years, there, strict=True)]
    for place, name in enumerate(STAYS):
        yield "stays_a_year", name, _mean([np.mean(np.minimum(one, 3) == place) for one in stays if len(one)])
    steps = [np.digitize(use[alive], CONTACT_STEPS) for use, alive in zip(contacts, there, strict=True)]
    for place, name in enumerate(CONTACTS):
        yield "contacts_a_year", name, _mean([np.mean(one == place) for one in steps if len(one)])
    for pattern, sek in (("cost_carried", cost), ("region_cost_carried", region)):
        ranked = _ranked(sek, there)
        for name, share in TOP_SHARES.items():
            yield pattern, name, _mean([carried_by_top(one, share) for one in ranked])
    yield "cost_gini", "all", _mean([gini(one) for one in _ranked(cost, there)])
    yield "cost_gini", "region", _mean([gini(one) for one in _ranked(region, there)])


def _costs(years: list[Observation]) -> tuple[list[Values], list[Values]]:
    """Return all cost and the region's cost per person, one array a year."""
    kinds = [list(costs(year).values()) for year in years]
    return (
        [np.asarray(np.sum([kind.person for kind in one], axis=0)) for one in kinds],
        [np.asarray(np.sum([kind.region_person for kind in one], axis=0)) for one in kinds],
    )


def _ranked(cost: list[Values], there: list[Flags]) -> list[Values]:
    """Return the costs of those alive at the start of each year, highest first; years without any cost left out."""
    return [np.sort(sek[alive])[::-1] for sek, alive in zip(cost, there, strict=True) if sek[alive].any()]


def _admissions(year: Observation) -> Values:
    stays = year.table("stays")
    return np.asarray(year.per_person(stays["person"][stays["event"] == StayEvent.ADMITTED]))


def still_high(use: list[Values], there: list[Flags], share: float) -> list[float]:
    """Return for each year but the last the share of its highest users who are among the next year's highest.

    `use` and `there` (alive at the year's start) have one element per person and year. Those who have died before
    the next year are not asked. Of people with equal use at the border those with the lower number count as higher.
    """
    found = []
    for year in range(len(use) - 1):
        now, then = (highest(use[at], there[at], share) for at in (year, year + 1))
        asked = now & there[year + 1]
        if asked.any():
            found.append(float(np.mean(then[asked])))
    return found


def highest(use: Values, there: Flags, share: float) -> Flags:
    """Tell who is among the highest `share` of those who are there, at least one person, of those who have any use."""
    chosen = np.zeros(len(use), dtype=np.bool_)
    count = max(1, round(share * int(there.sum())))
    order = np.argsort(-np.where(there, use, -1.0), kind="stable")
    chosen[order[:count]] = True
    return chosen & there & (use > 0)


def gini(ranked_cost: Values) -> float:
    """Return the Gini index of costs sorted with the highest first: 0 = all alike, towards 1 = one person has all."""
    people, cost = lorenz(ranked_cost)
    return float(np.sum(np.diff(people) * (cost[1:] + cost[:-1])) - 1.0)


def _of_half_years(halves: list[Observation]) -> Iterator[Row]:
    """Yield what becomes of frequent visitors to the emergency department: a year later, and in the next half-year."""
    visits = [half.per_person(half.table("ed_arrivals")["person"]) for half in halves]
    there = [alive_at_start(half) for half in halves]
    later = []
    for at in range(len(halves) - 2):
        asked = (visits[at] >= OFTEN) & there[at + 2]
        later.append((float(np.sum(visits[at + 2][asked] >= OFTEN)), float(asked.sum())))
    yield "frequent_ed_still", "all", _ratio(later)
    contacts = [half.per_person(half.table("contacts")["person"]) for half in halves]
    for name, use in (("ed_visits", visits), ("contacts", contacts)):
        yield "after_bad_half_year", name, _ratio(_after_and_before(halves, visits, use))


def _after_and_before(halves: list[Observation], visits: list[Values], use: list[Values]) -> list[tuple[float, float]]:
    """Return use a year lived after and before, of those who came often in a half-year and lived through it.

    The two are sums over people per year lived, half-year by half-year, in parts of a ratio that can be added: the
    later is scaled to the earlier's time.
    """
    found = []
    for at in range(len(halves) - 1):
        chosen = (visits[at] >= OFTEN) & alive_at_start(halves[at + 1])
        before_days = alive_days(halves[at])[chosen].sum()
        after_days = alive_days(halves[at + 1])[chosen].sum()
        if after_days > 0:
            found.append((use[at + 1][chosen].sum() * before_days / after_days, use[at][chosen].sum()))
    return found


def _ratio(parts: list[tuple[float, float]]) -> float:
    """Return the sum of the first parts over the sum of the second; NaN when there is nothing to divide by."""
    whole = sum(part[1] for part in parts)
    return float(sum(part[0] for part in parts) / whole) if whole else np.nan


def _mean(values: Sequence[float | np.floating[Any]]) -> float:
    return float(sum(values) / len(values)) if values else np.nan
