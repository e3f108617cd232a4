"""Give each verdict on a difference a symbol that a reader can tell without colour."""

from __future__ import annotations

import math
from enum import Enum

from sim.analysis import differences


class Verdict(Enum):
    """What may be said about a difference; the value is the key of its text."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    CHANGED = "changed"
    """Clear, but the outcome has no good direction."""
    NEGLIGIBLE = "negligible"
    """Smaller than the smallest difference worth mentioning."""
    UNCHANGED = "unchanged"
    """Exactly the baseline in every replication."""
    UNTESTED = "untested"
    """One replication: no interval, so nothing can be said."""

    @property
    def symbol(self) -> str:
        """One character that stands for the verdict without any colour."""
        return SYMBOLS[self]


SYMBOLS = {
    Verdict.BETTER: "▲",
    Verdict.WORSE: "▼",
    Verdict.UNCLEAR: "○",
    Verdict.CHANGED: "◆",
    Verdict.NEGLIGIBLE: "≈",
    Verdict.UNCHANGED: "=",
    Verdict.UNTESTED: "?",
}


_MEANING = {
    differences.BETTER: Verdict.BETTER,
    differences.WORSE: Verdict.WORSE,
    differences.UNCLEAR: Verdict.UNCLEAR,
    differences.NEGLIGIBLE: Verdict.NEGLIGIBLE,
    differences.UNCHANGED: Verdict.UNCHANGED,
    differences.ONE_RUN: Verdict.UNTESTED,
    differences.HIGHER: Verdict.CHANGED,
    differences.LOWER: Verdict.CHANGED,
}


def judge(
    low: float,
    high: float,
    better: str,
    *,
    mean: float = math.nan,
    p_adjusted: float = math.nan,
    smallest: float = 0.0,
) -> Verdict:
    """Judge a difference by its interval [low, high] and adjusted test; `better` is lower, higher or neither."""
    said = differences.verdict(better, low, high, mean=mean, p_adjusted=p_adjusted, smallest=smallest)
    return _MEANING[said]
