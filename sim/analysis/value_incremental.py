"""Compare options with each other by cost and effect: dominance, extended dominance, ICER.

Fully incremental analysis (Drummond et al. 2015, chapter 4; Johannesson and Weinstein 1993).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

REFERENCE, FRONTIER = "cheapest", "on the frontier"
DOMINATED, EXTENDEDLY, SAME = "dominated", "extendedly dominated", "same as another"

DOMINATES, IS_DOMINATED = "dominates", "is dominated"
COSTS_AND_GAINS, SAVES_AND_LOSES, NOTHING = "costs more, gains more", "costs less, gains less", "no difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class Increment:
    """Where one option stands: by whom it is beaten, or what it adds to the next cheaper on the frontier."""

    status: str
    compared_with: int | None = None
    """Position of the option that dominates it, or of the next cheaper one on the frontier."""
    icer: float | None = None
    """Cost per unit of effect beyond that one; None when dominated or the cheapest."""


def incremental(costs: Sequence[float], effects: Sequence[float]) -> list[Increment]:
    """Return where each option stands; more effect is better, and of two that are the same the first counts."""
    order = sorted(range(len(costs)), key=lambda one: (costs[one], -effects[one], one))
    found: dict[int, Increment] = {}
    frontier: list[int] = []
    for one in order:
        # Whoever comes later costs as much or more, so the last one kept is the best so far.
        if frontier and effects[one] <= effects[frontier[-1]]:
            best = frontier[-1]
            same = (costs[one], effects[one]) == (costs[best], effects[best])
            found[one] = Increment(status=SAME if same else DOMINATED, compared_with=best)
            continue
        while len(frontier) > 1 and _ratio(costs, effects, frontier[-1], one) < _ratio(
            costs, effects, frontier[-2], frontier[-1]
        ):
            found[frontier.pop()] = Increment(status=EXTENDEDLY)
        frontier.append(one)
    for place, one in enumerate(frontier):
        if place == 0:
            found[one] = Increment(status=REFERENCE)
        else:
            before = frontier[place - 1]
            ratio = _ratio(costs, effects, before, one)
            found[one] = Increment(status=FRONTIER, compared_with=before, icer=ratio)
    return [found[one] for one in range(len(costs))]


def _ratio(costs: Sequence[float], effects: Sequence[float], first: int, then: int) -> float:
    return (costs[then] - costs[first]) / (effects[then] - effects[first])


def quadrant(cost: float, effect: float) -> str:
    """Say in words where an option lies on the cost-effectiveness plane; more effect is better."""
    if cost == 0.0 and effect == 0.0:
        return NOTHING
    if cost <= 0.0 <= effect:
        return DOMINATES
    if cost >= 0.0 >= effect:
        return IS_DOMINATED
    return COSTS_AND_GAINS if cost > 0.0 else SAVES_AND_LOSES
