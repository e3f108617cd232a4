"""Count admissions after a need that had been known and was not met in time."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.core.vocabulary import StayEvent
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="avoidable_admissions_per_1000",
        aim="health",
        better="lower",
        unit="per 1,000 person-years",
        label_en="Avoidable admissions",
        label_sv="Undvikbara inläggningar",
        meaning=(
            "Admissions that followed a need which was known and unmet. Counted from the course of events, "
            "so not the diagnosis-based indicator of avoidable inpatient care."
        ),
        scale=1000.0,
        headline=True,
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield avoidable admissions per person."""
    stays = observation.table("stays")
    avoidable = (stays["event"] == StayEvent.ADMITTED) & stays["avoidable"]
    yield PersonMeasure(
        outcome="avoidable_admissions_per_1000", numerator=observation.per_person(stays["person"][avoidable])
    )
