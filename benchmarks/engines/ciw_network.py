"""The reference workload in Ciw: a network of queues; hand-overs and home care have servers without end."""

from __future__ import annotations

from itertools import chain, cycle
from random import Random
from typing import Any

import ciw
import numpy as np

from benchmarks import workload as w
from benchmarks.workload import MINUTES_PER_DAY, Result, Stop, Workload

HAND_OVER_NODE, HOME_CARE_NODE = len(Stop) + 1, len(Stop) + 2
LEAD_DAYS = {"complex": w.LEAD_DAYS_COMPLEX, "ordinary": w.LEAD_DAYS_ORDINARY}


def node_of(stop: Stop) -> int:
    """Return Ciw's number of a stop: nodes count from one."""
    return int(stop) + 1


class Book:
    """What is counted while customers pass, and the random numbers."""

    def __init__(self, load: Workload, seed: int) -> None:
        self.load, self.random = load, Random(seed)
        self.stop_contacts, self.stop_wait_days = [0] * len(Stop), [0.0] * len(Stop)
        self.contacts, self.emergencies = [0] * load.persons, [0] * load.persons
        self.wait_days, self.bed_days = [0.0] * load.persons, [0.0] * load.persons
        self.visits = 0
        self.staff_minutes = [0.0] * (load.teams * w.TEAM_STAFF)
        self.met = [[0] * load.clients for _ in range(load.days // w.BLOCK_DAYS + 1)]

    def __deepcopy__(self, memo: dict[int, Any]) -> Book:
        """Stay one book: Ciw copies the distributions that write in it."""
        return self


class Service(ciw.dists.Distribution):
    """Time at a stop; drawn when service starts, so the contact is booked here."""

    def __init__(self, book: Book, stop: Stop) -> None:
        self.book, self.stop = book, stop

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        book, stop, load = self.book, self.stop, self.book.load
        if stop == Stop.PRIMARY_CARE:
            split = load.complex_persons
            first, last = (0, split) if ind.customer_class == "complex" else (split, load.persons)
            ind.person, ind.delay = book.random.randrange(first, last), 0.0
        wait = t - ind.arrival_date
        ind.delay += wait
        book.contacts[ind.person] += 1
        book.wait_days[ind.person] += wait
        book.stop_contacts[stop] += 1
        book.stop_wait_days[stop] += wait
        minutes = book.random.lognormvariate(w.SERVICE_LOG_MEAN[stop], w.SERVICE_LOG_SD[stop])
        length = minutes / MINUTES_PER_DAY
        if stop == Stop.EMERGENCY:
            book.emergencies[ind.person] += 1
        elif stop == Stop.BED:
            book.bed_days[ind.person] += min(length, load.days - t)
        return length


class HandOver(ciw.dists.Distribution):
    """Days from one stop to the next; part of the delay."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        lead = self.book.random.expovariate(1 / LEAD_DAYS[ind.customer_class])
        ind.delay += lead
        return lead


class Visit(ciw.dists.Distribution):
    """Time of a home-care visit; clients come in order, round by round."""

    def __init__(self, book: Book) -> None:
        self.book = book

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        book, random = self.book, self.book.random
        client = book.visits % book.load.clients
        book.visits += 1
        preferred = random.random() < w.PREFERRED_SHARE
        member = client % w.TEAM_STAFF if preferred else random.randrange(w.TEAM_STAFF)
        minutes = random.lognormvariate(w.VISIT_LOG_MEAN, w.VISIT_LOG_SD)
        book.contacts[client] += 1
        book.staff_minutes[client // w.TEAM_CLIENTS * w.TEAM_STAFF + member] += minutes
        book.met[int(t) // w.BLOCK_DAYS][client] |= 1 << member
        return minutes / MINUTES_PER_DAY


class Rounds(ciw.dists.Distribution):
    """Time between rounds of visits."""

    def __init__(self) -> None:
        one, two, three = (hour / 24 for hour in w.VISIT_HOURS)
        self.gaps = chain([one], cycle([two - one, three - two, 1 - three + one]))

    def sample(self, t: float | None = None, ind: Any = None) -> float:
        return next(self.gaps)


class Onward(ciw.routing.NodeRouting):
    """Where to go after a stop."""

    def __init__(self, book: Book, here: int) -> None:
        self.book, self.here = book, here

    def next_node(self, ind: Any) -> Any:
        random, destination = self.book.random, -1
        if self.here == node_of(Stop.PRIMARY_CARE) and random.random() < w.HANDED_ON_SHARE:
            destination = HAND_OVER_NODE
        elif self.here == HAND_OVER_NODE:
            destination = node_of(Stop.SPECIALIST)
        elif self.here in (node_of(Stop.PRIMARY_CARE), node_of(Stop.SPECIALIST)):
            if ind.delay > random.expovariate(1 / w.DEADLINE_DAYS):
                destination = node_of(Stop.EMERGENCY)
        elif self.here == node_of(Stop.EMERGENCY) and random.random() < w.ADMITTED_SHARE:
            destination = node_of(Stop.BED)
        return self.simulation.nodes[destination]


def build(book: Book) -> Any:
    """Return Ciw's network: four stops, the hand-over, home care."""
    load = book.load
    rates = {
        "complex": w.NEEDS_PER_DAY_COMPLEX * load.complex_persons,
        "ordinary": w.NEEDS_PER_DAY_ORDINARY * (load.persons - load.complex_persons),
    }
    nodes = HOME_CARE_NODE
    arrivals: dict[str, list[Any]] = {
        name: [ciw.dists.Exponential(rate)] + [None] * (nodes - 1) for name, rate in rates.items()
    }
    arrivals["client"] = [None] * (nodes - 1) + [Rounds() if load.clients else None]
    services = [*(Service(book, stop) for stop in Stop), HandOver(book), Visit(book)]
    servers = [*load.servers().values(), float("inf"), float("inf")]
    batches = [ciw.dists.Deterministic(1)] * (nodes - 1) + [ciw.dists.Deterministic(load.clients)]
    routing = ciw.routing.NetworkRouting([Onward(book, node) for node in range(1, nodes + 1)])
    return ciw.create_network(
        arrival_distributions=arrivals,
        service_distributions=dict.fromkeys(arrivals, services),
        batching_distributions=dict.fromkeys(arrivals, batches),
        number_of_servers=servers,
        routing=dict.fromkeys(arrivals, routing),
    )


def simulate(load: Workload, seed: int) -> Result:
    """Build the network and run it."""
    ciw.seed(seed)
    book = Book(load, seed)
    ciw.Simulation(build(book)).simulate_until_max_time(load.days)
    return Result(
        stop_contacts=np.array(book.stop_contacts),
        stop_wait_minutes=np.array(book.stop_wait_days) * MINUTES_PER_DAY,
        visits=book.visits,
        distinct_staff=w.distinct_staff_per_block(np.array(book.met[:-1], np.int64)),
        person_contacts=np.array(book.contacts, float),
        person_wait_minutes=np.array(book.wait_days) * MINUTES_PER_DAY,
        person_emergencies=np.array(book.emergencies, float),
        person_bed_days=np.array(book.bed_days),
        staff_minutes=np.array(book.staff_minutes),
    )
