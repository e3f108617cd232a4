"""Say which parameters are not known and within what: the box that a sensitivity analysis moves in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from sim.config.ensemble import Column, Ensemble, digest_of, read_columns, with_values
from sim.config.errors import InputError
from sim.config.parts import ALL_NUMBERS, labelled_numbers, range_of, start_value
from sim.config.scenario import Scenario
from sim.config.unit_cube import kept_inside, points_of, start_of, values_at
from sim.core.parameter import Parameter

F64 = npt.NDArray[np.float64]
Origin = Literal["declared", "space", "fitted", "ensemble"]

OPTION = Path("--parameters")
"""What errors about names of parameters begin with."""
GENERATED = Path("parameter_sets.csv")
"""Where sets that were laid out here can be read."""
_DIGITS = 12
"""Significant digits of a value: the table then says exactly what was run."""
_FITTED_ENDS = (0.05, 0.95)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """One parameter, or a factor on all its numbers, with its range."""

    column: Column
    start: float
    """Its value where others are moved."""
    low: float
    high: float
    log: bool = False
    """Whether the range is gone through by factors."""
    origin: Origin = "declared"
    """Where the range comes from: the register, the narrower one that a fit moves in, or what a fit left of it."""

    @property
    def title(self) -> str:
        """Return its name as the head of a column."""
        return self.column.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """All parameters that move, and those that are held at the middle of what a fit left of them."""

    dimensions: tuple[Uncertain, ...]
    held: tuple[tuple[Column, float], ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the names of what moves."""
        return tuple(one.title for one in self.dimensions)

    def start(self) -> F64:
        """Return where the start values lie in the unit cube, shape (k,)."""
        return start_of(self.dimensions)

    def values(self, points: F64) -> F64:
        """Return parameter values, shape (n, k), of points of the unit cube."""
        return kept_inside(self.dimensions, _rounded(values_at(self.dimensions, points)))

    def points(self, values: F64) -> F64:
        """Return points of the unit cube of parameter values."""
        return points_of(self.dimensions, values)

    def sets(self, points: F64) -> Ensemble:
        """Return the parameter sets of points of the unit cube, those that are held included."""
        columns = (*(one.column for one in self.dimensions), *(column for column, _ in self.held))
        held = tuple(value for _, value in self.held)
        rows = tuple((*map(float, row), *held) for row in self.values(points))
        titles = [column.title for column in columns]
        return Ensemble(path=GENERATED, columns=columns, rows=rows, digest=digest_of(titles, rows))


def _rounded(values: F64) -> F64:
    return np.array([[float(f"{value:.{_DIGITS}g}") for value in row] for row in values]).reshape(values.shape)


def every_title(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return all parameters that have a range: of the register, and the settings of the means that are on."""
    known = dict(scenarios[0].parameters)
    for scenario in scenarios:
        known |= {setting.name: setting for choice in scenario.means for setting in choice.settings.values()}
    titles = (f"{name}{ALL_NUMBERS}" if labelled_numbers(one.value) else name for name, one in known.items())
    return tuple(title for title in titles if _has_range(title, known))


def _has_range(title: str, known: Mapping[str, Parameter]) -> bool:
    name = title.removesuffix(ALL_NUMBERS)
    part = ALL_NUMBERS if title.endswith(ALL_NUMBERS) else None
    if part and not any(labelled_numbers(known[name].value).values()):
        return False
    low, high = range_of(known[name], part)
    return low < high


def declared_box(titles: Sequence[str], scenarios: Sequence[Scenario], *, chosen: bool) -> tuple[Uncertain, ...]:
    """Return parameters with the ranges of the register and the start values of the scenarios.

    Those `chosen` by the user must be ones that can be moved: raises InputError for an unknown one, one without a
    range, a setting of a means that no scenario has, and one to which the scenarios give different values. Others
    that cannot be moved are left out.
    """
    found = []
    for column in read_columns(OPTION, titles, scenarios):
        try:
            found.append(_uncertain(column, scenarios))
        except InputError:
            if chosen:
                raise
    if not found:
        raise InputError(f"{OPTION}: none of these can be moved in the scenarios asked for; name others")
    return tuple(found)


def _uncertain(column: Column, scenarios: Sequence[Scenario]) -> Uncertain:
    parameters = [one for scenario in scenarios if (one := parameter_in(scenario, column)) is not None]
    if not parameters:
        means = column.name.split(".")[1]
        raise InputError(f"{OPTION} {column.title}: none of the scenarios has {means}, so it changes nothing")
    if any(one.value != parameters[0].value for one in parameters):
        raise InputError(
            f"{OPTION} {column.title}: the scenarios give it different values; moved alike it would take away what "
            "tells them apart"
        )
    low, high = range_of(parameters[0], column.part)
    if not low < high:
        raise InputError(f"{OPTION} {column.title}: has no range, it is {low:g} for sure")
    return Uncertain(column=column, start=start_value(parameters[0], column.part), low=low, high=high)


def parameter_in(scenario: Scenario, column: Column) -> Parameter | None:
    """Return the parameter of a column as a scenario has it, or None for a setting of a means that it has not."""
    if column.name in scenario.parameters:
        return scenario.parameters[column.name]
    _, means, setting = column.name.split(".", 2)
    return next((one.settings[setting] for one in scenario.means if one.id == means), None)


def fitted_box(
    dimensions: Sequence[Uncertain], fit: Ensemble, scenarios: Sequence[Scenario], own: Collection[str]
) -> Box:
    """Return the box of what a fit left: of a fitted parameter the 5th to the 95th percentile of its sets.

    It starts from the median; fitted parameters that do not move are held there. What is `own` to the files of a
    scenario, and what was not fitted, keeps its declared range and start value.
    """
    columns = zip(fit.columns, np.array(fit.rows).T, strict=True)
    usable = {column.title: values for column, values in columns if column.name not in own}
    moved = tuple(_narrowed(one, usable.get(one.title)) for one in dimensions)
    still = [one for one in fit.columns if one.title in usable and not _moves(one, dimensions)]
    there = [column for column in still if any(parameter_in(one, column) is not None for one in scenarios)]
    held = tuple((column, float(np.median(usable[column.title]))) for column in there)
    box = Box(dimensions=moved, held=held)
    for scenario in scenarios:  # both ends must be allowed in all of them
        for point in (np.zeros((1, len(moved))), np.ones((1, len(moved)))):
            sets = box.sets(point)
            with_values(scenario, sets.columns, sets.rows[0], str(fit.path))
    return box


def _moves(column: Column, dimensions: Sequence[Uncertain]) -> bool:
    """Tell whether a column, or a factor on it or on its parts, is among the dimensions."""
    same = [one.column for one in dimensions if one.column.name == column.name]
    return any(column == one or ALL_NUMBERS in (column.part, one.part) for one in same)


def _narrowed(one: Uncertain, values: F64 | None) -> Uncertain:
    if values is None:
        return one
    low, middle, high = (float(end) for end in np.quantile(values, (_FITTED_ENDS[0], 0.5, _FITTED_ENDS[1])))
    if not low < high:
        return one
    return Uncertain(column=one.column, start=middle, low=low, high=high, log=one.log, origin="fitted")
