"""Divide paid staff time by kind of work, per profession; and count hours of work per inhabitant."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation
from sim.core.vocabulary import Profession, WorkKind, label
from sim.outcomes.arithmetic import sum_by
from sim.outcomes.exposure import person_years
from sim.outcomes.minutes import minutes_by_person, minutes_by_station
from sim.outcomes.outcome import Better, GroupMeasure, Measure, Outcome, PersonMeasure, Values
from sim.outcomes.wording import WORK_KIND_EN, WORK_KIND_SV

BETTER: dict[WorkKind, Better] = {
    WorkKind.DIRECT: "higher",
    WorkKind.READING_IN: "lower",
    WorkKind.DOCUMENTATION: "neither",
    WorkKind.TRAVEL: "neither",
    WorkKind.COORDINATION: "neither",
    WorkKind.HASSLE: "lower",
}


def _paid_share(kind: WorkKind) -> Outcome:
    return Outcome(
        id=f"time_{label(kind)}_share",
        aim="staff",
        better=BETTER[kind],
        unit="share of paid time",
        label_en=f"Time for {WORK_KIND_EN[kind]}",
        label_sv=f"Tid för {WORK_KIND_SV[kind]}",
        meaning="Modelled minutes of this kind per minute of paid time.",
    )


def _hours(kind: WorkKind) -> Outcome:
    return Outcome(
        id=f"staff_hours_{label(kind)}",
        aim="staff",
        better="neither" if kind is WorkKind.DIRECT else BETTER[kind],
        unit="hours per 1,000 person-years",
        label_en=f"Staff hours: {WORK_KIND_EN[kind]}",
        label_sv=f"Personaltimmar: {WORK_KIND_SV[kind]}",
        meaning="Staff hours of this kind per 1,000 person-years of the whole place.",
        scale=1000.0,
        headline=kind is WorkKind.HASSLE,
    )


OUTCOMES = (
    *(_paid_share(kind) for kind in WorkKind),
    Outcome(
        id="time_base_load_share",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Time for work that is not modelled",
        label_sv="Tid för arbete utanför modellen",
        meaning="Declared share of paid time taken by work that is not modelled.",
    ),
    Outcome(
        id="time_slack_share",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Slack",
        label_sv="Marginal",
        meaning="Paid time left when all work is done; negative = more work than paid time.",
    ),
    Outcome(
        id="utilisation",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Staff time used",
        label_sv="Utnyttjad personaltid",
        meaning="Modelled minutes and work that is not modelled, per minute of paid time.",
        headline=True,
    ),
    *(_hours(kind) for kind in WorkKind),
    Outcome(
        id="staff_hours",
        aim="staff",
        better="neither",
        unit="hours per 1,000 person-years",
        label_en="Staff hours",
        label_sv="Personaltimmar",
        meaning="Staff hours of all modelled kinds per 1,000 person-years of the whole place.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="direct_share_of_work",
        aim="staff",
        better="higher",
        unit="share of modelled work",
        label_en="Direct patient time, share of work",
        label_sv="Direkt patienttid, andel av arbetet",
        meaning="Direct minutes per minute of all modelled work; work that is not modelled is left out.",
    ),
    Outcome(
        id="hassle_share_of_work",
        aim="staff",
        better="lower",
        unit="share of modelled work",
        label_en="Hassle, share of work",
        label_sv="Strul, andel av arbetet",
        meaning=(
            "Minutes spent on repairing failed coordination per minute of all modelled work (direct, "
            "reading in, documentation, travel, coordination, hassle); base load and slack are left out."
        ),
        headline=True,
    ),
)


_MINUTES_PER_HOUR = 60.0


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield shares of time by profession, and hours by group of people, profession and principal."""
    stations = observation.stations
    used = minutes_by_station(observation)
    paid = stations.paid_minutes_per_day * (observation.end_days - observation.start_days)
    base = stations.base_load_share * paid
    professions = tuple(label(profession) for profession in Profession)
    codes = stations.profession.astype(np.intp)
    yield from _shares(used, paid, base, "profession", professions, codes)
    yield from _shares(used, paid, base, "all", ("all",), np.zeros_like(codes))

    years = float(person_years(observation).sum())
    yield from _hours_of_people(observation)
    yield from _hours_of_stations(used, years, "profession", professions, codes)
    principals = stations.principal.astype(np.intp)
    yield from _hours_of_stations(used, years, "principal", observation.principals, principals)


def _shares(
    used: Values,
    paid: Values,
    base: Values,
    group_by: str,
    groups: tuple[str, ...],
    codes: npt.NDArray[np.intp],
) -> Iterable[Measure]:
    count = len(groups)
    paid_sum, base_sum = sum_by(codes, count, paid), sum_by(codes, count, base)
    kinds = [sum_by(codes, count, used[:, kind]) for kind in WorkKind]
    work = np.asarray(np.sum(kinds, axis=0))
    parts = {f"time_{label(kind)}_share": (kinds[kind], paid_sum) for kind in WorkKind}
    parts |= {
        "time_base_load_share": (base_sum, paid_sum),
        "time_slack_share": (paid_sum - base_sum - work, paid_sum),
        "utilisation": (base_sum + work, paid_sum),
        "direct_share_of_work": (kinds[WorkKind.DIRECT], work),
        "hassle_share_of_work": (kinds[WorkKind.HASSLE], work),
    }
    for outcome, (numerator, denominator) in parts.items():
        yield GroupMeasure(
            outcome=outcome, group_by=group_by, groups=groups, numerator=numerator, denominator=denominator
        )


def _hours_of_people(observation: Observation) -> Iterable[Measure]:
    by_person, nobody = (minutes / _MINUTES_PER_HOUR for minutes in minutes_by_person(observation))
    for kind in WorkKind:
        yield PersonMeasure(
            outcome=f"staff_hours_{label(kind)}", numerator=by_person[:, kind], unassigned=float(nobody[kind])
        )
    yield PersonMeasure(outcome="staff_hours", numerator=by_person.sum(axis=1), unassigned=float(nobody.sum()))


def _hours_of_stations(
    used: Values, years: float, group_by: str, groups: tuple[str, ...], codes: npt.NDArray[np.intp]
) -> Iterable[Measure]:
    there = np.bincount(codes, minlength=len(groups)) > 0
    parts = {f"staff_hours_{label(kind)}": used[:, kind] for kind in WorkKind}
    parts["staff_hours"] = used.sum(axis=1)
    for outcome, minutes in parts.items():
        yield GroupMeasure(
            outcome=outcome,
            group_by=group_by,
            groups=groups,
            numerator=sum_by(codes, len(groups), minutes) / _MINUTES_PER_HOUR,
            denominator=np.where(there, years, 0.0),
        )
