"""Count deaths."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="deaths_per_1000",
        aim="health",
        better="lower",
        unit="per 1,000 person-years",
        label_en="Deaths",
        label_sv="Dödsfall",
        meaning="Deaths per 1,000 person-years lived in the window.",
        scale=1000.0,
        headline=True,
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield deaths per person."""
    deaths = observation.per_person(observation.table("deaths")["person"])
    yield PersonMeasure(outcome="deaths_per_1000", numerator=deaths)
