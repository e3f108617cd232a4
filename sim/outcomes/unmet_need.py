"""Measure the days on which a person has at least one need that nobody has met yet."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.outcomes.intervals import covered_days, hospital_stays, unmet_episodes
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure, Values

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


def unmet_need_days(observation: Observation) -> Values:
    """Return days in the window with an open episode and outside hospital, per person."""
    return covered_days(observation, unmet_episodes(observation), hospital_stays(observation).in_bed())


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield days with unmet need per person."""
    yield PersonMeasure(outcome="unmet_need_days", numerator=unmet_need_days(observation))
