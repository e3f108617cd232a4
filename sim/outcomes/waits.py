"""Measure the wait from a request to the contact, by profession, and in the emergency department."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag, Profession, label
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure
from sim.outcomes.wording import PROFESSION_EN, PROFESSION_SV

PROFESSIONS = tuple(p for p in Profession if p is not Profession.EMERGENCY_PHYSICIAN)


def _outcome(profession: Profession) -> Outcome:
    return Outcome(
        id=f"wait_days_{label(profession)}",
        aim="experience",
        better="lower",
        unit="days",
        label_en=f"Wait for {PROFESSION_EN[profession]}",
        label_sv=f"Väntan på {PROFESSION_SV[profession]}",
        meaning="Mean days from the request to the contact; acute contacts and roster visits left out.",
    )


OUTCOMES = (
    *(_outcome(profession) for profession in PROFESSIONS),
    Outcome(
        id="ed_wait_minutes",
        aim="experience",
        better="lower",
        unit="minutes",
        label_en="Wait in the emergency department",
        label_sv="Väntan på akutmottagningen",
        meaning="Mean minutes from arrival to physician.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield waits summed per person, per contact that was waited for."""
    contacts = observation.table("contacts")
    planned = np.flatnonzero((contacts["flags"] & ContactFlag.ACUTE) == 0)
    people, count = len(observation.people), len(Profession)
    key = contacts["profession"][planned] * np.int64(people) + contacts["person"][planned]
    waited = np.bincount(key, contacts["wait_days"][planned], minlength=people * count).reshape(count, people)
    number = np.bincount(key, minlength=people * count).reshape(count, people).astype(np.float64)
    for profession in PROFESSIONS:
        yield PersonMeasure(
            outcome=f"wait_days_{label(profession)}",
            numerator=waited[profession],
            denominator=number[profession],
        )
    departures = observation.table("ed_departures")
    yield PersonMeasure(
        outcome="ed_wait_minutes",
        numerator=observation.per_person(departures["person"], departures["wait_minutes"]),
        denominator=observation.per_person(departures["person"]),
    )
