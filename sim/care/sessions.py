"""Hold the day's sessions: every open station takes from its queue what its staff have time for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.care.booking_parameters import BookingParameters
from sim.care.calling_order import calling_order
from sim.care.capacity import Capacity
from sim.care.contact import Batch, ContactRoom, Minutes
from sim.care.enrolment import EnrolmentParameters
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.onward import Onward
from sim.care.queue import Queue
from sim.care.relationship import Acquaintance
from sim.care.services import Services
from sim.care.world import World
from sim.core.arrays import F, I, positions
from sim.core.parameter import read_group
from sim.core.vocabulary import EpisodeEvent


@dataclass(slots=True)
class Served:
    """Contacts of one day: positions in the list of candidates, staff and moment."""

    candidate: I
    staff: I
    time_days: F
    booked_minutes: F


class Sessions:
    """Queues of all stations, worked through once a day."""

    def __init__(
        self, world: World, intake: Intake, room: ContactRoom, onward: Onward, services: Services,
        enrolment: EnrolmentParameters,
    ) -> None:  # fmt: skip
        self._w, self._intake, self._room, self._onward = world, intake, room, onward
        self._services, self._enrolment = services, enrolment
        self._booking = read_group(BookingParameters, "booking", world.register)
        self.queue = Queue.of(world.episodes, np.zeros(0, np.int64))
        stations = world.stations
        self._capacity = Capacity(world)
        self._open_minute = np.array([c.open_minute for c in stations.calendars])
        self._opens_days = self._open_minute / 1440

    def hold(self, day: int) -> None:
        """Work through all queues of the day, carry out the contacts and send their episodes onward."""
        e = self._w.episodes
        # First let go of those served yesterday: booked again for today, they would stand here twice.
        waiting = (e.state[self.queue.episode] == State.QUEUED) & self._w.alive[self.queue.person]
        arrived = Queue.of(e, self._intake.due_today(day))
        self.queue = self.queue.take(positions(waiting)).joined(arrived)
        self._lapse(day)
        sessions = self._capacity.open(day)
        candidate = self._candidates(day, sessions)
        if not len(candidate):
            return
        room = self._room
        waiting = room.batch(candidate, e.station[candidate])
        known = room.known_share(waiting)
        expected = room.expected_minutes(waiting, known)
        acquaintance = self._w.familiarity.of(waiting.person, float(day))
        served = self._serve(day, waiting, acquaintance, expected, sessions)
        at = served.candidate
        if not len(at):
            return
        batch, known, minutes, acquaintance = waiting.take(at), known[at], expected.take(at), acquaintance.take(at)
        episode = batch.episode
        e.state[episode] = State.ON_ITS_WAY
        actual = minutes.total(room.reading_factor(acquaintance.of_pair(served.staff)))
        self._w.work.waiting_minutes += np.bincount(
            batch.station, actual - served.booked_minutes, minlength=len(self._w.stations)
        )
        self._capacity.learn(batch.station, actual)
        acute = e.urgency[episode] >= self._booking.same_day_urgency
        met = room.meet(batch, acquaintance, served.staff, served.time_days, known, minutes, acute)
        self._w.use(batch.person, self._enrolment.contact_weight, float(day), self._enrolment.fading_days)
        if met.any():
            profession = self._w.stations.facts.profession[batch.station[met]]
            self._services.decide(batch.person[met], e.kind[episode[met]], profession)
        self._onward.after(episode, batch.station, served.time_days, known, met)

    def _lapse(self, day: int) -> None:
        """Give up requests that waited too long; rationing that is counted."""
        queue = self.queue
        lapsed = (day - queue.requested_days > self._booking.wait_cap_days) & ~queue.planning
        if lapsed.any():
            old = queue.episode[lapsed]
            self._intake.close(old, np.full(len(old), float(day)), EpisodeEvent.LAPSED)
            self.queue = queue.take(positions(~lapsed))

    def _candidates(self, day: int, sessions: dict[int, tuple[float, float]]) -> I:
        """List who may be served today, by station, then moment, then urgency; not more than could be."""
        w, q = self._w, self.queue
        is_open = np.zeros(len(w.stations), bool)
        is_open[list(sessions)] = True
        at_home = ~w.in_hospital[q.person] | q.planning
        here = positions(is_open[q.station] & at_home)
        station, urgency = q.station[here], q.urgency[here]
        opens_days = day + self._opens_days[station]
        order = calling_order(station, urgency, q.due_days[here], opens_days, q.key[here], day)
        station, urgency = station[order], urgency[order]
        waiting = np.bincount(station, minlength=len(w.stations))
        rank = np.arange(len(order)) - (np.cumsum(waiting) - waiting)[station]
        room = self._capacity.room(sessions, waiting)
        called = (rank < room[station]) | (urgency >= self._booking.same_day_urgency)
        return q.episode[here[order[called]]]

    def _serve(
        self, day: int, batch: Batch, acquaintance: Acquaintance, minutes: Minutes,
        sessions: dict[int, tuple[float, float]],
    ) -> Served:  # fmt: skip
        """Let each station's staff take their candidates; urgent ones break in, others wait their turn."""
        candidate, person, station = batch.episode, batch.person, batch.station
        w, e, r = self._w, self._w.episodes, self._w.relationship_parameters
        first_staff = w.stations.first_staff
        first, last = first_staff[station], first_staff[station + 1]
        known_staff, _ = acquaintance.best_among(first, last)
        named = w.named_doctor[person]
        has_named = (named >= first) & (named < last)
        preferred = np.where(has_named, named, known_staff)
        # A named contact person is preferred wherever that one works.
        contact = w.contact_person[person]
        preferred = np.where((contact >= first) & (contact < last), contact, preferred)
        strength = acquaintance.of_pair(preferred)
        urgency = e.urgency[candidate]
        due_days = e.due_days[candidate]
        waited = day - due_days
        may_wait = has_named & (urgency < r.wait_for_own_urgency) & (waited < r.wait_for_own_days)
        patience = np.where(may_wait, np.inf, r.patience_minutes)
        start_of = np.zeros(len(w.stations))
        for s, (start, _) in sessions.items():
            start_of[s] = start
        arrival = start_of[station] + np.maximum((due_days - day) * 1440 - self._open_minute[station], 0.0)
        stranger = minutes.total(1.0)
        friend = minutes.total(self._room.reading_factor(strength))
        wanted = np.where(preferred >= 0, preferred - first, -1)
        urgent = urgency >= self._booking.same_day_urgency
        at, starts, servers = self._take_turns(
            positions(~urgent), station, (arrival, stranger, wanted, friend, patience), sessions
        )
        # Last, since staff do not wait idle for what breaks in later in the day: it comes on top of what is booked.
        broken_in = self._break_in(positions(urgent), station, arrival, stranger, sessions)
        booked = np.where(servers == wanted[at], friend[at], stranger[at])
        at, starts, servers, booked = (
            np.concatenate(pair) for pair in zip(broken_in, (at, starts, servers, booked), strict=True)
        )
        where = station[at]
        time = day + (self._open_minute[where] + starts - start_of[where]) / 1440
        return Served(at, first_staff[where] + servers, time, booked)

    def _break_in(
        self, which: I, station: I, arrival: F, minutes: F, sessions: dict[int, tuple[float, float]]
    ) -> tuple[I, F, I, F]:
        """Let urgent candidates start at once with whoever is free first."""
        queues = self._w.stations.queues
        at: list[int] = []
        servers: list[int] = []
        rows = zip(
            which.tolist(),
            station[which].tolist(),
            arrival[which].tolist(),
            minutes[which].tolist(),
            strict=True,
        )
        for i, s, moment, work in rows:
            if moment < sessions[s][1]:
                at.append(i)
                servers.append(queues[s].break_in(moment, work))
        taken = np.array(at, np.int64)
        return taken, arrival[taken], np.array(servers, np.int64), minutes[taken]

    def _take_turns(
        self, which: I, station: I, columns: tuple[F, F, I, F, F], sessions: dict[int, tuple[float, float]]
    ) -> tuple[I, F, I]:
        """Let each station's staff take the others in their order; plain lists, since this is the innermost loop."""
        edges = np.searchsorted(station[which], np.arange(len(self._w.stations) + 1)).tolist()
        arrival, stranger, wanted, friend, patience = (column[which].tolist() for column in columns)
        at: list[int] = []
        starts: list[float] = []
        servers: list[int] = []
        for s, (_, end) in sessions.items():
            low, high = edges[s], edges[s + 1]
            if low == high:
                continue
            taken, begin, who = self._w.stations.queues[s].serve_matched(
                arrival[low:high],
                stranger[low:high],
                wanted[low:high],
                friend[low:high],
                patience[low:high],
                end,
            )
            at += taken if low == 0 else [low + k for k in taken]
            starts += begin
            servers += who
        return which[np.array(at, np.int64)], np.array(starts), np.array(servers, np.int64)
