"""Spread the staff time that a means takes every week over the stations of the place."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here
from sim.core.arrays import B, F
from sim.core.vocabulary import Profession


def from_each(here: Here, minutes: F | float, professions: Collection[Profession] | None = None) -> list[StandingWork]:
    """Take minutes from every full-time equivalent of the professions; None = of all.

    `minutes` is one number, or one element per station.
    """
    stations = here.world.stations
    taken = stations.facts.staff * stations.presence * minutes
    return [StandingWork(int(s), float(taken[s])) for s in np.flatnonzero(_of(here, professions) & (taken > 0))]


def from_all_together(here: Here, minutes: float, professions: Collection[Profession]) -> list[StandingWork]:
    """Take minutes of the whole place, spread over the professions' stations by size; a sample takes its share."""
    stations = here.world.stations
    size = stations.facts.staff * stations.presence * _of(here, professions)
    taken = minutes * here.world.scenario.sample_share * size / max(float(size.sum()), 1e-9)
    return [StandingWork(int(s), float(taken[s])) for s in np.flatnonzero(taken > 0)]


def _of(here: Here, professions: Collection[Profession] | None) -> B:
    profession = here.world.stations.facts.profession
    if professions is None:
        return np.ones(len(profession), bool)
    return np.isin(profession, np.array(list(professions)))
