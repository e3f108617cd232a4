"""Number the parameter sets of a fit and fill in what is not searched: every set is a whole row of the space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.fit_run import ParameterSet
from calibration.implausibility import F64
from calibration.space import ParameterSpace


@dataclass(slots=True)
class Numbering:
    """Numbers sets through the whole fit, so that each meets luck of its own.

    Luck of its own for each set: else what luck does to all sets alike would look like what parameters do, the
    emulators' noise would be too small, and the fit would be to one chance history.
    """

    space: ParameterSpace
    seed: int
    used: int = 0

    def sets(
        self, points: F64, active: Sequence[int], *, idle_at_start: bool = False, luck_in_common: int = 1
    ) -> tuple[ParameterSet, ...]:
        """Return sets at points of the searched dimensions, shape (n, len(active)).

        The other dimensions are anywhere in their range, by the set's number: nothing depends on them, so that they
        stay as uncertain as they are. With `idle_at_start` they have their start values. So many neighbours have
        their luck in common.
        """
        whole = np.tile(self.space.start_point(), (len(points), 1))
        if not idle_at_start:
            numbers = range(self.used, self.used + len(points))
            whole = np.stack([np.random.default_rng([self.seed, one]).random(len(self.space)) for one in numbers])
        whole[:, list(active)] = points
        rows = self.space.values(whole)
        found = tuple(
            ParameterSet(
                number=self.used + place,
                luck=self.used + place - place % luck_in_common,
                row=tuple(float(value) for value in row),
            )
            for place, row in enumerate(rows)
        )
        self.used += len(points)
        return found


def rows_table(sets: Sequence[ParameterSet], titles: Sequence[str]) -> pd.DataFrame:
    """Return the sets as a table that `--ensemble` reads."""
    return pd.DataFrame([one.row for one in sets], columns=list(titles))
