"""Measure what means take: their own staff time, what it costs, and what they pay."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.core.vocabulary import PaymentKind, Profession, Responder, WorkCause, label
from sim.outcomes.arithmetic import sum_by
from sim.outcomes.exposure import person_years
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, PersonMeasure, Values

_MINUTES_PER_HOUR = 60.0
_MEANING = (
    "standing work (meetings, standby, rounds, training), taking people in, and answering acute turns or giving care "
    "at home instead of a bed. Before anything it saves; joint visits and care that follows are not in it."
)

OUTCOMES = (
    Outcome(
        id="means_hours",
        aim="staff",
        better="neither",
        unit="hours per 1,000 person-years",
        label_en="Staff hours of the means",
        label_sv="Personaltimmar för insatserna",
        meaning=f"Staff hours that the means themselves take: {_MEANING}",
        scale=1000.0,
    ),
    Outcome(
        id="means_cost_sek",
        aim="cost",
        better="neither",
        unit="SEK per person-year",
        label_en="Running cost of the means",
        label_sv="Driftskostnad för insatserna",
        meaning=f"Their fixed payments, and their own staff time at salary with overhead: {_MEANING}",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield hours by people, profession and principal, cost by people and principal."""
    work = _work_of_means(observation)
    stations, station = observation.stations, work["station"]
    hours = work["minutes"].astype(np.float64) / _MINUTES_PER_HOUR
    rate = stations.sek_per_minute * _MINUTES_PER_HOUR * (1.0 + observation.prices.overhead_share)
    years = float(person_years(observation).sum())
    yield _of_people(observation, "means_hours", work["person"], hours, 0.0)
    professions = tuple(label(one) for one in Profession)
    for group_by, groups, codes in (
        ("profession", professions, stations.profession),
        ("principal", observation.principals, stations.principal),
    ):
        lived = np.where(np.bincount(codes, minlength=len(groups)) > 0, years, 0.0)
        yield _of_groups("means_hours", group_by, groups, sum_by(codes[station], len(groups), hours), lived)
    sek, payer, paid = hours * rate[station], *_payments(observation)
    yield _of_people(observation, "means_cost_sek", work["person"], sek, float(paid.sum()))
    count = len(observation.principals)
    by_principal = sum_by(stations.principal[station], count, sek) + sum_by(payer, count, paid)
    yield _of_groups("means_cost_sek", "principal", observation.principals, by_principal, np.full(count, years))


def _work_of_means(observation: Observation) -> Columns:
    """Return the rows of `work` that are there because of a means.

    An answer to an acute turn is a means' unless it was usual care's: the turn has the same person and moment.
    """
    work, turns = observation.table("work"), observation.table("acute_turns")
    usual = turns["responder"] == Responder.USUAL_CARE
    answered = set(zip(turns["person"][usual].tolist(), turns["time_days"][usual].tolist(), strict=True))
    responses = np.flatnonzero(work["cause"] == WorkCause.ACUTE_RESPONSE)
    moments = zip(work["person"][responses].tolist(), work["time_days"][responses].tolist(), strict=True)
    by_means = np.array([moment not in answered for moment in moments], dtype=np.bool_)
    kept = work["cause"] == WorkCause.MEANS
    kept[responses[by_means]] = True
    return {name: values[kept] for name, values in work.items()}


def _payments(observation: Observation) -> tuple[npt.NDArray[np.int16], Values]:
    payments = observation.table("payments")
    fixed = payments["kind"] == PaymentKind.MEANS_FIXED_COST
    return payments["payer"][fixed], payments["sek"][fixed]


def _of_people(
    observation: Observation, outcome: str, person: npt.NDArray[np.int32], amount: Values, more: float
) -> PersonMeasure:
    """Spread amounts over people; of nobody in particular are those of person -1, and `more`."""
    own = person >= 0
    return PersonMeasure(
        outcome=outcome,
        numerator=observation.per_person(person[own], amount[own]),
        unassigned=float(amount[~own].sum()) + more,
    )


def _of_groups(
    outcome: str, group_by: str, groups: tuple[str, ...], numerator: Values, denominator: Values
) -> GroupMeasure:
    return GroupMeasure(outcome=outcome, group_by=group_by, groups=groups, numerator=numerator, denominator=denominator)
