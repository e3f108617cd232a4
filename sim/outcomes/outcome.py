"""Describe an outcome and what a file in this folder returns; find all of them by file name.

A module in this folder is an outcome family when it has `OUTCOMES` (a tuple of `Outcome`) and a function
`measure(observation)` that yields a `Measure` for them. Adding an outcome is adding one such file.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation

Aim = Literal["health", "experience", "cost", "staff"]
Better = Literal["lower", "higher", "neither"]
AIMS: tuple[Aim, ...] = ("health", "experience", "cost", "staff")
Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One outcome: what it means, in which unit, which way is better."""

    id: str
    aim: Aim
    better: Better
    unit: str
    label_en: str
    label_sv: str
    meaning: str
    scale: float = 1.0
    """Factor on numerator / denominator, e.g. 1000 for a rate per 1,000 person-years."""
    headline: bool = False
    """Belongs in a table that has room for a few outcomes only."""

    def about(self) -> dict[str, str]:
        """Return the columns by which a table says what it is about: outcome, unit, aim and which way is better."""
        return {"outcome": self.id, "unit": self.unit, "aim": self.aim, "better": self.better}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMeasure:
    """A ratio whose parts belong to people, so that it can be taken over any group of people.

    `numerator` and `denominator` have one element per person; no denominator means years lived in the window.
    `unassigned` is a part of the numerator that belongs to nobody in particular: it counts for `all` only.
    """

    outcome: str
    numerator: Values
    denominator: Values | None = None
    unassigned: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupMeasure:
    """Ready values of groups that are not groups of people: principals, professions, distances.

    A value is `numerator / denominator * scale`; groups with a zero denominator are left out.
    """

    outcome: str
    group_by: str
    groups: tuple[str, ...]
    numerator: Values
    denominator: Values


Measure = PersonMeasure | GroupMeasure
MeasureFunction = Callable[[Observation], Iterable[Measure]]


@cache
def families() -> tuple[ModuleType, ...]:
    """Return the modules of this folder that declare outcomes, by file name."""
    package = importlib.import_module("sim.outcomes")
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"sim.outcomes.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "OUTCOMES") and hasattr(module, "measure"))


@cache
def _registry() -> tuple[Outcome, ...]:
    declared: list[Outcome] = [outcome for family in families() for outcome in family.OUTCOMES]
    names = [outcome.id for outcome in declared]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"outcomes declared twice: {', '.join(twice)}")
    return tuple(sorted(declared, key=lambda outcome: AIMS.index(outcome.aim)))


def all_outcomes() -> dict[str, Outcome]:
    """Return every outcome by id, in Triple-Aim order (health, experience, cost), then staff."""
    return {outcome.id: outcome for outcome in _registry()}
