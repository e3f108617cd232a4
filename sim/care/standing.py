"""Work out a means' weekly standing work: by the people it is for, by the inhabitants, by staff, or as a whole."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here
from sim.care.world import World
from sim.core.arrays import B, F, I, table_of
from sim.core.vocabulary import Profession


def professions_around(world: World) -> dict[Profession, B]:
    """Say whom each profession is around now, by the services people have; one element per person.

    The health centre is around everybody, its nurse where no home nurse is.
    """
    population = world.population
    nursed = (world.home_nursing > 0) | world.special_housing
    helped = world.home_help > 0
    municipal = helped | world.special_housing
    return {
        Profession.GENERAL_PRACTITIONER: np.ones(len(population), bool),
        Profession.PRIMARY_CARE_NURSE: ~nursed,
        Profession.PSYCHIATRIC_NURSE: population.psychiatric,
        Profession.HOME_NURSE: nursed,
        Profession.THERAPIST: municipal,
        Profession.CARE_MANAGER: municipal,
        Profession.SOCIAL_WORKER: population.psychiatric | population.substance,
        Profession.HOME_HELP_WORKER: helped,
    }


def for_people(world: World, profession: Profession, person: I, minutes_each: F | float) -> list[StandingWork]:
    """Take minutes for each of these people from a profession, at the station that serves the person."""
    station = world.stations.of_person[person, profession].astype(np.int64)
    served = station >= 0
    minutes = np.broadcast_to(np.asarray(minutes_each, np.float64), station.shape)[served]
    total = np.bincount(station[served], minutes, minlength=len(world.stations))
    return [StandingWork(s, float(total[s])) for s in np.flatnonzero(total).tolist()]


def for_inhabitants(world: World, profession: Profession, minutes_per_10000: float) -> list[StandingWork]:
    """Take minutes by the number of inhabitants from a profession, shared among its stations by full-time staff."""
    stations = world.stations
    size = stations.facts.staff * stations.presence
    chosen = np.flatnonzero(stations.facts.profession == profession)
    minutes = minutes_per_10000 * len(world.population) / 10_000
    return [StandingWork(s, float(minutes * size[s] / size[chosen].sum())) for s in chosen.tolist()]


def from_each(here: Here, minutes: F | float, professions: Collection[Profession] | None = None) -> list[StandingWork]:
    """Take minutes from every full-time equivalent of the professions; None = of all.

    `minutes` is one number, or one element per station.
    """
    stations = here.world.stations
    taken = stations.facts.staff * stations.presence * minutes
    return [StandingWork(int(s), float(taken[s])) for s in np.flatnonzero(_of(here, professions) & (taken > 0))]


def by_inhabitants(here: Here, each_10000: float) -> float:
    """Return the whole of something, given for every 10,000 inhabitants; a sample has its share of it."""
    return each_10000 * len(here.world.population) / 10_000


def by_municipalities(here: Here, each: float) -> float:
    """Return the whole of something, given for every municipality; a sample has its share of it."""
    return each * len(here.world.place.municipalities) * here.world.scenario.sample_share


def from_all_together(here: Here, minutes: float, professions: Collection[Profession]) -> list[StandingWork]:
    """Spread minutes over the professions' stations by size."""
    stations = here.world.stations
    size = stations.facts.staff * stations.presence * _of(here, professions)
    taken = minutes * size / max(float(size.sum()), 1e-9)
    return [StandingWork(int(s), float(taken[s])) for s in np.flatnonzero(taken > 0)]


def _of(here: Here, professions: Collection[Profession] | None) -> B:
    profession = here.world.stations.facts.profession
    if professions is None:
        return np.ones(len(profession), bool)
    return np.asarray(table_of(professions, len(Profession))[profession])
