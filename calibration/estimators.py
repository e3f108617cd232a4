"""Estimate what a study would have reported: rates, ratios, odds ratios and differences, each with an interval.

Everything is a combination of logs (or logits, or plain means) of `sum(events) / sum(exposure)`. Each of these has an
influence per person: how much that person moves it. Influences of the same person add up, so that one rule gives the
interval of a comparison of two groups, of the same people before and after, and of the same people in two worlds
(Huber 1967; for clustered counts Liang & Zeger 1986). It asks for no Poisson distribution: use of care is clustered.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.stats import beta, norm

Values = npt.NDArray[np.float64]
Estimator = Literal["rate_ratio", "relative_change", "odds_ratio", "difference", "share"]
"""How a result is expressed: 0.8, -0.2, an odds ratio, a difference in the outcome's unit, a level."""

_LINK: dict[str, Literal["log", "logit", "identity"]] = {
    "rate_ratio": "log",
    "relative_change": "log",
    "odds_ratio": "logit",
    "difference": "identity",
    "share": "identity",
}
_TAIL = 0.025
_Z = float(norm.ppf(1.0 - _TAIL))


@dataclass(frozen=True, slots=True)
class Term:
    """A mean rate on the scale of its link, and the influence of each row on it (per person of the row)."""

    value: float
    influence: Values
    size: float = np.nan
    """Exposure that a rate is of; NaN for a combination of rates."""

    def __sub__(self, other: Term) -> Term:
        return Term(self.value - other.value, self.influence - other.influence)

    def __add__(self, other: Term) -> Term:
        return Term(self.value + other.value, self.influence + other.influence)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its 95 % interval; NaN where it cannot be told."""

    value: float
    low: float
    high: float

    def contains(self, number: float) -> bool:
        """Tell whether a number lies in the interval."""
        return self.low <= number <= self.high


def mean_rate(
    events: Values, exposure: Values, who: npt.NDArray[np.bool_], how: Estimator, *, people: Values, weights: Values
) -> Term:
    """Return `sum(events) / sum(exposure)` of the rows in `who` on the scale of the estimator's link.

    One row stands for `people` alike, each of whom counts `weights` times; weights are taken as fixed. NaN without
    events where a logarithm is taken.
    """
    weight = np.where(who, weights, 0.0)
    count = weight * people
    exposed = float(np.sum(count * exposure))
    rate = float(np.sum(count * events)) / exposed if exposed > 0 else np.nan
    surprise = weight * (events - rate * exposure)
    link = _LINK[how]
    if link == "identity":
        return Term(rate, surprise / exposed if exposed > 0 else np.full(len(events), np.nan), exposed)
    slope = rate * (1.0 - rate) if link == "logit" else rate
    if not (slope > 0.0):
        return Term(np.nan, np.full(len(events), np.nan))
    value = np.log(rate / (1.0 - rate)) if link == "logit" else np.log(rate)
    return Term(float(value), surprise / (exposed * slope))


def estimate(term: Term, people: Values, how: Estimator) -> Estimate:
    """Return a term as it is reported, with its interval; `people` are those whom a row stands for."""
    if how == "share" and np.isfinite(term.size):
        return estimate_share(term, people)
    spread = _spread(term, people)
    return Estimate(*(as_reported(x, how) for x in (term.value, term.value - spread, term.value + spread)))


def estimate_share(term: Term, people: Values) -> Estimate:
    """Return one share with its interval by Korn & Graubard (1998), which never leaves 0 to 1.

    Clopper and Pearson's for as many independent answers as tell as much as these; where all answer alike, for all.
    """
    share = term.value
    if not 0.0 <= share <= 1.0:
        return Estimate(share, np.nan, np.nan)
    variance = float(np.sum(people * term.influence**2))
    answers = share * (1.0 - share) / variance if variance > 0.0 else term.size
    yes, no = share * answers, (1.0 - share) * answers
    low = float(beta.ppf(_TAIL, yes, no + 1.0)) if yes > 0.0 else 0.0
    high = float(beta.ppf(1.0 - _TAIL, yes + 1.0, no)) if no > 0.0 else 1.0
    return Estimate(share, low, high)


def _spread(term: Term, people: Values) -> float:
    """Return half the width of the 95 % interval on the scale of the link."""
    return _Z * float(np.sqrt(np.sum(people * term.influence**2)))


def as_reported(value: float, how: Estimator) -> float:
    """Return a number on the scale of the link as it is published."""
    if how in ("rate_ratio", "odds_ratio"):
        return float(np.exp(value))
    return float(np.expm1(value)) if how == "relative_change" else value


def share_not_by_means(whole: Term, caused: Term, people: Values) -> float:
    """Return the share of a reported effect that the means did not cause; NaN where the effect may be none at all.

    On the scale of the link, where causes add up: regression to the mean, selection, chance between groups and
    spill-over to those compared with. Below 0: the study shows less than the means does.
    """
    if not (abs(whole.value) > _spread(whole, people)):
        return np.nan
    return 1.0 - caused.value / whole.value
