"""Give a means to some municipalities and not to others, as studies that compare places do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sim.config.errors import InputError
from sim.config.scenario import Scenario

_IN_TURNS = (True, False, False, True)
"""In the order of the place file, the largest mostly first: halves of like size."""


def with_the_means(municipalities: int) -> npt.NDArray[np.bool_]:
    """Tell which municipalities of a place have the means, in the place's order."""
    return np.resize(np.array(_IN_TURNS), municipalities)


def only_there(scenario: Scenario) -> Scenario:
    """Return a scenario whose means are offered in those municipalities only. Raises InputError with one alone."""
    places = scenario.place.municipalities
    chosen = with_the_means(len(places))
    if chosen.all():
        raise InputError(f"place {scenario.place.id}: a study that compares municipalities needs two at least")
    there = tuple(one.id for one, has in zip(places, chosen, strict=True) if has)
    return replace(scenario, means=tuple(replace(choice, only_in=there) for choice in scenario.means))
