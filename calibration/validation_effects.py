"""Put the figures of virtual studies beside the published ones, in the columns of the levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from calibration.effects import Effect, read_effects
from calibration.spread import Level, level
from calibration.validation import COLUMNS, likely_reason, set_beside

BY_LUCK = ("randomised", "randomised_before_consent", "matched_control")
"""Designs whose groups differ by luck alone: matching takes more of it away, and adds nothing on average."""


def effects_beside_published(
    studies: pd.DataFrame | Sequence[pd.DataFrame], uses: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return one row per figure of the studies with columns `validation.COLUMNS`.

    `studies` is the table that `calibration.study.study_rows` gives, or one for each parameter set: then the
    interval is the middle 95 % of the sets. Judged is what the study would report on average, luck between its
    groups taken out. `uses` says by id of the effect what it is for.
    """
    tables = [studies] if isinstance(studies, pd.DataFrame) else list(studies)
    key = ["study", "target", "outcome"]
    whole = pd.concat(tables, ignore_index=True)
    # A study that was run by another design than the published one stands for no published figure.
    found = whole[whole["as_published"].astype(bool)].groupby(key, sort=False)
    effects = read_effects()
    rows = []
    for (study, target, outcome), own in found:
        row = own.iloc[0]
        rows.append(
            {
                "target": target,
                "kind": "effect",
                "area": "effects",
                "study": study,
                "outcome": outcome,
                "group_by": "study",
                "group": study,
                "unit": row["estimator"],
                "published": row["published"],
                "low": row["published_low"],
                "high": row["published_high"],
                **set_beside(row["published_low"], row["published_high"], _level(own)),
                "strength": row["strength"],
                "range": effects[str(target)].range,
                "used_for": (uses or {}).get(str(target), "plausibility"),
                "apart": _apart(str(row["design"]), effects[str(target)]),
                "source": row["source"],
                "note": effects[str(target)].note or "",
                **likely_reason(str(target)),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def on_average(row: pd.Series) -> Level:
    """Return what a study would report on average: without the luck that parts its groups before anything is done.

    Where luck decides who has the means, the same groups are compared in the world without it as well, and what they
    differ by there is taken away. What is left is what the means does to those who have it, less what it does to
    those compared with; as that is small, the interval is that of the true effect. Elsewhere nothing is taken away.
    """
    how, there = str(row["estimator"]), bool(np.isfinite(row["simulated"]))
    if row["design"] not in BY_LUCK or how == "share":
        return Level(float(row["simulated"]), float(row["low"]), float(row["high"]), int(there))
    names = ("simulated", "reported_without_effect", "true_low", "true_high")
    reported, nothing, low, high = (_linked(float(row[name]), how) for name in names)
    value, half = reported - nothing, (high - low) / 2.0
    mean, low, high = (_unlinked(one, how) for one in (value, value - half, value + half))
    return Level(mean, low, high, int(np.isfinite(value)))


def _linked(value: float, how: str) -> float:
    """Return a figure where differences are plain: ratios and changes as logarithms."""
    if how == "difference":
        return value
    ratio = 1.0 + value if how == "relative_change" else value
    return float(np.log(ratio)) if ratio > 0.0 else np.nan


def _unlinked(value: float, how: str) -> float:
    if how == "difference":
        return value
    return float(np.expm1(value) if how == "relative_change" else np.exp(value))


def _level(own: pd.DataFrame) -> Level:
    """Return a study's level with its own interval, or over parameter sets their mean and middle 95 %."""
    found = [on_average(row) for _, row in own.iterrows()]
    return found[0] if len(found) == 1 else level(np.array([one.mean for one in found]), np.arange(len(found)))


def _apart(design: str, effect: Effect) -> str:
    """Return why a figure is counted apart: an association says nothing on cause, an assumption was not published."""
    if effect.strength == "assumption":
        return "assumption"
    return "association" if design == "cross_section" or "cohort" in effect.design else ""
