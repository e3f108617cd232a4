"""A means switched on in a tiny world, and pairs of small runs with and without it, for tests of single means."""

from __future__ import annotations

from functools import cache

import numpy as np
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.decisions import Here, Means
from sim.care.questions import Bookings, Contacts, Handovers
from sim.core.arrays import I
from sim.core.vocabulary import PaymentKind, Profession, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)
SMALL = scenario("baseline", 0.03, 0.4, 0.05)
IN_FORCE = -(-round(BASE.warmup_years * 365) // 7) * 7 + 1
"""The day from which means are in force: they start on the first Monday of the study period."""


def switched_on(means_id: str, *, fidelity: float = 1.0, **settings: float) -> tuple[Means, Here]:
    """Set up a tiny world in which one means has taken hold to a given degree."""
    world = world_of(with_means(scenario("baseline", 0.03), choice(means_id, **settings)))
    means, here = world.decisions.means[0]
    here.started, here.fidelity = True, fidelity
    return means, here


def station_of(here: Here, profession: Profession) -> int:
    """Return the station of a profession that serves person 0."""
    return int(here.world.stations.of_person[0, profession])


def handovers(here: Here, *ways: tuple[Profession, Profession]) -> Handovers:
    """Return one hand-over of person 0 for each pair of professions."""
    from_station = np.array([station_of(here, one) for one, _ in ways])
    to_station = np.array([station_of(here, other) for _, other in ways])
    distance = here.world.stations.distance[from_station, to_station].astype(np.int64)
    zeros = np.zeros(len(ways), np.int64)
    return Handovers(zeros, np.arange(len(ways)), np.full(len(ways), 0.5), from_station, to_station, distance)


def contacts(here: Here, *professions: Profession) -> Contacts:
    """Return one contact of person 0 with each profession."""
    station = np.array([station_of(here, one) for one in professions])
    zeros = np.zeros(len(station), np.int64)
    return Contacts(zeros, zeros, station, np.full(len(station), 0.5))


def bookings(here: Here, person: I, profession: Profession) -> Bookings:
    """Return one booking of each person with a profession."""
    station = here.world.stations.of_person[person, profession].astype(np.int64)
    return Bookings(person, np.zeros(len(person), np.int64), station, np.full(len(person), 0.5))


@cache
def run(means_id: str | None = None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    """Run the baseline, or one means in full from the start of the study period; equal requests once."""
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), seed=4)
    return live, live.run()


def inhabitants() -> float:
    """Return the people of the runs, in tens of thousands."""
    return len(run()[0].world.population) / 10_000


def in_force(columns: Columns) -> Columns:
    """Keep the rows of the time in which means are in force."""
    kept = columns["time_days"] >= IN_FORCE
    return {name: values[kept] for name, values in columns.items()}


def pair(table: str, means_id: str, **settings: float) -> tuple[Columns, Columns]:
    """Return a table's rows without and with a means, of the time in which it is in force."""
    return in_force(run()[1][table]), in_force(run(means_id, **settings)[1][table])


def weekly_minutes(means_id: str, **settings: float) -> list[float]:
    """Return the standing work of a means week by week."""
    rows = run(means_id, **settings)[1]["work"]
    mine = (rows["cause"] == WorkCause.MEANS) & (rows["person"] < 0)
    week, minutes = rows["time_days"][mine], rows["minutes"][mine]
    return [float(minutes[week == one].sum()) for one in np.unique(week)]


def weekly_sek(means_id: str, **settings: float) -> float:
    """Return the mean fixed cost of a means per week that it has run."""
    rows = run(means_id, **settings)[1]["payments"]
    mine = rows["kind"] == PaymentKind.MEANS_FIXED_COST
    return float(rows["sek"][mine].sum()) / len(np.unique(rows["time_days"][mine]))
