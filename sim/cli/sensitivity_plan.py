"""Lay out the runs of a sensitivity analysis: which parameter sets, how many runs each, with whose luck."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.sensitivity_parameters import Chosen, Ranges, choose_parameters
from sim.config.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from sim.config.ensemble import Ensemble
    from sim.config.scenario import Scenario
    from sim.config.uncertain import Box

    F64 = npt.NDArray[np.float64]


class Method(StrEnum):
    """How parameters are moved."""

    TORNADO = "tornado"
    MORRIS = "morris"
    SOBOL = "sobol"
    INFORMATION = "information"


REPLICATIONS = {Method.TORNADO: 4, Method.MORRIS: 2, Method.SOBOL: 2, Method.INFORMATION: 1}
"""Runs of each parameter set. A tornado needs intervals of its own; of a sample of sets many are worth more."""
_SETS_PER_PARAMETER, _FEWEST_SETS = 10, 64
"""Runs for an emulator: ten a dimension (Loeppky, Sacks and Welch 2009)."""
_INFORMATION_SETS = 256
SECOND_ORDER_UP_TO = 15
"""Parameters up to which pairs are looked at by default: their number grows with the square."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The options that say which sets there are."""

    method: Method
    names: tuple[str, ...] = ()
    ranges: Ranges = Ranges.FITTED
    ensemble: Path | None = None
    sets: int | None = None
    trajectories: int = 10
    base: int = 1024
    direct: bool = False
    second_order: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The parameter sets of an analysis."""

    method: Method
    box: Box
    points: F64
    """Where they lie in the unit cube of the box, shape (sets, k)."""
    sets: Ensemble
    common_luck: bool
    source: str
    """declared, fitted or ensemble: where the sets come from."""
    direct: bool = False
    second_order: bool = False
    base: int = 0

    @property
    def is_sample(self) -> bool:
        """Whether the sets stand for what may be true, so that shares of them mean something."""
        return self.method in (Method.SOBOL, Method.INFORMATION)


def lay_out(asked: Asked, scenarios: Sequence[Scenario], seed: int) -> Layout:
    """Return the parameter sets. Raises InputError for options that do not fit."""
    _check(asked)
    if asked.method is Method.INFORMATION and (found := _given_sets(asked, scenarios)) is not None:
        return found
    chosen = choose_parameters(asked.names, asked.ranges, scenarios)
    layout = _designed(asked, chosen, max(seed, 1))
    _check_inside(layout, scenarios)
    return layout


def lay_out_futures(asked: Asked, scenarios: Sequence[Scenario], seed: int) -> Layout:
    """Return parameter sets that stand for what may be true: `sets` of them, of a file all unless said.

    They are those of the file or the fit, else a Latin hypercube. Raises InputError for options that do not fit.
    """
    from scipy.stats import qmc

    if (found := _given_sets(asked, scenarios)) is not None:
        return found
    assert asked.sets is not None, "only a file says by itself how many there are"
    chosen = choose_parameters(asked.names, asked.ranges, scenarios)
    points = qmc.LatinHypercube(len(chosen.box.dimensions), seed=max(seed, 1)).random(asked.sets)
    layout = Layout(
        method=Method.INFORMATION,
        box=chosen.box,
        points=points,
        sets=chosen.box.sets(points),
        common_luck=False,
        source="declared" if chosen.fit is None else "fitted",
    )
    _check_inside(layout, scenarios)
    return layout


def _check(asked: Asked) -> None:
    rules = (
        ("--trajectories", asked.trajectories, asked.trajectories >= 2, "2 or more"),
        ("--base", asked.base, asked.base >= 2 and not asked.base & (asked.base - 1), "a power of 2 such as 1024"),
        ("--sets", asked.sets, asked.sets is None or asked.sets >= 1, "1 or more"),
    )
    for option, value, is_right, expected in rules:
        if not is_right:
            raise InputError(f"{option}: must be {expected}, found {value}")
    if asked.ensemble is not None and asked.method is not Method.INFORMATION:
        raise InputError(f"--ensemble: is for --method information; {asked.method} lays out sets of its own")


def _given_sets(asked: Asked, scenarios: Sequence[Scenario]) -> Layout | None:
    """Return the sets of the user's file, else of the fit; None without any, or when ranges or names are asked for."""
    from sim.config.ensemble import read_ensemble
    from sim.config.fit import find_fit

    fitted = asked.ranges is Ranges.FITTED and not asked.names
    path = asked.ensemble or (find_fit(scenarios[0].place.id) if fitted else None)
    if path is None:
        return None
    sets = read_ensemble(path, scenarios)
    if asked.sets is not None:
        sets = replace(sets, rows=sets.rows[: asked.sets])
    _enough(len(sets), 0, path=str(path))
    return _as_layout(sets, "ensemble" if asked.ensemble else "fitted", scenarios)


def _as_layout(sets: Ensemble, source: str, scenarios: Sequence[Scenario]) -> Layout:
    """Return sets as they are; the box is what they span, columns that never change left out."""
    import numpy as np

    from sim.config.ensemble import digest_of
    from sim.config.uncertain import Box, Uncertain, parameter_in

    values = np.array(sets.rows, np.float64)
    moving = [
        place
        for place, column in enumerate(sets.columns)
        if np.ptp(values[:, place]) > 0.0 and any(parameter_in(one, column) is not None for one in scenarios)
    ]
    if not moving:
        raise InputError(f"{sets.path}: no parameter that the scenarios have changes from set to set")
    dimensions = tuple(
        Uncertain(
            column=sets.columns[place],
            start=float(np.median(values[:, place])),
            low=float(values[:, place].min()),
            high=float(values[:, place].max()),
            origin="fitted" if source == "fitted" else "ensemble",
        )
        for place in moving
    )
    box = Box(dimensions=dimensions)
    digest = digest_of([column.title for column in sets.columns], sets.rows)
    points = box.points(values[:, moving])
    return Layout(
        method=Method.INFORMATION,
        box=box,
        points=points,
        sets=replace(sets, digest=digest),
        common_luck=False,
        source=source,
    )


def _designed(asked: Asked, chosen: Chosen, seed: int) -> Layout:
    """Return the sets that a method needs over the box."""
    box, dimensions = chosen.box, len(chosen.box.dimensions)
    second = dimensions <= SECOND_ORDER_UP_TO if asked.second_order is None else asked.second_order
    second = second and dimensions > 1
    direct = asked.direct and asked.method is Method.SOBOL
    points = _points(asked, box, seed, second_order=second)
    return Layout(
        method=asked.method,
        box=box,
        points=points,
        sets=box.sets(points),
        # One luck for all where points are compared one by one; its own for each where luck is smoothed away.
        common_luck=direct or asked.method in (Method.TORNADO, Method.MORRIS),
        source="declared" if chosen.fit is None else "fitted",
        direct=direct,
        second_order=second and asked.method is Method.SOBOL,
        base=asked.base if asked.method is Method.SOBOL else 0,
    )


def _points(asked: Asked, box: Box, seed: int, *, second_order: bool) -> F64:
    from scipy.stats import qmc

    from sim.analysis.screening import screening_design
    from sim.analysis.sobol import sobol_design
    from sim.analysis.tornado import tornado_design

    dimensions = len(box.dimensions)
    if asked.method is Method.TORNADO:
        return tornado_design(box.start())
    if asked.method is Method.MORRIS:
        return screening_design(dimensions, asked.trajectories, seed=seed)
    if asked.method is Method.SOBOL and asked.direct:
        return sobol_design(dimensions, asked.base, second_order=second_order, seed=seed)
    fewest = max(_FEWEST_SETS, _SETS_PER_PARAMETER * dimensions)
    count = asked.sets or (fewest if asked.method is Method.SOBOL else max(_INFORMATION_SETS, fewest // 2))
    _enough(count, dimensions)
    return qmc.LatinHypercube(dimensions, seed=seed).random(count)


def _enough(count: int, dimensions: int, path: str = "--sets") -> None:
    from sim.analysis.information import FEWEST

    least = max(FEWEST, dimensions + 3)
    if count < least:
        raise InputError(f"{path}: at least {least} parameter sets are needed, found {count}")


def _check_inside(layout: Layout, scenarios: Sequence[Scenario]) -> None:
    """Raise InputError unless every set may be laid over every scenario."""
    from sim.config.ensemble import with_parameters

    for scenario in scenarios:
        for number in range(len(layout.sets)):
            with_parameters(scenario, layout.sets, number)
