"""Count deaths."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

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
