"""Count the futures in which a choice is good enough in all that is required of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.share import share_interval

F64 = npt.NDArray[np.float64]

SATISFICING_COLUMNS = ("group_by", "group", "scenario", "requirement", "share", "low", "high", "n")
ALL_TOGETHER = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """An outcome must be at most, or at least, so much."""

    outcome: str
    at_most: bool
    limit: float

    @property
    def text(self) -> str:
        """Return it as it is typed."""
        return f"{self.outcome}{'<=' if self.at_most else '>='}{self.limit:g}"

    def met(self, values: F64) -> npt.NDArray[np.bool_]:
        """Return where values meet it."""
        return values <= self.limit if self.at_most else values >= self.limit


def satisficing_rows(
    about: Mapping[str, str], options: Sequence[str], required: Mapping[Requirement, F64]
) -> pd.DataFrame:
    """Return in what share of futures each choice meets all requirements together, and each alone.

    `required` holds for each requirement the outcome's values, shape (futures, choices).
    """
    met = {one.text: one.met(values) for one, values in required.items()}
    met = {ALL_TOGETHER: np.logical_and.reduce(list(met.values())), **met}
    rows = []
    for place, option in enumerate(options):
        for requirement, whether in met.items():
            n, count = len(whether), int(whether[:, place].sum())
            low, high = share_interval(count, n)
            numbers = {"share": count / n, "low": low, "high": high, "n": n}
            rows.append({**about, "scenario": option, "requirement": requirement, **numbers})
    return pd.DataFrame(rows, columns=list(SATISFICING_COLUMNS))
