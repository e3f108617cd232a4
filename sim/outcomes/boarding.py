"""Measure boarding: waiting in the emergency department for a hospital bed, once it is decided to admit."""

from __future__ import annotations

from collections.abc import Iterable

from sim.core.observation import Observation
from sim.outcomes.intervals import waits_for_bed
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

LONG_WAIT_HOURS = 4.0
"""Longer waits count as long.

A definition: four hours from the decision to admit is the limit that NHS England counts emergency admissions by, and
that a third of academic emergency departments in the USA call boarding by (survey of 68, PMC10121851). No Swedish
limit for this part of a visit was found; most regions aim at four hours for the whole of it.
"""
_HOURS_PER_DAY = 24.0
_WHICH = (
    "Counted when the wait ends: when a bed is free (0 hours where one was), or when the person dies waiting. "
    "In a sample or a small place the beds are few and waits longer: compare runs of the same size."
)

OUTCOMES = (
    Outcome(
        id="boarding_hours",
        aim="experience",
        better="lower",
        unit="hours",
        label_en="Wait for a hospital bed",
        label_sv="Väntan på vårdplats",
        meaning=f"Mean hours in the emergency department from the decision to admit. {_WHICH}",
    ),
    Outcome(
        id="boarding_over_4_hours_share",
        aim="experience",
        better="lower",
        unit="share of admissions",
        label_en="More than 4 hours' wait for a hospital bed",
        label_sv="Mer än 4 timmars väntan på vårdplats",
        meaning=f"Share of decisions to admit after which the bed took more than 4 hours. {_WHICH}",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield hours waited and long waits per person, per wait that ended in the window."""
    waits = waits_for_bed(observation)
    ended = (waits.end >= observation.start_days) & (waits.end < observation.end_days)
    person, hours = waits.person[ended], waits.days()[ended] * _HOURS_PER_DAY
    number = observation.per_person(person)
    yield PersonMeasure(
        outcome="boarding_hours", numerator=observation.per_person(person, hours), denominator=number
    )  # fmt: skip
    long = observation.per_person(person[hours > LONG_WAIT_HOURS])
    yield PersonMeasure(outcome="boarding_over_4_hours_share", numerator=long, denominator=number)
