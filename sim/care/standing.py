"""Work out a means' standing work: by the people it is for, by staff, or by the inhabitants of the place."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.care.answers import StandingWork
from sim.care.world import World
from sim.core.arrays import B, F, I
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


def for_staff(world: World, professions: Iterable[Profession], minutes_each: float) -> list[StandingWork]:
    """Take minutes from each full-time equivalent of these professions."""
    stations = world.stations
    size = stations.facts.staff * stations.presence
    chosen = np.flatnonzero(np.isin(stations.facts.profession, list(professions)))
    return [StandingWork(s, float(size[s]) * minutes_each) for s in chosen.tolist()]


def for_inhabitants(world: World, profession: Profession, minutes_per_10000: float) -> list[StandingWork]:
    """Take minutes by the number of inhabitants from a profession, shared among its stations by full-time staff."""
    stations = world.stations
    size = stations.facts.staff * stations.presence
    chosen = np.flatnonzero(stations.facts.profession == profession)
    minutes = minutes_per_10000 * len(world.population) / 10_000
    return [StandingWork(s, float(minutes * size[s] / size[chosen].sum())) for s in chosen.tolist()]
