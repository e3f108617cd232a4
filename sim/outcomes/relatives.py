"""Measure the unpaid time of relatives; kept apart from all other cost."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="relatives_hours",
        aim="experience",
        better="lower",
        unit="hours per person-year",
        label_en="Relatives' unpaid hours",
        label_sv="Närståendes obetalda timmar",
        meaning="Hours relatives spend on coordination and care because of how care is organised.",
        headline=True,
    ),
    Outcome(
        id="relatives_value_sek",
        aim="cost",
        better="lower",
        unit="SEK per person-year",
        label_en="Value of relatives' time",
        label_sv="Värdet av närståendes tid",
        meaning="Relatives' hours valued at the price list; in no other cost.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield relatives' hours and their value per person."""
    rows = observation.table("relatives")
    hours = observation.per_person(rows["person"], rows["hours"])
    yield PersonMeasure(outcome="relatives_hours", numerator=hours)
    yield PersonMeasure(outcome="relatives_value_sek", numerator=hours * observation.prices.relative_hour_sek)
