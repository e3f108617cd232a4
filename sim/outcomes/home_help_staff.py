"""Count the different home-help staff a client meets in 14 days (the definition of Kolada U21401)."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation
from sim.core.vocabulary import Profession
from sim.outcomes.exposure import slices
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="home_help_staff_14_days",
        aim="experience",
        better="lower",
        unit="persons per 14 days",
        label_en="Different home-help staff in 14 days",
        label_sv="Olika hemtjänstpersonal på 14 dagar",
        meaning=(
            "Different home-help workers met in a complete 14-day block, averaged over blocks of clients "
            "with at least 2 home-help visits on each of the 14 days."
        ),
        headline=True,
    ),
)


BLOCK_DAYS = 14
MIN_VISITS_PER_DAY = 2


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield distinct staff summed over blocks, per block."""
    person, distinct = client_blocks(observation)
    yield PersonMeasure(
        outcome="home_help_staff_14_days",
        numerator=observation.per_person(person, distinct),
        denominator=observation.per_person(person),
    )


def client_blocks(observation: Observation) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the person and the number of distinct staff of every block that counts."""
    blocks = len(slices(observation, BLOCK_DAYS))
    visits = observation.table("visits")
    home_help = np.flatnonzero(visits["profession"] == Profession.HOME_HELP_WORKER)
    day = (visits["time_days"][home_help] - observation.start_days).astype(np.int64)
    home_help, day = home_help[day < blocks * BLOCK_DAYS], day[day < blocks * BLOCK_DAYS]
    if not len(home_help):
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    person, staff = visits["person"][home_help], visits["staff"][home_help]
    clients, client = _number(person, len(observation.people))

    days = blocks * BLOCK_DAYS
    per_day = np.bincount(client * days + day, minlength=len(clients) * days)
    enough = per_day.reshape(-1, BLOCK_DAYS).min(axis=1) >= MIN_VISITS_PER_DAY

    block = client * blocks + day // BLOCK_DAYS
    width = np.int64(staff.max() + 1)
    key = np.sort((block * width + staff)[enough[block]])
    met = key[np.flatnonzero(np.diff(key, prepend=-1))] // width
    distinct = np.bincount(met, minlength=len(enough))
    counted = np.flatnonzero(enough)
    return clients[counted // blocks], distinct[counted]


def _number(person: npt.NDArray[np.int32], people: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Number the people who occur; return who they are and the number of each row."""
    clients = np.flatnonzero(np.bincount(person, minlength=people))
    number = np.zeros(people, dtype=np.int64)
    number[clients] = np.arange(len(clients))
    return clients, number[person]
