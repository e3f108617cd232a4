"""Count admissions after a need that had been known and was not met in time."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="avoidable_admissions_per_1000",
        aim="health",
        better="lower",
        unit="per 1,000 person-years",
        label_en="Avoidable admissions",
        label_sv="Undvikbara inläggningar",
        meaning=(
            "Admissions that followed a need which was known and unmet. Counted from the course of events, so not "
            "the diagnosis-based indicator of avoidable inpatient care."
        ),
        scale=1000.0,
        headline=True,
    ),
)
