"""Say in which futures a choice does not pay, and put it into a table: `discovery.csv`."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from sim.analysis.discovery_words import ALWAYS, FEW, NEVER, NO_REGION, REGION
from sim.analysis.interval import CONFIDENCE
from sim.analysis.ranks import holm
from sim.analysis.region import CERTAIN, SHUFFLES, Limit, Region, can_be_looked_for, find_region, separation
from sim.analysis.share import share_interval
from sim.config.uncertain import Box as Ranges

F64 = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

DISCOVERY_COLUMNS = (
    *("criterion", "unit", "group_by", "group", "scenario", "against", "at_least"),
    *("n", "failing", "failing_share", "failing_low", "failing_high", "unclear", "unclear_failing"),
    *("verdict", "p_value", "inside", "failing_inside"),
    *("density", "density_low", "density_high", "coverage", "coverage_low", "coverage_high"),
    *("unseen_density", "unseen_coverage"),
    *("rank", "parameter", "low", "high", "separation"),
)
SHOWN = 2
"""Parameters named at least: as many as a picture has axes."""
_SHUFFLES_PER_LOOK = math.ceil(2.0 / CERTAIN)
"""The more is looked at, the rarer luck must be, and the more shuffles it takes to see that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What a choice gives more than what it is set against, in every future, and whether that is enough."""

    mean: F64
    """Mean over replications, shape (futures,); below zero it gives less."""
    half_width: float
    """Of the 95 % interval of one future's gain; NaN with one replication."""
    at_least: float

    @property
    def fails(self) -> Bools:
        """Return the futures in which it does not pay."""
        return self.mean < self.at_least

    @property
    def unclear(self) -> Bools | None:
        """Return the futures in which luck may have decided that; None where that cannot be told."""
        return None if math.isnan(self.half_width) else np.abs(self.mean - self.at_least) < self.half_width


def gain_of(values: F64, choice: int, against: int, at_least: float) -> Gain:
    """Return the gain of a choice from `values[future, replication, choice]`, more is better.

    Luck is taken to be as large in all futures, so that a few replications of each tell it together.
    """
    paired = values[:, :, choice] - values[:, :, against]
    futures, replications = paired.shape
    half = math.nan
    if replications > 1:
        freedom = futures * (replications - 1)
        variance = float(paired.var(axis=1, ddof=1).mean())
        half = float(stats.t.ppf(0.5 + CONFIDENCE / 2, freedom)) * math.sqrt(variance / replications)
    return Gain(mean=paired.mean(axis=1), half_width=half, at_least=at_least)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """One choice, looked at by one criterion in one group of people."""

    about: Mapping[str, str]
    """Columns that name criterion, group, choice and what it is set against."""
    gain: Gain


def discovery_rows(looks: Sequence[Look], points: F64, ranges: Ranges, seed: int) -> pd.DataFrame:
    """Return for each look a row per limit of the region in which it fails, or per parameter that tells most.

    `points` lie in the unit cube of `ranges`. That several looks are taken at the same futures is allowed for by
    Holm's rule.
    """
    shuffles = max(SHUFFLES, _SHUFFLES_PER_LOOK * len(looks) - 1)
    found = {
        place: find_region(points, one.gain.fails, seed=seed, shuffles=shuffles)
        for place, one in enumerate(looks)
        if can_be_looked_for(one.gain.fails)
    }
    adjusted = dict(zip(found, holm(np.array([one.p_value for one in found.values()])), strict=True)) if found else {}
    rows: list[dict[str, object]] = []
    for place, look in enumerate(looks):
        region, p_value = found.get(place), adjusted.get(place, math.nan)
        if region is not None and not (region.box.limits and p_value <= CERTAIN):
            region = None
        about = {**_fates(look), "verdict": _verdict(look.gain.fails, region), "p_value": p_value}
        about |= _quality(region, points, look.gain.fails)
        rows += [about | one for one in _parameters(region, points, look.gain.fails, ranges)]
    return pd.DataFrame(rows, columns=list(DISCOVERY_COLUMNS))


def _verdict(fails: Bools, region: Region | None) -> str:
    if not fails.any():
        return NEVER
    if fails.all():
        return ALWAYS
    if not can_be_looked_for(fails):
        return FEW
    return NO_REGION if region is None else REGION


def _fates(look: Look) -> dict[str, object]:
    """Return how many futures fail, and in how many luck may have decided that."""
    fails, unclear = look.gain.fails, look.gain.unclear
    n, failing = len(fails), int(fails.sum())
    low, high = share_interval(failing, n)
    return {
        **look.about, "at_least": look.gain.at_least, "n": n,
        "failing": failing, "failing_share": failing / n, "failing_low": low, "failing_high": high,
        "unclear": math.nan if unclear is None else int(unclear.sum()),
        "unclear_failing": math.nan if unclear is None else int((unclear & fails).sum()),
    }  # fmt: skip


def _quality(region: Region | None, points: F64, fails: Bools) -> dict[str, object]:
    """Return how many futures the region holds, how many of them fail, and how many of the failing it holds."""
    if region is None:
        return {}
    held = region.box.holds(points)
    inside, hits, failing = int(held.sum()), int(fails[held].sum()), int(fails.sum())
    density, coverage = share_interval(hits, inside), share_interval(hits, failing)
    return {
        "inside": inside, "failing_inside": hits,
        "density": hits / inside, "density_low": density[0], "density_high": density[1],
        "coverage": hits / failing, "coverage_low": coverage[0], "coverage_high": coverage[1],
        "unseen_density": region.unseen_density, "unseen_coverage": region.unseen_coverage,
    }  # fmt: skip


def _parameters(region: Region | None, points: F64, fails: Bools, ranges: Ranges) -> list[dict[str, object]]:
    """Return the limits of the region, then the parameters that alone tell most, `SHOWN` in all or more."""
    told = separation(points, fails)
    limits = list(region.box.limits) if region else []
    named = {one.dimension for one in limits}
    others = [int(one) for one in np.argsort(-told, kind="stable") if int(one) not in named]
    limits += [
        Limit(dimension=one, low=-math.inf, high=math.inf) for one in others[: max(SHOWN - len(limits), 0)]
    ]  # fmt: skip
    return [
        {
            "rank": rank, "parameter": ranges.titles[one.dimension],
            "low": _value(one.low, one.dimension, ranges), "high": _value(one.high, one.dimension, ranges),
            "separation": told[one.dimension],
        }
        for rank, one in enumerate(limits, start=1)
    ]  # fmt: skip


def _value(point: float, dimension: int, ranges: Ranges) -> float:
    """Return a limit in the parameter's own unit; NaN where there is none."""
    if math.isinf(point):
        return math.nan
    whole = np.full((1, len(ranges.titles)), 0.5)
    whole[0, dimension] = point
    return float(ranges.values(whole)[0, dimension])
