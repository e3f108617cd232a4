"""Measure the unpaid time of relatives; kept apart from all other cost."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

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
