"""Measure how the work feels: overfull weeks and different patients per day."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="overload_share",
        aim="staff",
        better="lower",
        unit="share of station-weeks",
        label_en="Overfull weeks",
        label_sv="Överfulla veckor",
        meaning=(
            "Share of complete weeks in which a station (a profession at a unit) had more work, modelled and "
            "other, than paid minutes."
        ),
        headline=True,
    ),
    Outcome(
        id="patients_per_staff_day",
        aim="staff",
        better="neither",
        unit="patients per staff member and day",
        label_en="Different patients per staff member and day",
        label_sv="Olika patienter per medarbetare och dag",
        meaning="Different people met by a staff member on a day with at least one contact or visit.",
    ),
)
