"""Write one person's year as a list of dated events, from an observation of one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.core.vocabulary import (
    AcuteAnswer,
    AcuteSource,
    ContactFlag,
    EnrolmentEvent,
    EpisodeEvent,
    Mode,
    NeedKind,
    PlaceEvent,
    Profession,
    Responder,
    StayEvent,
    WorkCause,
    WorkKind,
    label,
)
from sim.outcomes.minutes import row_minutes

COLUMNS = (
    *("day", "date", "clock", "event", "what", "episode", "principal", "unit", "profession", "staff"),
    *("to_principal", "to_unit", "to_profession", "distance", "days", "dispute_days", "minutes", "share", "note"),
)
NEED_EVENTS = {
    EpisodeEvent.BORN: "need_begins",
    EpisodeEvent.MET: "need_met",
    EpisodeEvent.LOST: "handover_lost",
    EpisodeEvent.FOUND: "handover_found",
    EpisodeEvent.LAPSED: "need_lapses",
    EpisodeEvent.TURNED_ACUTE: "need_turns_acute",
    EpisodeEvent.CLOSED_BY_DEATH: "need_ends_by_death",
}
_RANKS = {"need_begins": 0, "contact": 1, "handover": 2, "need_met": 4, "need_lapses": 4, "need_ends_by_death": 4}
"""Order of what happens at the same moment; all else stands between a hand-over and a need's end."""
_ELSE = 3
_HAIR = 1e-6
"""A clock time does not fall a minute back because 9.6 hours are no binary number."""
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
Event = dict[str, Any]


def month_and_day(day: int) -> tuple[int, int]:
    """Return month (1-12) and day of the month of a day of the year (0 = 1 January) of 365 days."""
    left = day % sum(_MONTH_DAYS)
    for month, length in enumerate(_MONTH_DAYS, start=1):
        if left < length:
            return month, left + 1
        left -= length
    raise AssertionError("a year has twelve months")


def events_table(person: Observation) -> pd.DataFrame:
    """Return every event of the window with columns `COLUMNS`, in order of time.

    `day` counts from 1; `date` is month-day when the first day is called 1 January: the model knows weekdays, but no
    seasons. What does not apply is empty.
    """
    found = [event for read in _READERS for event in read(person)]
    found.sort(key=lambda event: (event["time"], _RANKS.get(event["event"], _ELSE)))
    for event in found:
        since = event.pop("time") - person.start_days
        month, day = month_and_day(int(since))
        minute = int((since % 1.0) * 24 * 60 + _HAIR)
        event |= {
            "day": int(since) + 1,
            "date": f"{month:02d}-{day:02d}",
            "clock": f"{minute // 60:02d}:{minute % 60:02d}",
        }
    return pd.DataFrame(found, columns=list(COLUMNS))


def _rows(person: Observation, name: str) -> Iterator[Event]:
    """Yield the rows of a table in the window as plain numbers."""
    columns: Columns = person.table(name)
    for values in zip(*(column.tolist() for column in columns.values()), strict=True):
        yield dict(zip(columns, values, strict=True))


def _at(person: Observation, station: int, prefix: str = "") -> Event:
    facts = person.stations
    return {
        f"{prefix}principal": person.principals[facts.principal[station]],
        f"{prefix}unit": facts.unit[station],
        f"{prefix}profession": label(Profession(int(facts.profession[station]))),
    }


def _contacts(person: Observation) -> Iterator[Event]:
    for row, minutes in zip(_rows(person, "contacts"), row_minutes(person.table("contacts")), strict=True):
        flags = [str(flag.name).lower() for flag in ContactFlag if row["flags"] & flag]
        met = "met" if row["met"] else "not_met"
        yield {
            "time": row["time_days"],
            "event": "contact",
            "what": label(NeedKind(row["need_kind"])),
            "episode": row["episode"],
            **_at(person, row["station"]),
            "staff": row["staff"],
            "distance": row["distance"],
            "days": row["wait_days"],
            "minutes": float(minutes),
            "share": row["known_share"],
            "note": " ".join([label(Mode(row["mode"])), met, *flags]),
        }


def _visits(person: Observation) -> Iterator[Event]:
    for row, minutes in zip(_rows(person, "visits"), row_minutes(person.table("visits")), strict=True):
        where = _at(person, row["station"])
        yield {
            "time": row["time_days"],
            "event": "roster_visit",
            **where,
            "staff": row["staff"],
            "minutes": float(minutes),
        }


def _handovers(person: Observation) -> Iterator[Event]:
    episodes = person.tables["episodes"]
    kinds = dict(zip(episodes["episode"].tolist(), episodes["need_kind"].tolist(), strict=True))
    for row in _rows(person, "handovers"):
        notes = [name for name in ("lost", "disputed") if row[name]]
        yield {
            "time": row["time_days"],
            "event": "handover",
            "what": label(NeedKind(kinds[row["episode"]])) if row["episode"] in kinds else "",
            "episode": row["episode"],
            **_at(person, row["from_station"]),
            **_at(person, row["to_station"], "to_"),
            "distance": row["distance"],
            "days": row["lead_days"],
            "dispute_days": row["dispute_days"],
            "share": row["information_share"],
            "note": " ".join(notes),
        }


def _needs(person: Observation) -> Iterator[Event]:
    for row in _rows(person, "episodes"):
        yield {
            "time": row["time_days"],
            "event": NEED_EVENTS[EpisodeEvent(row["event"])],
            "what": label(NeedKind(row["need_kind"])),
            "episode": row["episode"],
            "share": row["severity"],
        }


def _acute(person: Observation) -> Iterator[Event]:
    for row in _rows(person, "acute_turns"):
        notes = (AcuteSource(row["source"]), AcuteAnswer(row["answer"]), Responder(row["responder"]))
        yield {
            "time": row["time_days"], "event": "acute_turn", "share": row["severity"],
            "note": " ".join(label(one) for one in notes),
        }  # fmt: skip
    for row in _rows(person, "ed_arrivals"):
        yield {"time": row["time_days"], "event": "ed_arrival", "note": "ambulance" if row["ambulance"] else ""}
    for row in _rows(person, "ed_departures"):
        note = "admitted" if row["admitted"] else ""
        yield {"time": row["time_days"], "event": "ed_departure", "minutes": row["wait_minutes"], "note": note}


def _places(person: Observation) -> Iterator[Event]:
    for row in _rows(person, "stays"):
        yield {"time": row["time_days"], "event": f"hospital_{label(StayEvent(row['event']))}"}
    for row in _rows(person, "short_term_stays"):
        yield {"time": row["time_days"], "event": f"short_term_{label(PlaceEvent(row['event']))}"}
    for row in _rows(person, "stays_elsewhere"):
        what = label(Responder(row["responder"]))
        yield {"time": row["time_days"], "event": f"elsewhere_{label(PlaceEvent(row['event']))}", "what": what}
    for row in _rows(person, "deaths"):
        yield {"time": row["time_days"], "event": "death"}


def _help(person: Observation) -> Iterator[Event]:
    for row in _rows(person, "enrolments"):
        means = person.means[row["means"]] if row["means"] >= 0 else ""
        yield {"time": row["time_days"], "event": label(EnrolmentEvent(row["event"])), "what": means}
    for row in _rows(person, "pushes"):
        yield {
            "time": row["time_days"], "event": "handover_pushed", "episode": row["episode"],
            "distance": row["distance"], "days": row["lead_days_saved"],
        }  # fmt: skip


def _beside(person: Observation) -> Iterator[Event]:
    for row in _rows(person, "work"):
        note = f"{label(WorkKind(row['kind']))} {label(WorkCause(row['cause']))}"
        where = _at(person, row["station"])
        yield {"time": row["time_days"], "event": "staff_work", **where, "minutes": row["minutes"], "note": note}
    for row in _rows(person, "relatives"):
        yield {"time": row["time_days"], "event": "relatives_time", "minutes": row["hours"] * 60}


_READERS: tuple[Callable[[Observation], Iterator[Event]], ...] = (
    _needs, _acute, _contacts, _handovers, _help, _places, _visits, _beside,
)  # fmt: skip
