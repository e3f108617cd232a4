"""Measure the days on which a person has at least one need that nobody has met yet."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="unmet_need_days",
        aim="health",
        better="lower",
        unit="days per person-year",
        label_en="Days with unmet need",
        label_sv="Dagar med ej mött behov",
        meaning=(
            "Days with at least one open episode, from the onset of the need until it is met, lapses or the "
            "person dies; overlapping episodes count once and days in hospital do not count."
        ),
        headline=True,
    ),
)
