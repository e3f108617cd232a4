"""Measure how frail people are."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure
from sim.outcomes.snapshots import snapshots

OUTCOMES = (
    Outcome(
        id="mean_frailty",
        aim="health",
        better="lower",
        unit="index 0-1",
        label_en="Mean frailty",
        label_sv="Genomsnittlig skörhet",
        meaning="Frailty (0 = full function) in the monthly snapshots, averaged over the time lived.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield frailty summed over days, per day with a known state."""
    seen = snapshots(observation)
    yield PersonMeasure(
        outcome="mean_frailty",
        numerator=seen.total(observation, "frailty"),
        denominator=observation.per_person(seen.person, seen.days),
    )
