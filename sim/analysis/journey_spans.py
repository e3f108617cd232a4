"""Find what lasted in one person's year: needs and where they stood still, stays, services, enrolments.

A need that is not met yet is always in one of these phases: `unseen` (nobody has been asked yet), `waiting` (for the
next contact), `dispute` (who is responsible?), `on_its_way` (a hand-over's administrative delay), `lost` (nobody acts
on a hand-over).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.core.vocabulary import (
    CLOSING_EVENTS,
    EnrolmentEvent,
    EpisodeEvent,
    NeedKind,
    PlaceEvent,
    Responder,
    label,
)
from sim.outcomes.exposure import death_days
from sim.outcomes.intervals import Intervals, hospital_stays, short_term_stays

UNSEEN, WAITING, DISPUTE, ON_ITS_WAY, LOST = "unseen", "waiting", "dispute", "on_its_way", "lost"
PHASES = (UNSEEN, WAITING, DISPUTE, ON_ITS_WAY, LOST)
NEED, HOSPITAL, DELAYED, SHORT_TERM, ELSEWHERE, ENROLLED = (
    "need", "hospital", "delayed", "short_term", "elsewhere", "enrolled",
)  # fmt: skip
COLUMNS = ("kind", "what", "episode", "start_day", "end_day", "days", "began_before", "goes_on")
_NO_EPISODE = -1


class Span(NamedTuple):
    """Something that lasted; times are days of the run, the end infinite while it goes on."""

    kind: str
    what: str
    """Kind of need, means, or who cares for the person instead of a ward; else empty."""
    episode: int
    start: float
    end: float


def spans_table(person: Observation) -> pd.DataFrame:
    """Return what lasted in the window of an observation of one person, cut to window and life.

    `start_day` and `end_day` count from the start of the window (0 = its first midnight).
    """
    last = min(person.end_days, float(death_days(person)[0]))
    rows = []
    for span in [*_needs(person), *_stays(person), *_enrolments(person)]:
        start, end = max(span.start, person.start_days), min(span.end, last)
        if end > start:
            rows.append(
                (
                    span.kind,
                    span.what,
                    span.episode,
                    start - person.start_days,
                    end - person.start_days,
                    end - start,
                    span.start < person.start_days,
                    span.end > last,
                )
            )
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.sort_values(["start_day", "episode", "end_day"], kind="stable", ignore_index=True)


def _needs(person: Observation) -> Iterator[Span]:
    """Yield each need from onset to end, and the phases it went through."""
    log = person.tables
    for episode in np.unique(log["episodes"]["episode"]).tolist():
        own = _rows(log["episodes"], log["episodes"]["episode"] == episode)
        born = np.flatnonzero(own["event"] == EpisodeEvent.BORN)
        if not len(born):
            continue
        closing = np.isin(own["event"], [int(event) for event in CLOSING_EVENTS])
        start = float(own["time_days"][born[0]])
        end = float(own["time_days"][closing].min()) if closing.any() else np.inf
        what = label(NeedKind(int(own["need_kind"][born[0]])))
        yield Span(NEED, what, episode, start, end)
        for kind, begins, ends in phases(log, episode, start, end):
            yield Span(kind, what, episode, begins, ends)


def phases(log: dict[str, Columns], episode: int, start: float, end: float) -> list[tuple[str, float, float]]:
    """Return the phases of an episode in order: (phase, start, end), without gaps and overlaps from start to end.

    `log` holds the rows of one person. What happens ends what was under way: a hand-over that is pushed arrives
    earlier than it set out to.
    """
    happened = sorted([*_contacts(log, episode, start), *_handovers(log, episode), *_found(log, episode)])
    begins: list[tuple[float, str]] = [(start, WAITING)]
    for moment, _, plan in happened:
        begins = [one for one in begins if one[0] < moment]
        begins += [(moment + later, phase) for later, phase in plan]
    found = []
    for (begin, phase), (until, _) in zip(begins, [*begins[1:], (end, "")], strict=True):
        begin, until = max(begin, start), min(until, end)
        if until > begin:
            found.append((phase, begin, until))
    return found


Plan = tuple[tuple[float, str], ...]
"""Phases that begin so many days after a moment, unless something else happens before."""
Happening = tuple[float, int, Plan]
"""Moment, rank among what happens at the same moment (the last one counts), and what follows."""


def _contacts(log: dict[str, Columns], episode: int, start: float) -> Iterator[Happening]:
    """Yield that each contact is followed by waiting; nobody had been asked before the first was asked for."""
    own = _rows(log["contacts"], log["contacts"]["episode"] == episode)
    for time in own["time_days"].tolist():
        yield time, 1, ((0.0, WAITING),)
    handed = log["handovers"]["time_days"][log["handovers"]["episode"] == episode]
    if len(own["time_days"]):
        asked = float(own["time_days"][0] - own["wait_days"][0])
        if asked > start and not (handed < own["time_days"][0]).any():
            yield start, 0, ((0.0, UNSEEN), (asked - start, WAITING))


def _handovers(log: dict[str, Columns], episode: int) -> Iterator[Happening]:
    own = _rows(log["handovers"], log["handovers"]["episode"] == episode)
    pushes = _rows(log["pushes"], log["pushes"]["episode"] == episode)
    times = own["time_days"].tolist()
    for i, time in enumerate(times):
        until = times[i + 1] if i + 1 < len(times) else np.inf
        pushed = (pushes["time_days"] >= time) & (pushes["time_days"] < until)
        argued, delay = float(own["dispute_days"][i]), float(own["lead_days"][i])
        arrives = max(delay - float(pushes["lead_days_saved"][pushed].sum()), argued)
        if own["lost"][i]:
            yield time, 2, ((0.0, LOST),)
        elif own["disputed"][i]:
            yield time, 2, ((0.0, DISPUTE), (argued, ON_ITS_WAY), (arrives, WAITING))
        else:
            yield time, 2, ((0.0, ON_ITS_WAY), (arrives, WAITING))


def _found(log: dict[str, Columns], episode: int) -> Iterator[Happening]:
    rows = log["episodes"]
    found = (rows["episode"] == episode) & (rows["event"] == EpisodeEvent.FOUND)
    for time in rows["time_days"][found].tolist():
        yield time, 3, ((0.0, WAITING),)


def _stays(person: Observation) -> Iterator[Span]:
    stays = hospital_stays(person)
    yield from _spans(HOSPITAL, stays.in_bed())
    yield from _spans(DELAYED, stays.delayed())
    yield from _spans(SHORT_TERM, short_term_stays(person))
    rows = person.tables["stays_elsewhere"]
    for i in np.flatnonzero(rows["event"] == PlaceEvent.MOVED_IN).tolist():
        out = np.flatnonzero(rows["event"][i + 1 :] == PlaceEvent.MOVED_OUT)
        end = float(rows["time_days"][i + 1 + out[0]]) if len(out) else np.inf
        yield Span(ELSEWHERE, label(Responder(int(rows["responder"][i]))), _NO_EPISODE, rows["time_days"][i], end)


def _spans(kind: str, intervals: Intervals) -> Iterator[Span]:
    for start, end in zip(intervals.start.tolist(), intervals.end.tolist(), strict=True):
        yield Span(kind, "", _NO_EPISODE, start, end)


def _enrolments(person: Observation) -> Iterator[Span]:
    rows = person.tables["enrolments"]
    for position, means in enumerate(person.means):
        own = _rows(rows, rows["means"] == position)
        left = own["time_days"][own["event"] == EnrolmentEvent.LEFT]
        for start in own["time_days"][own["event"] == EnrolmentEvent.ENROLLED].tolist():
            after = left[left >= start]
            yield Span(ENROLLED, means, _NO_EPISODE, start, float(after[0]) if len(after) else np.inf)


def _rows(table: Columns, which: np.ndarray) -> Columns:
    return {name: values[which] for name, values in table.items()}
