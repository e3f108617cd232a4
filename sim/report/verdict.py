"""Say whether a difference is better, worse or not clear, from its interval and which way is good."""

from __future__ import annotations

import math
from enum import Enum


class Verdict(Enum):
    """What may be said about a difference; the value is the key of its text."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    CHANGED = "changed"
    """Clear, but the outcome has no good direction."""
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
    Verdict.UNCHANGED: "=",
    Verdict.UNTESTED: "?",
}


def judge(mean: float, low: float, high: float, better: str) -> Verdict:
    """Judge a difference `mean` with interval [low, high]; `better` is lower, higher or neither."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return Verdict.UNTESTED
    if mean == low == high == 0.0:
        return Verdict.UNCHANGED
    if low <= 0.0 <= high:
        return Verdict.UNCLEAR
    if better == "neither":
        return Verdict.CHANGED
    return Verdict.BETTER if (mean < 0.0) == (better == "lower") else Verdict.WORSE
