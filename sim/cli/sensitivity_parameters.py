"""Choose the parameters that a sensitivity analysis moves, and within what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.config.ensemble import Ensemble
    from sim.config.scenario import Scenario
    from sim.config.uncertain import Box, Uncertain

ALL, FITTED = "all", "fitted"


class Ranges(StrEnum):
    """Within what parameters move."""

    FITTED = "fitted"
    DECLARED = "declared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The box, and the fit it comes from where there is one."""

    box: Box
    fit: Ensemble | None


def choose_parameters(names: Sequence[str], ranges: Ranges, scenarios: Sequence[Scenario]) -> Chosen:
    """Return what moves: the parameters named, `all` of them, those `fitted`, or without names the space of a fit.

    Raises InputError for one that cannot be moved.
    """
    from sim.config.ensemble import read_ensemble
    from sim.config.fit import find_fit, set_by_hand
    from sim.config.uncertain import Box, fitted_box

    path = find_fit(scenarios[0].place.id) if ranges is Ranges.FITTED else None
    fit = None if path is None else read_ensemble(path, scenarios)
    dimensions = _dimensions([part.strip() for one in names for part in one.split(",") if part.strip()], scenarios)
    if fit is None:
        return Chosen(box=Box(dimensions=dimensions), fit=None)
    own = frozenset[str]().union(*(set_by_hand(scenario) for scenario in scenarios))
    return Chosen(box=fitted_box(dimensions, fit, scenarios, own), fit=fit)


def _dimensions(names: Sequence[str], scenarios: Sequence[Scenario]) -> tuple[Uncertain, ...]:
    from sim.config.uncertain import declared_box, every_title

    if not names:
        return _space(scenarios)
    if tuple(names) == (ALL,):
        return declared_box(every_title(scenarios), scenarios, chosen=False)
    if tuple(names) == (FITTED,):
        return declared_box(_fitted_titles(scenarios), scenarios, chosen=False)
    if wrong := [name for name in names if name in (ALL, FITTED)]:
        raise InputError(f"--parameters {wrong[0]}: stands alone; give it, or names of parameters")
    return declared_box(names, scenarios, chosen=True)


def _fitted_titles(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    from sim.config.ensemble import read_ensemble
    from sim.config.fit import find_fit

    path = find_fit(scenarios[0].place.id)
    if path is None:
        raise InputError("--parameters fitted: there is no fit; give names, or all")
    return tuple(column.title for column in read_ensemble(path, scenarios).columns)


def _space(scenarios: Sequence[Scenario]) -> tuple[Uncertain, ...]:
    """Return the parameters a fit moves, within its ranges, as far as the scenarios have them."""
    from calibration.space import read_space
    from sim.config.uncertain import declared_box

    space = {one.title: one for one in read_space(scenarios).dimensions}
    found = []
    for one in declared_box(list(space), scenarios, chosen=False):
        narrow = space[one.title]
        # A scenario's own value may lie outside the range that a fit searches.
        low, high = min(narrow.low, one.start), max(narrow.high, one.start)
        found.append(replace(one, low=low, high=high, log=narrow.log, origin="space"))
    return tuple(found)
