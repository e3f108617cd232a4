"""Read the space a fit moves in: which parameters, within what, on what scale, and which pairs cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.effects import what_is_wrong
from sim.config.ensemble import Column, read_columns
from sim.config.loader import load_means_settings
from sim.config.parts import ALL_NUMBERS, range_of, start_value
from sim.config.scenario import Scenario
from sim.config.unit_cube import kept_inside, points_of, start_of, values_at
from sim.config.yaml_file import Document, read_yaml
from sim.core.parameter import Parameter

SPACE_FILE = Path(__file__).parent / "space.yaml"
F64 = npt.NDArray[np.float64]
Number = Annotated[float, Field(allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Entry(_Strict):
    """One parameter as the file gives it."""

    reason: Annotated[str, Field(min_length=5)]
    low: Number | None = None
    high: Number | None = None
    times: tuple[Number, Number] | None = Field(default=None, strict=False)
    """Factors on the start value in place of `low` and `high`."""
    scale: Literal["linear", "log"] = "linear"
    effects: bool = False
    """Whether it can move an effect though it moves no level: screening on levels does not drop it."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.times is not None and (self.low is not None or self.high is not None):
            raise ValueError("give low and high, or times, not both")
        if self.times is not None and not 0.0 < self.times[0] < 1.0 < self.times[1]:
            raise ValueError("times must be two factors above 0, one below 1 and one above")
        return self


class Pair(_Strict):
    """Two parameters that no figure tells apart."""

    moved: str
    fixed: str
    reason: Annotated[str, Field(min_length=5)]


class _SpaceFile(_Strict):
    parameters: Annotated[dict[str, Entry], Field(min_length=1)]
    pairs: tuple[Pair, ...] = Field(default=(), strict=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One parameter that moves, or a factor on all its numbers."""

    title: str
    column: Column
    start: float
    low: float
    high: float
    log: bool
    effects: bool
    """Whether it is kept whatever a screening on levels says."""
    reason: str

    @property
    def of_means(self) -> bool:
        """Tell whether it is a setting of a means, which no level of today's care can depend on."""
        return self.column.name.startswith("means.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSpace:
    """The box a fit moves in, and what it leaves alone."""

    dimensions: tuple[Dimension, ...]
    pairs: tuple[Pair, ...]

    def __len__(self) -> int:
        return len(self.dimensions)

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return what the numbers of a set are."""
        return tuple(one.column for one in self.dimensions)

    @property
    def titles(self) -> tuple[str, ...]:
        """Return the columns' titles."""
        return tuple(one.title for one in self.dimensions)

    def values(self, points: F64) -> F64:
        """Return parameter values, shape (n, k), of points of the unit cube."""
        # Rounded so that the file says exactly what was run; kept inside after rounding.
        return kept_inside(self.dimensions, np.round(values_at(self.dimensions, points), 10))

    def points(self, values: F64) -> F64:
        """Return points of the unit cube of parameter values."""
        return points_of(self.dimensions, values)

    def only(self, titles: Sequence[str]) -> ParameterSpace:
        """Return the part of the space that these parameters span. Raises KeyError for one that is not there."""
        if missing := sorted(set(titles) - set(self.titles)):
            raise KeyError(missing[0])
        kept = tuple(one for one in self.dimensions if one.title in titles)
        pairs = tuple(pair for pair in self.pairs if pair.moved in titles)
        return ParameterSpace(dimensions=kept, pairs=pairs)

    def start_point(self) -> F64:
        """Return where the start values lie in the unit cube, shape (k,)."""
        return start_of(self.dimensions)


def read_space(scenarios: Sequence[Scenario], path: Path = SPACE_FILE) -> ParameterSpace:
    """Return the checked space; start values are those of the first scenario. Raises InputError with file and line."""
    document = read_yaml(path)
    try:
        file = _SpaceFile.model_validate(dict(document.data))
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
    columns = read_columns(path, list(file.parameters), scenarios)
    found = tuple(_dimension(document, one, file.parameters[one.title], scenarios[0]) for one in columns)
    _check_pairs(document, file.pairs, [one.title for one in found], scenarios[0])
    return ParameterSpace(dimensions=found, pairs=file.pairs)


def parameter_of(column: Column, scenario: Scenario) -> Parameter:
    """Return the parameter a column moves: of the register, or a means' own setting."""
    if column.name in scenario.parameters:
        return scenario.parameters[column.name]
    _, means, setting = column.name.split(".", 2)
    return load_means_settings(means)[setting]


def _dimension(document: Document, column: Column, entry: Entry, scenario: Scenario) -> Dimension:
    parameter = parameter_of(column, scenario)
    where = ("parameters", column.title)
    least, most = range_of(parameter, column.part)
    start = start_value(parameter, column.part)
    low, high = entry.low, entry.high
    if entry.times is not None:
        # Start values move with the evidence; the factors are ours, and give way to the register's range.
        low, high = max(start * entry.times[0], least), min(start * entry.times[1], most)
    low, high = least if low is None else low, most if high is None else high
    if not least <= low < high <= most:
        raise document.error(where, f"must be a range within {least:g} to {most:g}, found {low:g} to {high:g}")
    if entry.scale == "log" and low <= 0:
        raise document.error(where, f"scale: log needs a range above 0, found {low:g} to {high:g}")
    if not low <= start <= high:
        raise document.error(where, f"the range {low:g} to {high:g} must hold the start value {start:g}")
    return Dimension(
        title=column.title,
        column=column,
        start=start,
        low=low,
        high=high,
        log=entry.scale == "log",
        effects=entry.effects or column.name.startswith("means."),
        reason=entry.reason,
    )


def _check_pairs(document: Document, pairs: Sequence[Pair], moved: Sequence[str], scenario: Scenario) -> None:
    """Raise InputError unless one of each pair is moved and the other is a parameter that is not."""
    for place, pair in enumerate(pairs):
        if pair.moved not in moved:
            raise document.error(("pairs", place, "moved"), f"{pair.moved} is not among the parameters")
        if pair.fixed not in scenario.parameters:
            raise document.error(("pairs", place, "fixed"), f"{pair.fixed} is no parameter of the register")
        if any(title.removesuffix(ALL_NUMBERS).split("[")[0] == pair.fixed for title in moved):
            raise document.error(("pairs", place, "fixed"), f"{pair.fixed} is moved too; fix one of the two")
