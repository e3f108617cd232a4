"""Hold the real booking code against theory: M/M/c (Erlang C), M/G/1 (Pollaczek-Khinchine), Little."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from enum import IntEnum
from math import exp, factorial
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import simpy
from scipy import stats

from sim.care.booking import MINUTES_PER_DAY, ROUND_THE_CLOCK, Station
from sim.core.luck import Luck

F64 = npt.NDArray[np.float64]
WARMUP_DAYS = 2
"""About twenty relaxation times of the slowest queue here."""
DAYS = 130
REPLICATIONS = 40
WORK_LOG_SD = 0.5


class Draw(IntEnum):
    GAP = 0
    WORK = 1


@dataclass(frozen=True)
class Queue:
    """Poisson arrivals at `servers` servers; 1,000 x load arrivals a day whatever the number of servers."""

    servers: int
    load: float
    lognormal: bool = False

    @property
    def mean_work(self) -> float:
        """Minutes."""
        return 1.44 * self.servers

    @property
    def arrivals_per_minute(self) -> float:
        return self.load * self.servers / self.mean_work

    def theory_wait(self) -> float:
        """Mean minutes in the queue."""
        if self.lognormal:
            squared_variation = exp(WORK_LOG_SD**2) - 1
            return self.load * self.mean_work * (1 + squared_variation) / (2 * (1 - self.load))
        return erlang_c(self.servers, self.load) * self.mean_work / (self.servers * (1 - self.load))

    def draw(self, seed: int, days: int) -> tuple[F64, F64]:
        """Return arrival times (minutes, sorted) and minutes of work."""
        luck = Luck(seed, Draw)
        customers = np.arange(int(self.arrivals_per_minute * days * MINUTES_PER_DAY * 1.1) + 100)
        arrivals = np.cumsum(luck.exponential(Draw.GAP, customers)) / self.arrivals_per_minute
        arrivals = arrivals[arrivals < days * MINUTES_PER_DAY]
        customers = customers[: len(arrivals)]
        if self.lognormal:
            work = np.exp(WORK_LOG_SD * luck.normal(Draw.WORK, customers) - WORK_LOG_SD**2 / 2)
        else:
            work = luck.exponential(Draw.WORK, customers)
        return arrivals, work * self.mean_work


def erlang_c(servers: int, load: float) -> float:
    """Return the probability of having to wait in M/M/c."""
    offered = servers * load
    last = offered**servers / factorial(servers) / (1 - load)
    return last / (sum(offered**k / factorial(k) for k in range(servers)) + last)


class DayBatches:
    """Feed a station as the engine does: each day's arrivals at once, those not started wait for the next."""

    def __init__(self, servers: int, arrivals: F64, work: F64) -> None:
        self.station = Station(servers)
        self._arrivals_days, self._work = arrivals / MINUTES_PER_DAY, work
        self._next = 0
        self.starts: list[float] = []

    def run_day(self, day: int) -> None:
        session = ROUND_THE_CLOCK.session(day)
        assert session is not None
        known = slice(self._next, int(np.searchsorted(self._arrivals_days, day + 1)))
        arrivals = ROUND_THE_CLOCK.to_working(day, self._arrivals_days[known])
        starts, _ = self.station.serve(arrivals.tolist(), self._work[known].tolist(), session[1])
        self.starts += starts
        self._next += len(starts)


def starts_by_day(queue: Queue, arrivals: F64, work: F64, days: int) -> F64:
    batches = DayBatches(queue.servers, arrivals, work)
    for day in range(days):
        batches.run_day(day)
    return np.array(batches.starts)


@pytest.mark.parametrize(
    "queue",
    [
        pytest.param(Queue(1, 0.5), id="M/M/1 at 0.5"),
        pytest.param(Queue(1, 0.65), id="M/M/1 at 0.65"),
        pytest.param(Queue(1, 0.8), id="M/M/1 at 0.8"),
        pytest.param(Queue(3, 0.5), id="M/M/3 at 0.5"),
        pytest.param(Queue(3, 0.8), id="M/M/3 at 0.8"),
        pytest.param(Queue(10, 0.7), id="M/M/10 at 0.7"),
        pytest.param(Queue(10, 0.8), id="M/M/10 at 0.8"),
        pytest.param(Queue(1, 0.5, lognormal=True), id="M/G/1 at 0.5"),
        pytest.param(Queue(1, 0.8, lognormal=True), id="M/G/1 at 0.8"),
    ],
)
def test_mean_wait_and_share_that_waits_are_those_of_theory(queue: Queue) -> None:
    waits, shares = [], []
    for seed in range(REPLICATIONS):
        arrivals, work = queue.draw(seed, DAYS)
        starts = starts_by_day(queue, arrivals, work, DAYS)
        counted = arrivals[: len(starts)] >= WARMUP_DAYS * MINUTES_PER_DAY
        wait = (starts - arrivals[: len(starts)])[counted]
        waits.append(wait.mean())
        shares.append(np.mean(wait > 1e-6))
    assert_agrees(waits, queue.theory_wait(), widest=0.035)
    assert_agrees(shares, erlang_c(queue.servers, queue.load), widest=0.02)


def assert_agrees(means: list[float], theory: float, widest: float) -> None:
    """Hold replications within 2 % of theory, theory inside their 99 % interval, and the interval narrow."""
    half_width = stats.t.ppf(0.995, len(means) - 1) * stats.sem(means)
    assert abs(np.mean(means) / theory - 1) < 0.02
    assert abs(np.mean(means) - theory) < half_width
    assert half_width < widest * theory  # an interval too wide to miss would prove nothing


@pytest.mark.parametrize("queue", [Queue(1, 0.8), Queue(3, 0.7), Queue(10, 0.8), Queue(1, 0.7, lognormal=True)])
def test_littles_law(queue: Queue) -> None:
    """Number present, looked at every half minute, against arrivals per minute x mean time in the system."""
    arrivals, work = queue.draw(1, 300)
    starts = starts_by_day(queue, arrivals, work, 300)
    arrivals, departures = arrivals[: len(starts)], np.sort(starts + work[: len(starts)])
    looks = np.arange(WARMUP_DAYS * MINUTES_PER_DAY, 299 * MINUTES_PER_DAY, 0.5)
    present = np.searchsorted(arrivals, looks) - np.searchsorted(departures, looks)
    inside = (arrivals >= looks[0]) & (arrivals < looks[-1])
    stay = (starts + work[: len(starts)] - arrivals)[inside].mean()
    rate = inside.sum() / (looks[-1] - looks[0])
    assert present.mean() == pytest.approx(rate * stay, rel=0.01)
    assert present.mean() > queue.servers * queue.load  # the queue as well as those being served


@pytest.mark.parametrize("rate", [0.5, 0.8])
def test_a_shared_server_is_a_slower_server(rate: float) -> None:
    """Base load stretches work: the waits are those of a queue with longer work."""
    arrivals, work = Queue(1, 0.4).draw(3, 20)
    shared, plain = Station(1, rate), Station(1)
    stretched, _ = plain.serve(arrivals.tolist(), (work / rate).tolist(), np.inf)
    assert shared.serve(arrivals.tolist(), work.tolist(), np.inf)[0] == pytest.approx(stretched)


# The same through a clock of events


def run_clock(process: Callable[[simpy.Environment], Generator[Any, Any, None]], days: int) -> None:
    env = simpy.Environment()
    env.process(process(env))
    env.run(until=days)


@pytest.mark.parametrize("servers", [1, 3, 10])
def test_a_day_tick_of_simpy_gives_identical_starts(servers: int) -> None:
    queue, days = Queue(servers, 0.8), 15
    arrivals, work = queue.draw(11, days)
    batches = DayBatches(servers, arrivals, work)

    def day_tick(env: simpy.Environment) -> Generator[Any, Any, None]:
        while True:
            batches.run_day(int(env.now))
            yield env.timeout(1)

    run_clock(day_tick, days)
    assert batches.starts == starts_by_day(queue, arrivals, work, days).tolist()
    assert len(batches.starts) > 0.99 * len(arrivals)


@pytest.mark.parametrize("servers", [1, 3, 10])
def test_one_event_per_arrival_and_departure_gives_the_same_starts(servers: int) -> None:
    """A queue of SimPy's own resource, customer by customer, knows nothing of batches and looking ahead."""
    queue, days = Queue(servers, 0.8), 5
    arrivals, work = queue.draw(12, days)
    env = simpy.Environment()
    resource = simpy.Resource(env, servers)
    starts = np.full(len(arrivals), np.inf)

    def customer(i: int) -> Generator[Any, Any, None]:
        with resource.request() as turn:
            yield turn
            starts[i] = env.now
            yield env.timeout(work[i])

    def source() -> Generator[Any, Any, None]:
        for i, arrival in enumerate(arrivals):
            yield env.timeout(arrival - env.now)
            env.process(customer(i))

    env.process(source())
    env.run(until=days * MINUTES_PER_DAY)
    ours = starts_by_day(queue, arrivals, work, days)
    started = np.isfinite(starts)
    assert started.sum() == len(ours)
    assert ours == pytest.approx(starts[started], abs=1e-6)
