"""Confirm mixes with luck that the search did not see: what they gain, which beat which, and how much was luck.

The best of many noisy figures looks better than it is (the winner's curse). So the mixes that a search has picked are
run again with other luck and, where there is a fit, other parameter sets; only those runs count for what is reported,
and the difference tells how much the search had flattered them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.allocation_aims import Budget, Judged
from sim.analysis.bootstrap import resample_counts
from sim.analysis.differences import intervals_of
from sim.analysis.judgement import judgement
from sim.analysis.ranks import holm, paired_p

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

CHOICE = "choice_"
"""Before the name of a choice in the columns of both tables."""
TRIED_COLUMNS = (
    *("mix", "generation", "is_today", "score", "sek", "hours"),
    *("within_budget", "on_front", "confirmed", "n"),
)
"""Columns of allocation.csv, with those of each choice and aim between `is_today` and `score`."""
FRONT_COLUMNS = (
    *("mix", "label", "title", "is_today"),
    *("score", "score_low", "score_high", "searched_score", "optimism"),
    *("sek", "sek_low", "sek_high", "hours", "hours_low", "hours_high", "within_budget", "share_within"),
    *("on_front", "share_on_front", "best", "share_best", "behind", "behind_low", "behind_high", "clearly_behind", "n"),
)
"""Columns of front.csv, with those of each aim (`health`, `health_low`, `health_high`) after `is_today`, and of each
choice at the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choosing:
    """Which of the confirmed mixes is chosen, and what choosing that way is worth."""

    best: int | None
    """Position of the best mix within the budget; None when none is."""
    checked_score: float
    """Score of what the other runs would choose, run by run: free of the luck of choosing. NaN with one run."""
    searched_best: int | None
    """Position of the one that the search had taken for the best."""


def on_front(gains: F64) -> Bools:
    """Tell which rows no other row dominates: as good in every aim and better in one; shape (mixes, aims)."""
    as_good = (gains[:, None, :] >= gains[None, :, :]).all(axis=2)
    better = (gains[:, None, :] > gains[None, :, :]).any(axis=2)
    return np.asarray(~(as_good & better).any(axis=0))


def to_confirm(searched: Judged, within: Bools, most: int) -> list[int]:
    """Return positions of the mixes that are run again, at most `most` of those within the budget.

    First the best by weights and the best in each aim, then the others of the front, then those that were close, each
    by score: what looked second may be the first.
    """
    score, gains = searched.scores.mean(axis=1), searched.objectives
    allowed = np.flatnonzero(within)
    if not len(allowed):
        return []
    by_score = allowed[np.argsort(-score[allowed], kind="stable")].tolist()
    best_of_aims = [int(allowed[gains[allowed, aim].argmax()]) for aim in range(gains.shape[1])]
    front = set(allowed[on_front(gains[allowed])].tolist())
    first = [by_score[0], *best_of_aims, *(one for one in by_score if one in front), *by_score]
    return list(dict.fromkeys(first))[:most]


def choose(confirmed: Judged, within: Bools, searched_score: F64) -> Choosing:
    """Choose the best mix by its confirmed score, and check the choice by leaving each run out in turn."""
    allowed = np.flatnonzero(within)
    if not len(allowed):
        return Choosing(best=None, checked_score=np.nan, searched_best=None)
    scores = confirmed.scores[allowed]
    n = scores.shape[1]
    checked = np.nan
    if n > 1:
        others = (scores.sum(axis=1, keepdims=True) - scores) / (n - 1)
        checked = float(scores[others.argmax(axis=0), np.arange(n)].mean())
    return Choosing(
        best=int(allowed[scores.mean(axis=1).argmax()]),
        checked_score=checked,
        searched_best=int(allowed[searched_score[allowed].argmax()]),
    )


def front_table(
    confirmed: Judged,
    budget: Budget,
    searched_score: F64,
    titles: Sequence[str],
    aims: Sequence[str],
    today: str | None,
    *,
    of_next_run: bool,
) -> tuple[pd.DataFrame, Choosing]:
    """Return one row per confirmed mix, the best first, and how it was chosen.

    Intervals are as in differences.csv (`of_next_run`: of one more parameter set). A mix counts as within the budget by
    its mean over the runs. Shares on the front and as the best are of resamples of the runs, all mixes together.
    """
    within = budget.allows(confirmed.sek.mean(axis=1), confirmed.hours.mean(axis=1))
    chosen = choose(confirmed, within, searched_score)
    score = confirmed.scores.mean(axis=1)
    front, share_front, share_best = _shares(confirmed, within)
    columns: dict[str, object] = {
        "mix": list(confirmed.ids),
        "title": list(titles),
        "is_today": [name == today for name in confirmed.ids],
        **_interval("score", confirmed.scores, of_next_run),
        "searched_score": searched_score,
        "optimism": searched_score - score,
        **_interval("sek", confirmed.sek, of_next_run),
        **_interval("hours", confirmed.hours, of_next_run),
        "within_budget": within,
        "share_within": _share_within(confirmed, budget),
        "on_front": front,
        "share_on_front": share_front,
        "best": np.arange(len(within)) == chosen.best,
        "share_best": share_best,
        **_behind(confirmed, chosen.best, of_next_run),
        "n": confirmed.gains.shape[1],
    }
    for place, aim in enumerate(aims):
        columns |= _interval(aim, confirmed.gains[:, :, place], of_next_run)
    table = pd.DataFrame(columns)
    ordered = table.assign(order=-score).sort_values(["within_budget", "order"], ascending=[False, True], kind="stable")
    ordered["label"] = [letter(place) for place in range(len(ordered))]
    own = [f"{aim}{end}" for aim in aims for end in ("", "_low", "_high")]
    return ordered[[*FRONT_COLUMNS[:4], *own, *FRONT_COLUMNS[4:]]].reset_index(drop=True), chosen


def letter(place: int) -> str:
    """Return A, B ... Z, A1, B1 ...: short names for figures."""
    turn, one = divmod(place, 26)
    return chr(ord("A") + one) + (str(turn) if turn else "")


def _interval(name: str, values: F64, of_next_run: bool) -> dict[str, F64]:
    """Return mean and 95 % interval of each row, shape (mixes, replications)."""
    return dict(zip((name, f"{name}_low", f"{name}_high"), intervals_of(values.T, of_next_run), strict=True))


def _share_within(confirmed: Judged, budget: Budget) -> F64:
    """Return the share of runs in which a mix is within the budget."""
    runs = confirmed.sek.shape[1]
    allowed = [budget.allows(confirmed.sek[:, run], confirmed.hours[:, run]) for run in range(runs)]
    return np.asarray(np.mean(allowed, axis=0))


def _shares(confirmed: Judged, within: Bools) -> tuple[Bools, F64, F64]:
    """Return which mixes are on the front, and in what share of resamples they are on it, and the best.

    Only mixes within the budget compete; with one run there is nothing to resample (NaN).
    """
    mixes, runs = confirmed.scores.shape
    allowed = np.flatnonzero(within)
    front, share_front, share_best = np.zeros(mixes, np.bool_), np.full(mixes, np.nan), np.full(mixes, np.nan)
    if not len(allowed):
        return front, share_front, share_best
    front[allowed] = on_front(confirmed.objectives[allowed])
    if runs < 2:
        return front, share_front, share_best
    gains, scores = confirmed.gains[allowed][:, :, confirmed.weights > 0.0], confirmed.scores[allowed]
    counts = resample_counts(runs) / runs
    found = np.mean([on_front(np.einsum("mra,r->ma", gains, count)) for count in counts], axis=0)
    best = np.bincount((scores @ counts.T).argmax(axis=0), minlength=len(allowed)) / len(counts)
    share_front[allowed], share_best[allowed] = found, best
    return front, share_front, share_best


def _behind(confirmed: Judged, best: int | None, of_next_run: bool) -> dict[str, object]:
    """Return how far each mix is behind the best, pair by pair, and whether that is clear for so many comparisons."""
    mixes, runs = confirmed.scores.shape
    if best is None:
        nothing = dict.fromkeys(("behind", "behind_low", "behind_high"), np.full(mixes, np.nan))
        return {**nothing, "clearly_behind": np.zeros(mixes, np.bool_)}
    lead = confirmed.scores[best] - confirmed.scores
    others = np.flatnonzero(np.arange(mixes) != best)
    clear = np.zeros(mixes, np.bool_)
    found = _interval("behind", lead, of_next_run)
    if runs > 1 and len(others):
        p_values = holm(paired_p(lead[others], of_next_run=of_next_run))
        clear[others] = (p_values < judgement().clear_level) & (found["behind_low"][others] > 0.0)
    return {**found, "clearly_behind": clear}
