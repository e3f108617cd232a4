"""Measure which share of acute turns coordination could have prevented: the ceiling of every effect."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.core.vocabulary import AcuteSource
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="preventable_share_measured",
        aim="health",
        better="neither",
        unit="share",
        label_en="Acute turns that could be prevented",
        label_sv="Akuta försämringar som kunde förebyggas",
        meaning=(
            "Share of acute turns that came from an unmet need or followed a discharge, and not from a cause "
            "that no coordination prevents; beside the declared parameter worsening.preventable_share."
        ),
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield the share of acute turns with a source other than `EXOGENOUS`."""
    turns = observation.table("acute_turns")
    preventable = turns["source"] != AcuteSource.EXOGENOUS
    yield PersonMeasure(
        outcome="preventable_share_measured",
        numerator=observation.per_person(turns["person"][preventable]),
        denominator=observation.per_person(turns["person"]),
    )
