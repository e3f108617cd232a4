"""Measure how much of the cost a few people carry."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.outcomes.exposure import alive_at_start, slices
from sim.outcomes.money import Costs, costs
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, Values

OUTCOMES = (
    Outcome(
        id="half_region_cost_people_share",
        aim="cost",
        better="neither",
        unit="share of people",
        label_en="People who use half of the region's cost",
        label_sv="Personer som drar halva regionens kostnad",
        meaning=(
            "Smallest share of the people alive at the start of a year that carries half of the region's "
            "cost in that year; mean over the full years of the window."
        ),
    ),
    Outcome(
        id="region_cost_top_4_percent_share",
        aim="cost",
        better="neither",
        unit="share of cost",
        label_en="Region's cost carried by the top 4 %",
        label_sv="Regionens kostnad för de 4 % dyraste",
        meaning="Share of the region's cost in a year carried by the 4 % of people who cost most.",
    ),
    Outcome(
        id="total_cost_top_4_percent_share",
        aim="cost",
        better="neither",
        unit="share of cost",
        label_en="All cost carried by the top 4 %",
        label_sv="Hela kostnaden för de 4 % dyraste",
        meaning="Share of all cost in a year carried by the 4 % of people who cost most.",
    ),
)


TOP_SHARE = 0.04
HALF = 0.5


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield concentration over everybody, as the mean over full years with any cost; none, no row."""
    figures: dict[str, list[float]] = {outcome.id: [] for outcome in OUTCOMES}
    for region, total in yearly_costs(observation):
        if region.any():
            figures["half_region_cost_people_share"].append(people_carrying(region, HALF))
            figures["region_cost_top_4_percent_share"].append(carried_by_top(region, TOP_SHARE))
        if total.any():
            figures["total_cost_top_4_percent_share"].append(carried_by_top(total, TOP_SHARE))
    for outcome, values in figures.items():
        yield GroupMeasure(
            outcome=outcome,
            group_by="all",
            groups=("all",),
            numerator=np.array([sum(values)]),
            denominator=np.array([float(len(values))]),
        )


def yearly_costs(observation: Observation) -> list[tuple[Values, Values]]:
    """Return for each full year region cost and all cost per person alive at its start, highest first."""
    found = []
    for start, end in slices(observation, DAYS_PER_YEAR):
        year = replace(observation, start_days=start, end_days=end)
        there, kinds = alive_at_start(year), costs(year)
        found.append((_ranked(_region(kinds), there), _ranked(_total(kinds), there)))
    return found


def carried_by_top(ranked_cost: Values, top_share: float) -> float:
    """Return the share of cost carried by the top share of people, a fraction of a person included."""
    return float(np.interp(top_share, *lorenz(ranked_cost)))


def people_carrying(ranked_cost: Values, cost_share: float) -> float:
    """Return the smallest share of people that carries this share of cost."""
    people, cost = lorenz(ranked_cost)
    return float(np.interp(cost_share, cost, people))


def lorenz(ranked_cost: Values) -> tuple[Values, Values]:
    """Return cumulated shares of people (highest cost first) and of cost, both from 0 to 1."""
    cost = np.concatenate(([0.0], np.cumsum(ranked_cost)))
    return np.linspace(0.0, 1.0, len(cost)), cost / cost[-1]


def _ranked(sek: Values, there: npt.NDArray[np.bool_]) -> Values:
    return np.sort(sek[there])[::-1]


def _total(kinds: Costs) -> Values:
    return np.asarray(np.sum([cost.person for cost in kinds.values()], axis=0))


def _region(kinds: Costs) -> Values:
    return np.asarray(np.sum([cost.region_person for cost in kinds.values()], axis=0))
