"""The reference workload as one would first write it: Mesa agents, SimPy processes per person and visit.

Every episode is a process as well; queues are `simpy.Resource`s; a model step runs a day.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import mesa
import numpy as np
import simpy

from benchmarks import workload as w
from benchmarks.workload import MINUTES_PER_DAY, Result, Stop, Workload

Process = Generator[Any, Any, None]


class StaffMember(mesa.Agent):
    """A member of a home-care team."""

    def __init__(self, model: NaiveNetwork) -> None:
        super().__init__(model)
        self.minutes = 0.0


class Patient(mesa.Agent):
    """A person to whom needs come, and home-care visits if a client."""

    def __init__(self, model: NaiveNetwork, person: int) -> None:
        super().__init__(model)
        self.person = person
        self.is_complex = person < model.load.complex_persons
        self.contacts = 0
        self.wait_days = 0.0
        self.emergencies = 0
        self.bed_days = 0.0
        model.clock.process(self.live())
        if person < model.load.clients:
            self.met: set[int] = set()
            self.team = model.staff[person // w.TEAM_CLIENTS]
            model.clock.process(self.receive_home_care())

    def live(self) -> Process:
        """Have needs at random."""
        rate = w.NEEDS_PER_DAY_COMPLEX if self.is_complex else w.NEEDS_PER_DAY_ORDINARY
        clock, random = self.model.clock, self.random
        while True:
            yield clock.timeout(random.expovariate(rate))
            clock.process(self.episode())

    def episode(self) -> Process:
        """Pass the stops that this need takes."""
        model, random = self.model, self.random
        delay = yield from self.contact(Stop.PRIMARY_CARE)
        if random.random() < w.HANDED_ON_SHARE:
            mean = w.LEAD_DAYS_COMPLEX if self.is_complex else w.LEAD_DAYS_ORDINARY
            lead = random.expovariate(1 / mean)
            yield model.clock.timeout(lead)
            delay += lead
            delay += yield from self.contact(Stop.SPECIALIST)
        if delay > random.expovariate(1 / w.DEADLINE_DAYS):
            yield from self.contact(Stop.EMERGENCY)
            if random.random() < w.ADMITTED_SHARE:
                yield from self.contact(Stop.BED)

    def contact(self, stop: Stop) -> Generator[Any, Any, float]:
        """Queue, be served, go on; returns the wait in days."""
        model, clock = self.model, self.model.clock
        arrived = clock.now
        with model.stops[stop].request() as turn:
            yield turn
            wait = clock.now - arrived
            self.contacts += 1
            self.wait_days += wait
            model.stop_contacts[stop] += 1
            model.stop_wait_days[stop] += wait
            minutes = self.random.lognormvariate(w.SERVICE_LOG_MEAN[stop], w.SERVICE_LOG_SD[stop])
            length = minutes / MINUTES_PER_DAY
            if stop == Stop.EMERGENCY:
                self.emergencies += 1
            elif stop == Stop.BED:
                self.bed_days += min(length, model.load.days - clock.now)
            yield clock.timeout(length)
        return wait

    def receive_home_care(self) -> Process:
        """Open the door three times a day."""
        clock = self.model.clock
        for day in range(self.model.load.days):
            for hour in w.VISIT_HOURS:
                yield clock.timeout(day + hour / 24 - clock.now)
                clock.process(self.visit())
            if day % w.BLOCK_DAYS == w.BLOCK_DAYS - 1:
                self.model.distinct_staff.append(len(self.met))
                self.met.clear()

    def visit(self) -> Process:
        """Be visited by the preferred staff member or by anyone."""
        random = self.random
        if random.random() < w.PREFERRED_SHARE:
            member = self.person % w.TEAM_STAFF
        else:
            member = random.randrange(w.TEAM_STAFF)
        minutes = random.lognormvariate(w.VISIT_LOG_MEAN, w.VISIT_LOG_SD)
        self.met.add(member)
        self.contacts += 1
        self.model.visits += 1
        self.team[member].minutes += minutes
        yield self.model.clock.timeout(minutes / MINUTES_PER_DAY)


class NaiveNetwork(mesa.Model):
    """People, staff and the clock."""

    def __init__(self, load: Workload, seed: int) -> None:
        super().__init__(seed=seed)
        self.load = load
        self.clock = simpy.Environment()
        self.stops = {stop: simpy.Resource(self.clock, servers) for stop, servers in load.servers().items()}
        self.stop_contacts = dict.fromkeys(Stop, 0)
        self.stop_wait_days = dict.fromkeys(Stop, 0.0)
        self.visits = 0
        self.distinct_staff: list[int] = []
        self.staff = [[StaffMember(self) for _ in range(w.TEAM_STAFF)] for _ in range(load.teams)]
        self.people = [Patient(self, person) for person in range(load.persons)]

    def step(self) -> None:
        """Let a day pass."""
        self.clock.run(until=self.steps)

    def result(self) -> Result:
        """Collect what agents hold."""
        people = self.people
        return Result(
            stop_contacts=np.array([self.stop_contacts[stop] for stop in Stop]),
            stop_wait_minutes=np.array([self.stop_wait_days[stop] for stop in Stop]) * MINUTES_PER_DAY,
            visits=self.visits,
            distinct_staff=float(np.mean(self.distinct_staff)) if self.distinct_staff else float("nan"),
            person_contacts=np.array([p.contacts for p in people], float),
            person_wait_minutes=np.array([p.wait_days for p in people]) * MINUTES_PER_DAY,
            person_emergencies=np.array([p.emergencies for p in people], float),
            person_bed_days=np.array([p.bed_days for p in people]),
            staff_minutes=np.array([member.minutes for team in self.staff for member in team]),
        )


def simulate(load: Workload, seed: int) -> Result:
    """Build the model and run it."""
    model = NaiveNetwork(load, seed)
    for _ in range(load.days):
        model.step()
    mesa.Agent._ids.pop(model, None)  # else Mesa keeps the model alive
    return model.result()
