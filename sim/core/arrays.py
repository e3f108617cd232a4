"""Short names for the array types that the whole model uses."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import numpy.typing as npt

F = npt.NDArray[np.floating[Any]]
"""Real numbers."""
I = npt.NDArray[np.integer[Any]]  # noqa: E741  # indices, as in mathematics
"""Whole numbers: indices and counts."""
B = npt.NDArray[np.bool_]
"""Yes or no."""
U64 = npt.NDArray[np.uint64]
"""Random bits and keys of luck."""


def table_of(members: Collection[int], size: int) -> B:
    """Return a table that says of each number below `size` whether it is a member: looked up faster than searched."""
    table = np.zeros(size, bool)
    table[list(members)] = True
    return table


def positions(hits: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Return where a row of answers is yes: `np.flatnonzero` for one dimension, without its detours."""
    return hits.nonzero()[0]
