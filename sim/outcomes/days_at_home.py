"""Divide the days of the window between home, hospital, special housing and after death."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="days_at_home",
        aim="health",
        better="higher",
        unit="days per person-year",
        label_en="Days at home",
        label_sv="Dagar hemma",
        meaning=(
            "Days alive, not in hospital and not living in special housing, per person alive at the start of the "
            "window and year of the window: a death loses the days that follow."
        ),
        headline=True,
    ),
    Outcome(
        id="days_in_special_housing",
        aim="health",
        better="neither",
        unit="days per person-year",
        label_en="Days in special housing",
        label_sv="Dagar i särskilt boende",
        meaning="Days living in special housing and not in hospital, per person-year lived.",
    ),
)
