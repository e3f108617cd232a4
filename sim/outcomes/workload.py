"""Measure how the work feels: overfull weeks and different patients per day."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import Profession, label
from sim.outcomes.arithmetic import sum_by
from sim.outcomes.exposure import slices
from sim.outcomes.minutes import row_minutes
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, Values

OUTCOMES = (
    Outcome(
        id="overload_share",
        aim="staff",
        better="lower",
        unit="share of station-weeks",
        label_en="Overfull weeks",
        label_sv="Överfulla veckor",
        meaning=(
            "Share of complete weeks in which a station (a profession at a unit) had more work, modelled "
            "and other, than paid minutes of those whom no disturbance keeps away."
        ),
        headline=True,
    ),
    Outcome(
        id="patients_per_staff_day",
        aim="staff",
        better="neither",
        unit="patients per staff member and day",
        label_en="Different patients per staff member and day",
        label_sv="Olika patienter per medarbetare och dag",
        meaning="Different people met by a staff member on a day with at least one contact or visit.",
    ),
)


WEEK_DAYS = 7
PROFESSIONS = tuple(label(profession) for profession in Profession)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield both figures for all staff and by profession."""
    codes = observation.stations.profession.astype(np.intp)
    overfull, weeks = _overfull_weeks(observation)
    yield from _all_and_by_profession(
        "overload_share",
        sum_by(codes, len(PROFESSIONS), overfull),
        sum_by(codes, len(PROFESSIONS), weeks),
    )
    yield from _all_and_by_profession("patients_per_staff_day", *_patients_and_days(observation))


def _all_and_by_profession(outcome: str, numerator: Values, denominator: Values) -> Iterable[Measure]:
    yield GroupMeasure(
        outcome=outcome,
        group_by="all",
        groups=("all",),
        numerator=numerator.sum(keepdims=True),
        denominator=denominator.sum(keepdims=True),
    )
    yield GroupMeasure(
        outcome=outcome,
        group_by="profession",
        groups=PROFESSIONS,
        numerator=numerator,
        denominator=denominator,
    )


def _overfull_weeks(observation: Observation) -> tuple[Values, Values]:
    """Return overfull and all complete weeks per station that has paid staff."""
    stations = observation.stations
    weeks, count = len(slices(observation, WEEK_DAYS)), len(stations.name)
    if not weeks:
        return np.zeros(count), np.zeros(count)
    modelled = np.zeros((count, weeks))
    for table in ("contacts", "visits", "work"):
        rows = observation.table(table)
        week = ((rows["time_days"] - observation.start_days) / WEEK_DAYS).astype(np.intp)
        complete = int(np.searchsorted(week, weeks))
        key = rows["station"][:complete].astype(np.intp) * weeks + week[:complete]
        minutes = row_minutes(rows)[:complete]
        modelled += sum_by(key, modelled.size, minutes).reshape(modelled.shape)
    paid = stations.paid_minutes_per_day * WEEK_DAYS
    left = (paid * (1.0 - stations.base_load_share))[:, None] * _at_work(observation, weeks)
    overfull = (modelled > left + 1e-6).sum(axis=1)
    staffed = paid > 0
    return np.where(staffed, overfull, 0.0), np.where(staffed, float(weeks), 0.0)


def _at_work(observation: Observation, weeks: int) -> Values:
    """Return the share of each station's paid time that no disturbance has taken, week by week."""
    if observation.staff_left is None:
        return np.ones((1, 1))
    first = int(observation.start_days)
    days = observation.staff_left[first : first + weeks * WEEK_DAYS].T
    return np.asarray(days.reshape(len(days), weeks, WEEK_DAYS).mean(axis=2))


def _patients_and_days(observation: Observation) -> tuple[Values, Values]:
    """Return different patients per staff member and day, and days at work, summed by profession."""
    tables = [observation.table("contacts"), observation.table("visits")]
    person, staff, time, profession = (
        np.concatenate([rows[name] for rows in tables]) for name in ("person", "staff", "time_days", "profession")
    )
    if not len(person):
        return np.zeros(len(PROFESSIONS)), np.zeros(len(PROFESSIONS))
    profession_of = np.zeros(int(staff.max()) + 1, dtype=np.intp)
    profession_of[staff] = profession
    day = (time - observation.start_days).astype(np.int64)
    days, people = np.int64(day.max() + 1), np.int64(len(observation.people))
    key = np.sort((staff * days + day) * people + person)
    meeting = key[np.flatnonzero(np.diff(key, prepend=-1))] // people
    worked = meeting[np.flatnonzero(np.diff(meeting, prepend=-1))]
    patients = sum_by(profession_of[meeting // days], len(PROFESSIONS))
    staff_days = sum_by(profession_of[worked // days], len(PROFESSIONS))
    return patients, staff_days
