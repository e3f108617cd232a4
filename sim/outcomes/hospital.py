"""Measure hospital stays: admissions, bed days, length, and days in bed when ready to leave."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.outcomes.intervals import hospital_stays
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="admissions_per_1000",
        aim="cost",
        better="lower",
        unit="per 1,000 person-years",
        label_en="Hospital admissions",
        label_sv="Inläggningar på sjukhus",
        meaning="Admissions to a hospital bed per 1,000 person-years.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="bed_days_per_1000",
        aim="cost",
        better="lower",
        unit="days per 1,000 person-years",
        label_en="Hospital bed days",
        label_sv="Vårddagar på sjukhus",
        meaning="Days in a hospital bed inside the window, stays still open included.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="mean_stay_days",
        aim="cost",
        better="neither",
        unit="days",
        label_en="Mean length of stay",
        label_sv="Medelvårdtid",
        meaning="Mean length of the stays that ended in the window.",
    ),
    Outcome(
        id="delayed_days_per_1000",
        aim="cost",
        better="lower",
        unit="days per 1,000 person-years",
        label_en="Bed days when ready to leave",
        label_sv="Vårddagar som utskrivningsklar",
        meaning="Days in a hospital bed after the person was medically ready to leave.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="delayed_share_of_bed_days",
        aim="cost",
        better="lower",
        unit="share",
        label_en="Bed days when ready to leave, share",
        label_sv="Andel vårddagar som utskrivningsklar",
        meaning="Share of bed days after the person was medically ready to leave.",
    ),
    Outcome(
        id="delayed_share_of_beds",
        aim="cost",
        better="lower",
        unit="share of beds",
        label_en="Beds held by people ready to leave, share",
        label_sv="Andel vårdplatser med utskrivningsklara",
        meaning=(
            "Share of all somatic beds of the place, those for planned care too, in which somebody lies who is "
            "medically ready to leave: mean over the window, as Swedish statistics count it."
        ),
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield admissions and days in bed per person; open stays are closed at the end of the window."""
    start, end = observation.start_days, observation.end_days
    stays = hospital_stays(observation)
    admitted = (stays.admitted >= start) & (stays.admitted < end)
    yield PersonMeasure(outcome="admissions_per_1000", numerator=observation.per_person(stays.person[admitted]))
    beds, delays = stays.in_bed().cut(observation), stays.delayed().cut(observation)
    bed_days = observation.per_person(beds.person, beds.days())
    delayed_days = observation.per_person(delays.person, delays.days())
    yield PersonMeasure(outcome="bed_days_per_1000", numerator=bed_days)
    yield PersonMeasure(outcome="delayed_days_per_1000", numerator=delayed_days)
    yield PersonMeasure(outcome="delayed_share_of_bed_days", numerator=delayed_days, denominator=bed_days)
    yield GroupMeasure(
        outcome="delayed_share_of_beds",
        group_by="all",
        groups=("all",),
        numerator=np.array([delayed_days.sum()]),
        denominator=np.array([observation.ward_places * (end - start)]),
    )
    completed = (stays.ended >= start) & (stays.ended < end) & np.isfinite(stays.admitted)
    person, length = stays.person[completed], (stays.ended - stays.admitted)[completed]
    yield PersonMeasure(
        outcome="mean_stay_days",
        numerator=observation.per_person(person, length),
        denominator=observation.per_person(person),
    )
