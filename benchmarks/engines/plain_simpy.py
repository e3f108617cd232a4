"""The reference workload in SimPy alone: a source of needs per class, a process per episode and visit."""

from __future__ import annotations

from collections.abc import Generator
from random import Random
from typing import Any

import numpy as np
import simpy

from benchmarks import workload as w
from benchmarks.workload import MINUTES_PER_DAY, Result, Stop, Workload

Process = Generator[Any, Any, None]


class Network:
    """Counters, queues and processes."""

    def __init__(self, load: Workload, seed: int) -> None:
        self.load, self.random, self.clock = load, Random(seed), simpy.Environment()
        self.stops = {stop: simpy.Resource(self.clock, servers) for stop, servers in load.servers().items()}
        self.stop_contacts = [0] * len(Stop)
        self.stop_wait_days = [0.0] * len(Stop)
        self.contacts = [0] * load.persons
        self.wait_days = [0.0] * load.persons
        self.emergencies = [0] * load.persons
        self.bed_days = [0.0] * load.persons
        self.visits = 0
        self.staff_minutes = [0.0] * (load.teams * w.TEAM_STAFF)
        self.met = [0] * load.clients
        self.blocks: list[list[int]] = []
        split = load.complex_persons
        self.clock.process(self.needs(w.NEEDS_PER_DAY_COMPLEX * split, 0, split, w.LEAD_DAYS_COMPLEX))
        others = load.persons - split
        self.clock.process(self.needs(w.NEEDS_PER_DAY_ORDINARY * others, split, load.persons, w.LEAD_DAYS_ORDINARY))
        for client in range(load.clients):
            self.clock.process(self.home_care(client))
        self.clock.process(self.close_blocks())

    def needs(self, per_day: float, first: int, last: int, lead_days: float) -> Process:
        while True:
            yield self.clock.timeout(self.random.expovariate(per_day))
            self.clock.process(self.episode(self.random.randrange(first, last), lead_days))

    def episode(self, person: int, lead_days: float) -> Process:
        random = self.random
        delay = yield from self.contact(person, Stop.PRIMARY_CARE)
        if random.random() < w.HANDED_ON_SHARE:
            lead = random.expovariate(1 / lead_days)
            yield self.clock.timeout(lead)
            delay += lead
            delay += yield from self.contact(person, Stop.SPECIALIST)
        if delay > random.expovariate(1 / w.DEADLINE_DAYS):
            yield from self.contact(person, Stop.EMERGENCY)
            if random.random() < w.ADMITTED_SHARE:
                yield from self.contact(person, Stop.BED)

    def contact(self, person: int, stop: Stop) -> Generator[Any, Any, float]:
        clock = self.clock
        arrived = clock.now
        with self.stops[stop].request() as turn:
            yield turn
            wait = clock.now - arrived
            self.contacts[person] += 1
            self.wait_days[person] += wait
            self.stop_contacts[stop] += 1
            self.stop_wait_days[stop] += wait
            minutes = self.random.lognormvariate(w.SERVICE_LOG_MEAN[stop], w.SERVICE_LOG_SD[stop])
            length = minutes / MINUTES_PER_DAY
            if stop == Stop.EMERGENCY:
                self.emergencies[person] += 1
            elif stop == Stop.BED:
                self.bed_days[person] += min(length, self.load.days - clock.now)
            yield clock.timeout(length)
        return wait

    def home_care(self, client: int) -> Process:
        clock = self.clock
        for day in range(self.load.days):
            for hour in w.VISIT_HOURS:
                yield clock.timeout(day + hour / 24 - clock.now)
                clock.process(self.visit(client))

    def visit(self, client: int) -> Process:
        random = self.random
        if random.random() < w.PREFERRED_SHARE:
            member = client % w.TEAM_STAFF
        else:
            member = random.randrange(w.TEAM_STAFF)
        minutes = random.lognormvariate(w.VISIT_LOG_MEAN, w.VISIT_LOG_SD)
        self.met[client] |= 1 << member
        self.contacts[client] += 1
        self.visits += 1
        self.staff_minutes[client // w.TEAM_CLIENTS * w.TEAM_STAFF + member] += minutes
        yield self.clock.timeout(minutes / MINUTES_PER_DAY)

    def close_blocks(self) -> Process:
        for block in range(1, self.load.days // w.BLOCK_DAYS + 1):
            yield self.clock.timeout(block * w.BLOCK_DAYS - 0.01 - self.clock.now)
            self.blocks.append(self.met)
            self.met = [0] * self.load.clients


def simulate(load: Workload, seed: int) -> Result:
    """Build the network and run it."""
    network = Network(load, seed)
    network.clock.run(until=load.days)
    return Result(
        stop_contacts=np.array(network.stop_contacts),
        stop_wait_minutes=np.array(network.stop_wait_days) * MINUTES_PER_DAY,
        visits=network.visits,
        distinct_staff=w.distinct_staff_per_block(np.array(network.blocks, np.int64)),
        person_contacts=np.array(network.contacts, float),
        person_wait_minutes=np.array(network.wait_days) * MINUTES_PER_DAY,
        person_emergencies=np.array(network.emergencies, float),
        person_bed_days=np.array(network.bed_days),
        staff_minutes=np.array(network.staff_minutes),
    )
