"""Take out of many runs what a sensitivity analysis follows: an outcome, or its difference between two scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """An outcome of a group of people in a scenario, less that in another one on the same people with the same luck."""

    scenario: str
    against: str | None
    group_by: str
    group: str
    outcome: Outcome

    def about(self) -> dict[str, str]:
        """Return the columns that name it in a table."""
        return {
            "scenario": self.scenario,
            "against": self.against or "",
            "group_by": self.group_by,
            "group": self.group,
            **self.outcome.about(),
        }


class UnusableError(ValueError):
    """Values that no index may be computed from: some are missing, or are not finite."""

    def __init__(self, unusable: int, values: int, first: int) -> None:
        """Keep how many of how many values are unusable, and the number of the first parameter set with one."""
        super().__init__(f"{unusable} of {values} values are missing or not finite, first in parameter set {first}")
        self.unusable, self.values, self.first = unusable, values, first

    def told(self, about: Mapping[str, str]) -> dict[str, Any]:
        """Return what a receipt says of it, beside what the values are about."""
        return {**about, "why": "not_finite", "unusable": self.unusable, "values": self.values, "first": self.first}


def values_of(outcomes: Matrix, quantity: Quantity, sets: int, replications: int) -> F64:
    """Return values, shape (sets, replications); runs are numbered on through the sets.

    Raises UnusableError when a run is missing, or has no value, or one that is not finite: nothing is filled in.
    """
    values = levels_of(outcomes, quantity.scenario, quantity, sets * replications)
    if quantity.against is not None:
        with np.errstate(invalid="ignore"):  # infinite less infinite: found just below
            values = values - levels_of(outcomes, quantity.against, quantity, sets * replications)
    usable = np.isfinite(values)
    if not usable.all():
        first = int(np.flatnonzero(~usable)[0]) // replications
        raise UnusableError(int((~usable).sum()), len(values), first)
    return values.reshape(sets, replications)


def levels_of(outcomes: Matrix, scenario: str, quantity: Quantity, runs: int) -> F64:
    """Return the outcome of a scenario by number of the run; NaN where there is none."""
    own = outcomes.of(scenario).where(
        outcome=quantity.outcome.id, group_by=quantity.group_by, group=quantity.group
    )  # fmt: skip
    found = np.full(runs, np.nan)
    if own.values.shape[1]:
        found[own.runs["replication"].to_numpy(np.int64)] = own.values[:, 0]
    return found
