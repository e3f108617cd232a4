"""The reference workload in Mellanrum's own parts.

One SimPy clock with one tick a day, people and staff as Mesa agents that are views on columns, `Luck` for
all draws, `Station` and its calendar for booking, `Table` for the log. What feeds nothing back within a day
goes in batches: stops are served in the order in which people pass them, so a day's batch is exact.
"""

from __future__ import annotations

from collections.abc import Generator
from enum import IntEnum
from typing import Any

import mesa
import numpy as np
import numpy.typing as npt
import simpy

from benchmarks import workload as w
from benchmarks.workload import MINUTES_PER_DAY, Result, Stop, Workload
from sim.care.booking import ROUND_THE_CLOCK, Station
from sim.core.log import Table
from sim.core.luck import Luck, combine
from sim.core.tables import TABLES

F64 = npt.NDArray[np.float64]
Index = npt.NDArray[np.int64]

_CONTACTS = {name: TABLES["contacts"][name] for name in ("time_days", "person", "staff", "station", "wait_days")}
_VISITS = {name: TABLES["visits"][name] for name in ("time_days", "person", "staff", "direct_minutes")}


class Draw(IntEnum):
    """What luck is drawn for."""

    GAP = 0
    WHO = 1
    WORK = 2
    HANDED_ON = 3
    LEAD = 4
    DEADLINE = 5
    ADMITTED = 6
    WHO_VISITS = 7
    VISIT_MINUTES = 8


class Patient(mesa.Agent):
    """A view on one person's columns."""

    def __init__(self, model: CareNetwork, person: int) -> None:
        super().__init__(model)
        self.person = person

    @property
    def contacts(self) -> float:
        """Contacts of any kind so far."""
        return float(self.model.result.person_contacts[self.person])


class StaffMember(mesa.Agent):
    """A view on one member of a home-care team."""

    def __init__(self, model: CareNetwork, number: int) -> None:
        super().__init__(model)
        self.number = number

    @property
    def minutes(self) -> float:
        """Minutes with clients so far."""
        return float(self.model.result.staff_minutes[self.number])


class Needs:
    """All needs of the horizon in order of time, with the luck each brings along, one element per need."""

    def __init__(self, luck: Luck, load: Workload) -> None:
        split = load.complex_persons
        streams = [
            (w.NEEDS_PER_DAY_COMPLEX * split, 0, split),
            (w.NEEDS_PER_DAY_ORDINARY * (load.persons - split), split, load.persons),
        ]
        times, persons, keys = [], [], []
        for stream, (per_day, first, last) in enumerate(streams):
            expected = per_day * load.days
            numbers = np.arange(int(expected + 8 * np.sqrt(expected) + 8))
            key = combine(stream, numbers)
            when = np.cumsum(luck.exponential(Draw.GAP, key)) / max(per_day, 1e-300)
            inside = int(np.searchsorted(when, load.days))
            times.append(when[:inside])
            keys.append(key[:inside])
            persons.append(first + (luck.uniform(Draw.WHO, key[:inside]) * (last - first)).astype(np.int64))
        whole = np.concatenate(times)
        order = np.argsort(whole, kind="stable")
        self.time_days: F64 = whole[order]
        self.person: Index = np.concatenate(persons)[order]
        self._draw(luck, np.concatenate(keys)[order], self.person < split)

    def _draw(self, luck: Luck, key: npt.NDArray[np.uint64], is_complex: npt.NDArray[np.bool_]) -> None:
        self.handed_on = luck.uniform(Draw.HANDED_ON, key) < w.HANDED_ON_SHARE
        self.lead_days = luck.exponential(Draw.LEAD, key)
        self.lead_days *= np.where(is_complex, w.LEAD_DAYS_COMPLEX, w.LEAD_DAYS_ORDINARY)
        self.deadline_days = luck.exponential(Draw.DEADLINE, key) * w.DEADLINE_DAYS
        self.admitted = luck.uniform(Draw.ADMITTED, key) < w.ADMITTED_SHARE
        self.delay_days = np.zeros(len(key))
        self.work_minutes = {}
        for stop in Stop:
            work = luck.normal(Draw.WORK, key, int(stop))
            work *= w.SERVICE_LOG_SD[stop]
            work += w.SERVICE_LOG_MEAN[stop]
            self.work_minutes[stop] = np.exp(work, out=work)


class Line:
    """A stop: its station, and who is on the way to it or waiting there, in order of arrival."""

    def __init__(self, servers: int, work_minutes: F64, log: Table, stop: Stop, person: Index) -> None:
        self.station = Station(servers)
        self.times_days: F64 = np.empty(0)
        self.needs: Index = np.empty(0, np.int64)
        self._work, self._log, self._stop, self._person = work_minutes, log, stop, person

    def send(self, times_days: F64, needs: Index) -> None:
        """Let needs arrive at these times."""
        if len(needs):
            times = np.concatenate((self.times_days, times_days))
            order = times.argsort(kind="stable")
            self.times_days, self.needs = times[order], np.concatenate((self.needs, needs))[order]

    def serve(self, day: int) -> tuple[Index, F64, F64] | None:
        """Serve whom this day sees start; returns needs, waits and ends in days."""
        known = int(self.times_days.searchsorted(day + 1))
        session = ROUND_THE_CLOCK.session(day)
        if not known or session is None:
            return None
        arrivals, work = self.times_days[:known], self._work[self.needs[:known]]
        starts, servers = self.station.serve(
            ROUND_THE_CLOCK.to_working(day, arrivals).tolist(), work.tolist(), session[1]
        )
        if not starts:
            return None
        n = len(starts)
        needs, started = self.needs[:n], ROUND_THE_CLOCK.to_calendar(day, np.array(starts))
        waits = started - arrivals[:n]
        self._log.block(started, self._person[needs], np.array(servers), int(self._stop), waits)
        self.times_days, self.needs = self.times_days[n:], self.needs[n:]
        return needs, waits, started + work[:n] / MINUTES_PER_DAY


class HomeCare:
    """Three rounds of visits a day, logged as one batch; the roster is drawn for a fortnight at a time."""

    def __init__(self, luck: Luck, load: Workload, log: Table) -> None:
        self._luck, self._log, self._visits_per_day = luck, log, len(w.VISIT_HOURS) * load.clients
        visits = np.arange(w.BLOCK_DAYS * self._visits_per_day)
        self._round, client = np.divmod(visits, max(load.clients, 1))
        self._client = client.astype(np.int32)
        self._hours = np.repeat(np.array(w.VISIT_HOURS) / 24, load.clients)
        self._first = self._client // w.TEAM_CLIENTS * w.TEAM_STAFF
        self._preferred = self._first + self._client % w.TEAM_STAFF
        self._today = self._client[: self._visits_per_day]

    def draw_roster(self, day: int) -> None:
        """Draw who comes for how long in the fortnight that begins on this day."""
        k = self._round + day * len(w.VISIT_HOURS)
        known, other = self._luck.uniform_pair(Draw.WHO_VISITS, self._client, k)
        anyone = self._first + (other * w.TEAM_STAFF).astype(np.int32)
        self._staff = np.where(known < w.PREFERRED_SHARE, self._preferred, anyone)
        minutes = self._luck.normal(Draw.VISIT_MINUTES, self._client, k)
        minutes *= w.VISIT_LOG_SD
        minutes += w.VISIT_LOG_MEAN
        self._minutes = np.exp(minutes, out=minutes).astype(np.float32)

    def visit(self, day: int) -> None:
        """Carry out the visits of a day."""
        in_block = day % w.BLOCK_DAYS
        if in_block == 0:
            self.draw_roster(day)
        today = slice(in_block * self._visits_per_day, (in_block + 1) * self._visits_per_day)
        self._log.block(self._hours + day, self._today, self._staff[today], self._minutes[today])


class CareNetwork(mesa.Model):
    """People, staff, stations and the clock."""

    def __init__(self, load: Workload, seed: int) -> None:
        super().__init__(seed=seed)
        self.load = load
        luck = Luck(seed, Draw)
        self.contacts, self.visits = Table("contacts", _CONTACTS), Table("visits", _VISITS)
        self.needs = Needs(luck, load)
        self.lines = {
            stop: Line(servers, self.needs.work_minutes[stop], self.contacts, stop, self.needs.person)
            for stop, servers in load.servers().items()
        }
        self.lines[Stop.PRIMARY_CARE].send(self.needs.time_days, np.arange(len(self.needs.time_days)))
        self.home_care = HomeCare(luck, load, self.visits)
        self.bed_days: list[tuple[Index, F64]] = []
        self.people = [Patient(self, person) for person in range(load.persons)]
        self.staff = [StaffMember(self, number) for number in range(load.teams * w.TEAM_STAFF)]
        self.result: Result
        self.clock = simpy.Environment()
        self.clock.process(self._days())

    def run(self) -> Result:
        """Run to the horizon and add up."""
        self.clock.run(until=self.load.days)
        self.result = add_up(self.load, self.contacts, self.visits, self.bed_days)
        return self.result

    def _days(self) -> Generator[Any, Any, None]:
        while True:
            self._day(int(self.clock.now))
            yield self.clock.timeout(1)

    def _day(self, day: int) -> None:
        if self.load.clients:
            self.home_care.visit(day)
        needs, lines = self.needs, self.lines
        if served := lines[Stop.PRIMARY_CARE].serve(day):
            who, waits, ends = served
            on = needs.handed_on[who]
            handed, leads = who[on], needs.lead_days[who[on]]
            needs.delay_days[handed] = waits[on] + leads
            lines[Stop.SPECIALIST].send(ends[on] + leads, handed)
            self._turn_acute(who[~on], waits[~on], ends[~on])
        if served := lines[Stop.SPECIALIST].serve(day):
            who, waits, ends = served
            self._turn_acute(who, needs.delay_days[who] + waits, ends)
        if served := lines[Stop.EMERGENCY].serve(day):
            who, _, ends = served
            admitted = needs.admitted[who]
            lines[Stop.BED].send(ends[admitted], who[admitted])
        if served := lines[Stop.BED].serve(day):
            who, waits, ends = served
            starts = ends - needs.work_minutes[Stop.BED][who] / MINUTES_PER_DAY
            self.bed_days.append((needs.person[who], np.minimum(ends, self.load.days) - starts))

    def _turn_acute(self, who: Index, delays: F64, ends: F64) -> None:
        late = delays > self.needs.deadline_days[who]
        self.lines[Stop.EMERGENCY].send(ends[late], who[late])

    def release(self) -> None:
        """Let the memory go: Mesa keeps a number for every model, and with it the model."""
        mesa.Agent._ids.pop(self, None)


def add_up(load: Workload, contacts: Table, visits: Table, bed_days: list[tuple[Index, F64]]) -> Result:
    """Count what the log holds."""
    queued, visited = contacts.columns(), visits.columns()
    persons = load.persons
    stop, waits = queued["station"], queued["wait_days"] * MINUTES_PER_DAY
    count = np.bincount(queued["person"], minlength=persons) + np.bincount(visited["person"], minlength=persons)
    emergencies = queued["person"][stop == Stop.EMERGENCY]
    in_bed = [np.concatenate(part) for part in zip(*bed_days, strict=True)] or [np.empty(0, np.int64), None]
    staff = load.teams * w.TEAM_STAFF
    return Result(
        stop_contacts=np.bincount(stop, minlength=len(Stop)),
        stop_wait_minutes=np.bincount(stop, waits, minlength=len(Stop)),
        visits=len(visited["person"]),
        distinct_staff=_distinct_staff(load, visited["person"], visited["staff"]),
        person_contacts=count.astype(np.float64),
        person_wait_minutes=np.bincount(queued["person"], waits, minlength=persons),
        person_emergencies=np.bincount(emergencies, minlength=persons).astype(np.float64),
        person_bed_days=np.bincount(in_bed[0], in_bed[1], minlength=persons).astype(np.float64),
        staff_minutes=np.bincount(visited["staff"], visited["direct_minutes"], minlength=staff),
    )


def _distinct_staff(load: Workload, person: npt.NDArray[Any], staff: npt.NDArray[Any]) -> float:
    """Count from the visits, which lie in the order of their rounds: every round has each client once."""
    rounds_per_block = w.BLOCK_DAYS * len(w.VISIT_HOURS)
    n = load.days // w.BLOCK_DAYS * rounds_per_block * load.clients
    member = staff[:n] - person[:n] // w.TEAM_CLIENTS * w.TEAM_STAFF
    masks = (1 << member).reshape(-1, rounds_per_block, max(load.clients, 1))
    return w.distinct_staff_per_block(np.bitwise_or.reduce(masks, axis=1))


def simulate(load: Workload, seed: int) -> Result:
    """Build the model and run it."""
    model = CareNetwork(load, seed)
    try:
        return model.run()
    finally:
        model.release()
