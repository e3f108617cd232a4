"""Lay out which means are on in which run: a full two-level factorial design, or a regular fraction of it.

Each factor is a column of bits over the p basic bits of a run; in run r a factor is on when the bits of r under
its column are odd in number. A full design has one basic bit per factor. In a fraction of resolution R any R - 1
columns are independent, which is what keeps the effects of low order apart (Box and Hunter 1961). Columns are taken
greedily, smallest first, as in a lexicographic code: 8 factors take 64 runs at resolution V, 17 take 256; at
resolution IV 16 take 32, and 32 take 64.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]
Effect = tuple[int, ...]
"""Factor numbers: one for a main effect, two for an interaction."""

MOST_IN_FULL = 6
"""Up to this many factors every combination is run."""
RESOLUTIONS = (4, 5)
"""Resolutions a fraction may have: IV keeps main effects clear of pairs, V pairs clear of each other too."""
MOST_FACTORS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """Runs of a two-level design: `on[run, factor]`; in the first run nothing is on."""

    factors: tuple[str, ...]
    columns: tuple[int, ...]
    on: Bools

    @property
    def is_full(self) -> bool:
        """Whether every combination is run, so that nothing is mixed with anything."""
        return len(self.on) == 1 << len(self.factors)

    @property
    def all_on(self) -> int | None:
        """The run in which everything is on; a fraction may have none."""
        found = np.flatnonzero(self.on.all(axis=1))
        return int(found[0]) if len(found) else None

    def names(self, run: int) -> tuple[str, ...]:
        """Return the factors that are on in a run."""
        return tuple(name for name, is_on in zip(self.factors, self.on[run], strict=True) if is_on)


def two_level_design(factors: Sequence[str], resolution: int = 5) -> Design:
    """Return the full design of up to six factors, else the smallest fraction of `resolution` (4 or 5).

    Raises ValueError for no factor, a repeated one, too many, or another resolution.
    """
    if not factors or len(set(factors)) < len(factors):
        raise ValueError(f"factors must be there and differ: {', '.join(factors)}")
    if len(factors) > MOST_FACTORS:
        raise ValueError(f"at most {MOST_FACTORS} factors, found {len(factors)}")
    if resolution not in RESOLUTIONS:
        raise ValueError(f"resolution must be one of {RESOLUTIONS}, found {resolution}")
    if len(factors) <= MOST_IN_FULL:
        return _lay_out(factors, [1 << place for place in range(len(factors))], len(factors))
    bits = MOST_IN_FULL - 2
    while len(columns := _columns(bits, resolution - 1, len(factors))) < len(factors):
        bits += 1
    return _lay_out(factors, columns, bits)


def _columns(bits: int, strength: int, wanted: int) -> list[int]:
    """Return up to `wanted` columns of which any `strength` are independent."""
    chosen: list[int] = []
    taken = {0}
    for candidate in range(1, 1 << bits):
        if candidate in taken:
            continue
        chosen.append(candidate)
        if len(chosen) == wanted:
            break
        # What the sum of fewer than `strength` chosen columns reaches would be dependent on them.
        for size in range(strength - 1):
            taken.update(_sum(others) ^ candidate for others in combinations(chosen[:-1], size))
    return chosen


def _sum(columns: Sequence[int]) -> int:
    total = 0
    for column in columns:
        total ^= column
    return total


def _lay_out(factors: Sequence[str], columns: Sequence[int], bits: int) -> Design:
    runs = range(1 << bits)
    on = np.array([[(run & column).bit_count() % 2 == 1 for column in columns] for run in runs], dtype=bool)
    return Design(factors=tuple(factors), columns=tuple(columns), on=on)


def resolution_of(design: Design) -> int | None:
    """Return the resolution: 3, 4, 5, or 6 for VI and more; None for a full design, in which nothing is mixed."""
    if design.is_full:
        return None
    sums = {size: [_sum(group) for group in combinations(design.columns, size)] for size in (1, 2, 3)}
    if set(sums[2]) & set(sums[1]):
        return 3
    if len(set(sums[2])) < len(sums[2]):
        return 4
    return 5 if set(sums[3]) & set(sums[2]) else 6


def mixed_effects(design: Design) -> list[tuple[Effect, ...]]:
    """Return every group of main effects and pairs that the design cannot tell apart, smallest effects first."""
    groups: dict[int, list[Effect]] = {}
    for size in (1, 2):
        for effect in combinations(range(len(design.factors)), size):
            groups.setdefault(_sum([design.columns[factor] for factor in effect]), []).append(effect)
    return [tuple(group) for group in groups.values() if len(group) > 1]
