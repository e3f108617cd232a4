"""Find the box of parameters in which a choice fails, if there is one: scenario discovery with a small tree.

A classification tree (Breiman et al. 1984) splits the futures; of its nodes the box is the one that holds most more
failing futures than its share of all futures would (weighted relative accuracy, Lavrac, Flach and Zupan 1999). Trees
are one of the two usual methods of scenario discovery (Lempert, Bryant and Bankes 2008). How deep the tree may go is
chosen by cross-validation, and everything, that choice included, is repeated with the futures' fates shuffled: only
a box that is better on futures it has not seen than nearly all such shuffles is worth a name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import sklearn
from scipy.stats import rankdata
from sklearn.tree import DecisionTreeRegressor

from sim.core.luck import Luck
from sim.core.purposes import Purpose

F64 = npt.NDArray[np.float64]
F32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Folds = Sequence[tuple[Bools, Bools]]

FEWEST = 20
"""Futures without which nothing is looked for."""
FEWEST_OF_A_KIND = 5
"""Failing futures, and others, without which nothing is looked for: one for every fold."""
DEEPEST = 3
"""Limits a box may have at most; more cannot be kept in mind."""
SHUFFLES = 199
SHUFFLES_AT_MOST = 100_000
CERTAIN = 0.025
"""A region is named where luck does as well in fewer than this share of the shuffles: to name one is a strong claim."""
_ENOUGH_BETTER = 10
"""After so many shuffles that do as well the box is chance for sure, and the rest is left out (Besag and Clifford
1991)."""
_LEAF_SHARE, _LEAF_FEWEST = 0.05, 5
"""Least part of the futures, and least number, in a node."""
_FOLDS, _REPEATS = 5, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What a box asks of one parameter; an end that is infinite asks nothing."""

    dimension: int
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A region of parameters: above `low` and up to `high` in every dimension with a limit."""

    limits: tuple[Limit, ...]
    """The one that was found first, which tells most, first."""

    def holds(self, points: F64) -> Bools:
        """Return which of the points, shape (n, k), lie inside."""
        inside = np.ones(len(points), np.bool_)
        for one in self.limits:
            inside &= (points[:, one.dimension] > one.low) & (points[:, one.dimension] <= one.high)
        return inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """The best box of some futures, how it does on futures it has not seen, and how easily luck does as well."""

    box: Box
    p_value: float
    """Share of shuffles that find as much on unseen futures, this one counted among them."""
    unseen_density: float
    """Share of the unseen futures inside that fail; NaN when none lies inside."""
    unseen_coverage: float
    """Share of the failing unseen futures that lie inside."""


def can_be_looked_for(fails: Bools) -> bool:
    """Tell whether there are futures enough, failing and others."""
    kinds = (int(fails.sum()), int((~fails).sum()))
    return len(fails) >= FEWEST and min(kinds) >= FEWEST_OF_A_KIND


def find_region(points: F64, fails: Bools, *, seed: int = 1, shuffles: int = SHUFFLES) -> Region:
    """Return the best box of futures at `points`, shape (n, k), some of which fail.

    Raises ValueError for values that are not finite and when `can_be_looked_for` says no.
    """
    if points.ndim != 2 or fails.shape != (len(points),):
        raise ValueError(f"expected points (n, k) and fates (n,), found {points.shape}, {fails.shape}")
    if not np.isfinite(points).all():
        raise ValueError(f"points must be finite; {np.count_nonzero(~np.isfinite(points))} values are not")
    if not can_be_looked_for(fails):
        raise ValueError(f"{int(fails.sum())} of {len(fails)} futures fail: too few of a kind to look for a region")
    narrow = np.ascontiguousarray(points, np.float32)  # what the trees compute with
    with sklearn.config_context(assume_finite=True, skip_parameter_validation=True):
        folds = list(_folds(len(fails), seed))
        found = _cross_validated(points, narrow, fails, folds, seed)
        p_value = _by_luck(points, narrow, fails, folds, found.score, seed, shuffles)
        box = _best_box(points, narrow, fails, seed)[found.depth - 1]
    return Region(
        box=box, p_value=p_value, unseen_density=found.density, unseen_coverage=found.coverage
    )  # fmt: skip


def separation(points: F64, fails: Bools) -> F64:
    """Return how well each parameter alone tells failing futures from others, 0 = not at all, 1 = fully.

    Twice the distance of the area under the receiver operating curve from one half; 0 where all fail or none.
    """
    failing, others = int(fails.sum()), int((~fails).sum())
    if not failing or not others:
        return np.zeros(points.shape[1])
    ranks = np.asarray(rankdata(points, axis=0), np.float64)
    area = (ranks[fails].sum(axis=0) - failing * (failing + 1) / 2) / (failing * others)
    return np.asarray(np.abs(2.0 * area - 1.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Unseen:
    """What boxes of the chosen depth find on futures that were left out of their making."""

    depth: int
    score: float
    density: float
    coverage: float


def _cross_validated(points: F64, narrow: F32, fails: Bools, folds: Folds, seed: int) -> _Unseen:
    """Choose the depth: the least that is not worse than the best by more than one standard error.

    It is the rule of Breiman et al. (1984), the error that of the paired difference between depths, fold by fold.
    """
    base = float(fails.mean())
    inside, hits, whole = (np.zeros((len(folds), DEEPEST)) for _ in range(3))
    for row, (train, test) in enumerate(folds):
        for place, box in enumerate(_best_box(points[train], narrow[train], fails[train], seed)):
            held = box.holds(points[test]) if box.limits else np.zeros(int(test.sum()), np.bool_)
            inside[row, place], hits[row, place], whole[row, place] = held.sum(), fails[test][held].sum(), test.sum()
    scores = (hits - base * inside) / whole
    mean = scores.mean(axis=0)
    worse = scores[:, [int(np.argmax(mean))]] - scores
    depth = int(np.argmax(worse.mean(axis=0) <= worse.std(axis=0, ddof=1) / np.sqrt(len(folds))))
    within, hit = inside[:, depth].sum(), hits[:, depth].sum()
    return _Unseen(
        depth=depth + 1,
        score=float(mean[depth]),
        density=float(hit / within) if within else np.nan,
        coverage=float(hit / (_REPEATS * fails.sum())),
    )


def _folds(count: int, seed: int) -> Iterator[tuple[Bools, Bools]]:
    """Yield which futures are learned from and which are left out, `_REPEATS` times each one once."""
    for repeat in range(_REPEATS):
        # Counted from the end, so that no draw is one of the shuffles'.
        draws = Luck(seed, Purpose).uniform(Purpose.RESAMPLE, np.arange(count), SHUFFLES_AT_MOST + repeat)
        fold = np.argsort(np.argsort(draws, kind="stable")) % _FOLDS
        for left_out in range(_FOLDS):
            yield fold != left_out, fold == left_out


def _by_luck(points: F64, narrow: F32, fails: Bools, folds: Folds, score: float, seed: int, shuffles: int) -> float:
    """Return the share of shuffled fates in which as much is found, early where it is clear that luck can do it."""
    as_good = 0
    for number in range(shuffles):
        draws = Luck(seed, Purpose).uniform(Purpose.RESAMPLE, np.arange(len(fails)), number)
        shuffled = fails[np.argsort(draws, kind="stable")]
        as_good += _cross_validated(points, narrow, shuffled, folds, seed).score >= score
        if as_good == _ENOUGH_BETTER:
            return as_good / (number + 1)
    return (as_good + 1) / (shuffles + 1)


def _best_box(points: F64, narrow: F32, fails: Bools, seed: int) -> list[Box]:
    """Return the best box with up to one, two ... `DEEPEST` limits; one without limits where nothing is found."""
    leaf = max(_LEAF_FEWEST, round(_LEAF_SHARE * len(fails)))
    # Of zeros and ones the squared error is half the Gini index, and the tree takes a third of a classifier's time.
    tree = DecisionTreeRegressor(max_depth=DEEPEST, min_samples_leaf=leaf, random_state=seed)
    tree.fit(narrow, fails.astype(np.float64)[:, None], check_input=False)
    base, best = float(fails.mean()), [(0.0, Box(limits=()))] * DEEPEST
    for depth, box in _nodes(tree):
        held = box.holds(points)
        score = float(fails[held].sum() - base * held.sum()) / len(fails)
        for most in range(depth, DEEPEST + 1):
            if depth and score > best[most - 1][0] + 1e-12:
                best[most - 1] = (score, box)
    return [box for _, box in best]


def _nodes(tree: DecisionTreeRegressor) -> Iterator[tuple[int, Box]]:
    """Yield depth and box of every node, from the root down."""
    grown = tree.tree_
    waiting = [(0, 0, Box(limits=()))]
    while waiting:
        node, depth, box = waiting.pop(0)
        yield depth, box
        if grown.children_left[node] < 0:
            continue
        dimension, at = int(grown.feature[node]), float(grown.threshold[node])
        waiting.append((int(grown.children_left[node]), depth + 1, _cut(box, dimension, high=at)))
        waiting.append((int(grown.children_right[node]), depth + 1, _cut(box, dimension, low=at)))


def _cut(box: Box, dimension: int, *, low: float = -np.inf, high: float = np.inf) -> Box:
    """Return a box with one more limit, or a narrower one."""
    limits = {one.dimension: one for one in box.limits}
    old = limits.get(dimension, Limit(dimension=dimension, low=-np.inf, high=np.inf))
    limits[dimension] = Limit(dimension=dimension, low=max(low, old.low), high=min(high, old.high))
    return Box(limits=tuple(limits.values()))
