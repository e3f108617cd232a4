"""Sum up one person's year, and set it beside the same person's year in another world."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from sim.analysis.journey_spans import DELAYED, HOSPITAL, NEED, PHASES, SHORT_TERM
from sim.core.observation import Observation
from sim.core.vocabulary import PHYSICIANS, StayEvent, WorkKind
from sim.outcomes.money import costs
from sim.outcomes.unmet_need import unmet_need_days

SUMMARY_COLUMNS = ("measure", "group", "unit", "without", "with", "difference")
WEEK_COLUMNS = ("week", "profession", "visits", "staff")
_DAYS_PER_WEEK, _MINUTES_PER_HOUR = 7.0, 60.0
Row = tuple[str, str, str, float]
"""Measure, group, unit, value."""


def summary_table(today: Observation, beside: Observation, spans: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
    """Return the year of one person in two worlds, each an observation of one; `spans` as `spans_table` makes them."""
    columns = ["measure", "group", "unit", "value"]
    one, other = (
        pd.DataFrame(list(_measures(world, span)), columns=columns)
        for world, span in zip((today, beside), spans, strict=True)
    )
    both = one.rename(columns={"value": "without"}).assign(**{"with": other["value"]})
    both["difference"] = both["with"] - both["without"]
    return both[list(SUMMARY_COLUMNS)]


def _measures(person: Observation, spans: pd.DataFrame) -> Iterator[Row]:
    yield from _meetings(person)
    yield from _gaps(person, spans)
    yield from _hospital(person, spans)
    yield from _money(person)


def _meetings(person: Observation) -> Iterator[Row]:
    contacts, visits, stations = person.table("contacts"), person.table("visits"), person.stations
    at = stations.principal[contacts["station"]]
    yield "contacts", "all", "contacts", float(len(at))
    for number, name in enumerate(person.principals):
        if (stations.principal == number).any():
            yield "contacts", name, "contacts", float((at == number).sum())
    yield "staff_met", "all", "people", float(len(np.unique(contacts["staff"])))
    doctors = np.isin(contacts["profession"], [int(one) for one in PHYSICIANS])
    yield "physicians_met", "all", "people", float(len(np.unique(contacts["staff"][doctors])))
    yield "units_met", "all", "units", float(len({stations.unit[one] for one in contacts["station"].tolist()}))
    yield "principals_met", "all", "principals", float(len(np.unique(at)))
    yield "roster_visits", "all", "visits", float(len(visits["staff"]))
    yield "roster_staff", "all", "people", float(len(np.unique(visits["staff"])))


def _gaps(person: Observation, spans: pd.DataFrame) -> Iterator[Row]:
    handovers = person.table("handovers")
    yield "needs", "all", "needs", float((spans["kind"] == NEED).sum())
    yield "handovers", "all", "hand-overs", float(len(handovers["lost"]))
    yield "handovers_lost", "all", "hand-overs", float(handovers["lost"].sum())
    yield "handovers_disputed", "all", "hand-overs", float(handovers["disputed"].sum())
    yield "unmet_days", "all", "days", float(unmet_need_days(person)[0])
    for phase in PHASES:
        yield "phase_days", phase, "days", _days(spans, phase)


def _hospital(person: Observation, spans: pd.DataFrame) -> Iterator[Row]:
    arrivals, stays = person.table("ed_arrivals"), person.table("stays")
    yield "ed_visits", "all", "visits", float(len(arrivals["person"]))
    yield "admissions", "all", "stays", float((stays["event"] == StayEvent.ADMITTED).sum())
    for kind in (HOSPITAL, DELAYED, SHORT_TERM):
        yield f"{kind}_days", "all", "days", _days(spans, kind)


def _days(spans: pd.DataFrame, kind: str) -> float:
    return float(spans.loc[spans["kind"] == kind, "days"].sum())


def _money(person: Observation) -> Iterator[Row]:
    work, relatives = person.table("work"), person.table("relatives")
    for kind in (WorkKind.COORDINATION, WorkKind.HASSLE):
        minutes = float(work["minutes"][work["kind"] == kind].sum())
        yield f"{kind.name.lower()}_hours", "all", "hours", minutes / _MINUTES_PER_HOUR
    yield "relatives_hours", "all", "hours", float(relatives["hours"].sum())
    by_principal = np.sum([cost.principal for cost in costs(person).values()], axis=0)
    yield "cost_sek", "all", "SEK", float(by_principal.sum())
    for number, name in enumerate(person.principals):
        if (person.stations.principal == number).any():
            yield "cost_sek", name, "SEK", float(by_principal[number])


def weeks_table(person: Observation) -> pd.DataFrame:
    """Return home care by week of the window (1, 2, ...) and profession: visits, and how many came. Empty weeks too."""
    visits = person.table("visits")
    weeks = int(np.ceil((person.end_days - person.start_days) / _DAYS_PER_WEEK - 1e-9))
    week = ((visits["time_days"] - person.start_days) // _DAYS_PER_WEEK).astype(int) + 1
    names = [person.stations.name[one].rsplit("/", 1)[-1] for one in visits["station"].tolist()]
    rows = []
    for name in sorted(set(names)):
        own = np.array([one == name for one in names])
        for number in range(1, weeks + 1):
            here = own & (week == number)
            rows.append((number, name, int(here.sum()), len(np.unique(visits["staff"][here]))))
    return pd.DataFrame(rows, columns=list(WEEK_COLUMNS))
