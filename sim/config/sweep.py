"""Describe a sweep: what is moved along one or two axes, from what to what, and what is looked at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod

from sim.config.place import Text

MOST_POINTS = 400
"""Beyond this a sweep is no longer read point by point; a parameter ensemble is the tool then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis of a sweep and its values, rising."""

    id: str
    title: Text
    unit: Text
    values: tuple[float, ...]
    labels: tuple[Text, ...] = ()
    """What each value is called, where the number alone would not say it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What changes along the axes: one parameter, setting or number of a place."""

    name: str
    part: str | None
    along: tuple[str, ...]
    """Ids of axes; of two their values are multiplied."""
    at: tuple[float, ...] = ()
    """What is set at each value of the one axis; empty = the axis' own value."""
    times: bool = False
    """Whether what stands in the scenario is multiplied, rather than replaced."""
    beyond_range: bool = False
    """Whether it may leave the range of today's value: a plan is no guess at what today is."""
    where: str = ""
    """For error messages."""

    @property
    def title(self) -> str:
        """The name as the user writes it."""
        return f"{self.name}[{self.part}]" if self.part else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What is swept, in which scenario, beside which other one, and what is looked at."""

    id: str
    title: Text
    summary: Text
    source: str
    axes: tuple[Axis, ...]
    moves: tuple[Move, ...]
    keep: Mapping[str, float]
    """What is set alike at every point, by name."""
    scenario: str
    against: str | None
    outcomes: tuple[str, ...]
    groups: tuple[str, ...]
    """As typed: `all`, `complex_needs`, `principal:arvika` ..."""
    years: float | None = None
    assumptions: Text | None = None
    """What a reader must know to believe it."""


def points(axes: Sequence[Axis]) -> tuple[tuple[float, ...], ...]:
    """Return the values of every point, the last axis fastest."""
    return tuple(product(*(axis.values for axis in axes)))


def value_at(move: Move, axes: Sequence[Axis], point: tuple[float, ...]) -> float:
    """Return what a move sets, or multiplies by, at a point."""
    here = {axis.id: value for axis, value in zip(axes, point, strict=True)}
    if move.at:
        (name,) = move.along
        axis = next(axis for axis in axes if axis.id == name)
        return move.at[axis.values.index(here[name])]
    return prod(here[name] for name in move.along)
