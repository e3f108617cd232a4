"""Measure relational continuity from who met whom; never set anywhere in the model."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import PHYSICIANS, Mode, Profession
from sim.outcomes.arithmetic import share
from sim.outcomes.exposure import person_years
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure, Values

OUTCOMES = (
    Outcome(
        id="usual_provider_gp",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Continuity with a GP (UPC)",
        label_sv="Läkarkontinuitet på vårdcentral (UPC)",
        meaning=(
            "Usual provider of care: share of a person's GP visits made to the GP seen most, averaged over "
            "people with at least 2 GP visits (visits and home visits) in the window."
        ),
        headline=True,
    ),
    Outcome(
        id="bice_boxerman",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Continuity of physicians (Bice-Boxerman COC)",
        label_sv="Läkarkontinuitet (Bice-Boxerman COC)",
        meaning=(
            "Bice-Boxerman index: 1 = always the same physician, 0 = never the same twice; averaged over "
            "people with at least 3 physician contacts outside the emergency department."
        ),
    ),
    Outcome(
        id="sequential_continuity",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Same physician as last time (SECON)",
        label_sv="Samma läkare som förra gången (SECON)",
        meaning=(
            "Share of consecutive physician contacts with the same physician, averaged over people with at "
            "least 3 physician contacts outside the emergency department."
        ),
    ),
    Outcome(
        id="distinct_physicians",
        aim="experience",
        better="lower",
        unit="physicians per person-year",
        label_en="Different physicians a year, complex needs",
        label_sv="Olika läkare per år, komplexa behov",
        meaning=(
            "Different physicians met in each year of the window (emergency physicians included), among "
            "people with complex needs."
        ),
        headline=True,
    ),
)


Ints = npt.NDArray[np.int64]


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield the continuity indices; a person's index counts once, however many contacts there were."""
    contacts = observation.table("contacts")
    physician = np.flatnonzero(np.isin(contacts["profession"], [int(p) for p in PHYSICIANS]))
    person = contacts["person"][physician].astype(np.int64)
    staff = contacts["staff"][physician].astype(np.int64)
    profession, mode = contacts["profession"][physician], contacts["mode"][physician]

    visit = (profession == Profession.GENERAL_PRACTITIONER) & (mode <= Mode.HOME_VISIT)
    yield _mean_index(observation, "usual_provider_gp", *_usual_provider(observation, person[visit], staff[visit]))

    planned = profession != Profession.EMERGENCY_PHYSICIAN
    pairs = person[planned], staff[planned]
    yield _mean_index(observation, "bice_boxerman", *_bice_boxerman(observation, *pairs))
    yield _mean_index(observation, "sequential_continuity", *_sequential(observation, *pairs))

    yield PersonMeasure(
        outcome="distinct_physicians",
        numerator=distinct_physicians(observation) * observation.people.complex_needs,
        denominator=person_years(observation) * observation.people.complex_needs,
    )


def distinct_physicians(observation: Observation) -> Values:
    """Return different physicians per person, counted anew in each year of the window and summed."""
    contacts = observation.table("contacts")
    rows = np.flatnonzero(np.isin(contacts["profession"], [int(p) for p in PHYSICIANS]))
    year = ((contacts["time_days"][rows] - observation.start_days) / DAYS_PER_YEAR).astype(np.int64)
    years = int(np.ceil(observation.years))
    owner, _ = _pair_counts(contacts["person"][rows] * np.int64(years) + year, contacts["staff"][rows])
    return observation.per_person(owner // years)


def usual_provider(observation: Observation) -> Values:
    """Return the usual-provider index of everybody who has one (at least 2 GP visits)."""
    contacts = observation.table("contacts")
    visit = (contacts["profession"] == Profession.GENERAL_PRACTITIONER) & (contacts["mode"] <= Mode.HOME_VISIT)
    rows = np.flatnonzero(visit)
    index, enough = _usual_provider(observation, contacts["person"][rows], contacts["staff"][rows])
    return index[enough]


def _mean_index(observation: Observation, outcome: str, index: Values, enough: npt.NDArray[np.bool_]) -> PersonMeasure:
    return PersonMeasure(outcome=outcome, numerator=index * enough, denominator=enough.astype(np.float64))


def _pair_counts(owner: Ints, staff: Ints) -> tuple[Ints, Ints]:
    """Return the owner of each distinct (owner, staff) pair and how often the pair occurs."""
    width = np.int64(staff.max() + 1) if len(staff) else np.int64(1)
    key = np.sort(owner * width + staff)
    first = np.flatnonzero(np.diff(key, prepend=-1))
    return key[first] // width, np.diff(first, append=len(key))


def _usual_provider(observation: Observation, person: Ints, staff: Ints) -> tuple[Values, npt.NDArray[np.bool_]]:
    owner, count = _pair_counts(person.astype(np.int64), staff)
    most = np.zeros(len(observation.people))
    np.maximum.at(most, owner, count)
    total = observation.per_person(person)
    return share(most, total), total >= 2


def _bice_boxerman(observation: Observation, person: Ints, staff: Ints) -> tuple[Values, npt.NDArray[np.bool_]]:
    owner, count = _pair_counts(person, staff)
    squares = observation.per_person(owner, count.astype(np.float64) ** 2)
    total = observation.per_person(person)
    return share(squares - total, total * (total - 1.0)), total >= 3


def _sequential(observation: Observation, person: Ints, staff: Ints) -> tuple[Values, npt.NDArray[np.bool_]]:
    # Contacts are in order of time; a stable sort by person keeps that order within the person.
    order = np.argsort(person, kind="stable")
    person, staff = person[order], staff[order]
    same = (person[1:] == person[:-1]) & (staff[1:] == staff[:-1])
    total = observation.per_person(person)
    return share(observation.per_person(person[1:][same]), total - 1.0), total >= 3
