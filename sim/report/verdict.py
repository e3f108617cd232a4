"""Give each verdict on a difference a symbol that a reader can tell without colour."""

from __future__ import annotations

from enum import Enum

from sim.analysis import differences


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


_MEANING = {
    differences.BETTER: Verdict.BETTER,
    differences.WORSE: Verdict.WORSE,
    differences.UNCLEAR: Verdict.UNCLEAR,
    differences.UNCHANGED: Verdict.UNCHANGED,
    differences.ONE_RUN: Verdict.UNTESTED,
    differences.HIGHER: Verdict.CHANGED,
    differences.LOWER: Verdict.CHANGED,
}


def judge(low: float, high: float, better: str) -> Verdict:
    """Judge a difference by its interval [low, high]; `better` is lower, higher or neither."""
    return _MEANING[differences.verdict(better, low, high)]
