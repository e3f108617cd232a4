"""Stack the chosen outcomes of several scenarios, replication by replication, so that they can be set off in pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]

JUDGED_CELL = ("group_by", "group", "outcome", "unit", "aim", "better")


def chosen_cells(runs: Matrix, chosen: Sequence[Outcome]) -> tuple[Matrix, pd.DataFrame]:
    """Return the runs with the cells of these outcomes only, in their order, and a table of what each cell is."""
    about = {one.id: one for one in chosen}
    matrix = runs.take(np.flatnonzero(runs.cells["outcome"].isin(list(about)).to_numpy())).by_outcome(about)
    names = matrix.cells["outcome"].tolist()
    cells = matrix.cells.assign(aim=[about[name].aim for name in names], better=[about[name].better for name in names])
    return matrix, cells[list(JUDGED_CELL)]


def stacked(matrix: Matrix, scenarios: Sequence[str]) -> F64:
    """Return the values of scenarios, shape (scenarios, replications, cells); NaN where a run has none."""
    count = int(matrix.runs["replication"].max()) + 1
    found = np.full((len(scenarios), count, len(matrix.cells)), np.nan)
    for place, name in enumerate(scenarios):
        own = matrix.of(name)
        found[place, own.runs["replication"].to_numpy()] = own.values
    return found
