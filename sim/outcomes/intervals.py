"""Turn moments into intervals, cut them to window and life, and measure what they cover per person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation
from sim.core.vocabulary import CLOSING_EVENTS, EpisodeEvent, PlaceEvent, StayEvent
from sim.outcomes.exposure import death_days
from sim.outcomes.outcome import Values


@dataclass(frozen=True, slots=True)
class Intervals:
    """Intervals of people, one element each; `end` is infinity while open."""

    person: npt.NDArray[Any]
    start: Values
    end: Values

    def cut(self, observation: Observation, death: Values | None = None) -> Intervals:
        """Cut to the window and to death; what lies outside gets length 0."""
        death = death_days(observation) if death is None else death
        last = np.minimum(observation.end_days, death[self.person])
        end = np.minimum(self.end, last)
        start = np.minimum(np.maximum(self.start, observation.start_days), np.maximum(end, observation.start_days))
        return Intervals(self.person, start, np.maximum(end, start))

    def days(self) -> Values:
        """Return the length of each interval."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Stays:
    """Hospital stays of the whole run, one element each; moments not reached are infinite."""

    person: npt.NDArray[Any]
    admitted: Values
    ready: Values
    ended: Values
    died: npt.NDArray[np.bool_]
    avoidable: npt.NDArray[np.bool_]

    def in_bed(self) -> Intervals:
        """Return the intervals in a bed."""
        return Intervals(self.person, self.admitted, self.ended)

    def delayed(self) -> Intervals:
        """Return the intervals in a bed after being ready to leave."""
        return Intervals(self.person, np.minimum(self.ready, self.ended), self.ended)


def hospital_stays(observation: Observation) -> Stays:
    """Collect the stays in a bed from their moments; a stay without a logged admission began before the log.

    Somebody who was to be admitted and never got a bed has none: see `waits_for_bed`.
    """
    logged = observation.tables["stays"]
    in_bed = logged["event"] != StayEvent.DECIDED
    rows = {name: values[in_bed] for name, values in logged.items()}
    ids, stay = np.unique(rows["stay"], return_inverse=True)
    person = np.zeros(len(ids), dtype=np.int64)
    person[stay] = rows["person"]
    moments = {}
    for event in StayEvent:
        here = rows["event"] == event
        moments[event] = np.full(len(ids), -np.inf if event is StayEvent.ADMITTED else np.inf)
        moments[event][stay[here]] = rows["time_days"][here]
    admission = rows["event"] == StayEvent.ADMITTED
    avoidable = np.zeros(len(ids), dtype=np.bool_)
    avoidable[stay[admission]] = rows["avoidable"][admission]
    return Stays(
        person=person,
        admitted=moments[StayEvent.ADMITTED],
        ready=moments[StayEvent.READY],
        ended=np.minimum(moments[StayEvent.DISCHARGED], moments[StayEvent.DIED]),
        died=np.isfinite(moments[StayEvent.DIED]),
        avoidable=avoidable,
    )


def waits_for_bed(observation: Observation) -> Intervals:
    """Return the waits from each decision to admit until a bed is free, or until death; open while neither has come.

    Most have length 0: a bed was free. Admissions decided on before the log began are left out.
    """
    rows = observation.tables["stays"]
    size = int(rows["stay"].max()) + 1 if len(rows["stay"]) else 0
    admitted = np.full(size, np.inf)
    beds = rows["event"] == StayEvent.ADMITTED
    admitted[rows["stay"][beds]] = rows["time_days"][beds]
    decided = rows["event"] == StayEvent.DECIDED
    person = rows["person"][decided]
    end = np.minimum(admitted[rows["stay"][decided]], death_days(observation)[person])
    return Intervals(person, rows["time_days"][decided], end)


def short_term_stays(observation: Observation) -> Intervals:
    """Return the stays in short-term places: a person's moves in and out alternate."""
    rows = observation.tables["short_term_stays"]
    order = np.lexsort((rows["time_days"], rows["person"]))
    person, time, event = (rows[name][order] for name in ("person", "time_days", "event"))
    moved_in = np.flatnonzero(event == PlaceEvent.MOVED_IN)
    after = moved_in + 1
    has_end = after < len(person)
    has_end[has_end] = person[after[has_end]] == person[moved_in[has_end]]
    end = np.full(len(moved_in), np.inf)
    end[has_end] = time[after[has_end]]
    return Intervals(person[moved_in], time[moved_in], end)


def unmet_episodes(observation: Observation) -> Intervals:
    """Return the intervals from the onset of a need to its first closing event."""
    rows = observation.tables["episodes"]
    event, episode, time = rows["event"], rows["episode"], rows["time_days"]
    size = int(episode.max()) + 1 if len(episode) else 0
    closed = np.full(size, np.inf)
    # Rows are in order of time: written backwards, the earliest closing event of an episode stays.
    closing = np.flatnonzero(np.isin(event, [int(closing) for closing in CLOSING_EVENTS]))[::-1]
    closed[episode[closing]] = time[closing]
    born = event == EpisodeEvent.BORN
    return Intervals(rows["person"][born], time[born], closed[episode[born]])


def covered_days(observation: Observation, wanted: Intervals, unless: Intervals) -> Values:
    """Return days per person inside the window, in at least one `wanted` and in no `unless` interval."""
    death = death_days(observation)
    inside, outside = wanted.cut(observation, death), unless.cut(observation, death)
    inside_count, outside_count = len(inside.person), len(outside.person)
    person = np.concatenate([inside.person, inside.person, outside.person, outside.person]).astype(np.int64)
    time = np.concatenate([inside.start, inside.end, outside.start, outside.end])
    depth = np.repeat(np.array([1, -1, 0, 0]), [inside_count, inside_count, outside_count, outside_count])
    block = np.repeat(np.array([0, 0, 1, -1]), [inside_count, inside_count, outside_count, outside_count])
    # One sort key for (person, time): people lie one window and a day apart.
    span = observation.end_days - observation.start_days + 1.0
    order = np.argsort(person * span + (time - observation.start_days))
    counted = (np.cumsum(depth[order]) > 0) & (np.cumsum(block[order]) == 0)
    lengths = np.diff(time[order], append=0.0)
    # Every interval of a person closes before the next person begins, so no length spans two people.
    return observation.per_person(person[order][counted], lengths[counted])
