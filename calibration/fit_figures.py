"""Turn published figures into aims of a fit: value, scale and the variances of what is not known about each.

A rate, time, ratio or relative change stands on the scale of its logarithm, a share on that of its log odds, a
difference as it is. Where the source gives a 95 % interval, the aim is its estimate and the interval's width gives the
variance of the observation. Where it gives a span, the aim is the middle and the variance that of any value inside
being as likely. Where the range is our own tolerance, the variance counts as model discrepancy, not as observation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.stats import norm

from calibration.effects import Effect, read_effects
from calibration.fit_targets import read_fit_targets
from calibration.held_out import effect_uses, level_uses
from calibration.study_file import Study
from calibration.validation import Target, load_targets

Scale = Literal["log", "logit", "plain"]
_EFFECT_SCALES: dict[str, Scale] = {
    "rate_ratio": "log",
    "odds_ratio": "log",
    "relative_change": "log",
    "share": "logit",
    "difference": "plain",
}
_WIDTH = 2.0 * float(norm.ppf(0.975))
"""Width of a 95 % interval in standard deviations."""
_LEAST_SHARE = 1e-4
"""Shares nearer to 0 or 1 than this are taken as this far away: log odds have no end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published figure, ready to be fitted; `value` and variances on its scale, `low` and `high` as published."""

    id: str
    kind: Literal["level", "effect"]
    scale: Scale
    value: float
    observation_variance: float
    discrepancy_variance: float
    monte_carlo_factor: float = 0.0
    """Share of a run's luck that the observed figure has too, beyond its interval; see `Aim`."""
    reason: str
    """Why the model may miss it by its discrepancy."""
    low: float
    high: float
    unit: str
    outcome: str
    source: str
    group_by: str = "all"
    group: str = "all"
    study: str = ""

    def inside(self, number: float) -> bool:
        """Tell whether a number on the figure's scale lies in the published range."""
        return bool(self.low <= as_published(number, self) <= self.high)


def on_scale(number: float, scale: Scale, unit: str = "") -> float:
    """Return a number as published on the scale it is fitted on; NaN where it has none."""
    if scale == "plain" or not np.isfinite(number):
        return float(number)
    if scale == "logit":
        share = min(max(number, _LEAST_SHARE), 1.0 - _LEAST_SHARE)
        return float(np.log(share / (1.0 - share)))
    ratio = 1.0 + number if unit == "relative_change" else number
    return float(np.log(ratio)) if ratio > 0 else float("nan")


def as_published(number: float, figure: Figure) -> float:
    """Return a number on the figure's scale as it would be published."""
    if figure.scale == "log":
        return float(np.expm1(number) if figure.unit == "relative_change" else np.exp(number))
    return float(1.0 / (1.0 + np.exp(-number))) if figure.scale == "logit" else float(number)


def level_figures(targets: tuple[Target, ...] | None = None, *, sample: float = 1.0) -> tuple[Figure, ...]:
    """Return the levels that are not held out: of the shipped ones, or of those given.

    `sample` is the share of the people in a run: a year in the whole place has as much less luck in it.
    """
    levels, uses = load_targets() if targets is None else targets, level_uses(targets)
    return tuple(level_figure(target, sample) for target in levels if uses[target.id] == "fit")


def level_figure(target: Target, sample: float = 1.0) -> Figure:
    """Return a level as a figure to fit."""
    scale: Scale = "logit" if target.unit.startswith(("share", "index")) else "log"
    estimate = target.published if target.range == "interval" else None
    value, observed, tolerated = _spread(estimate, (target.low, target.high), target.range, scale, target.unit)
    extra = read_fit_targets().discrepancy(target.id, "level")
    return Figure(
        id=target.id,
        kind="level",
        scale=scale,
        value=value,
        observation_variance=observed,
        discrepancy_variance=tolerated + extra.sd**2,
        monte_carlo_factor=sample,
        reason=extra.reason,
        low=target.low,
        high=target.high,
        unit=target.unit,
        outcome=target.outcome,
        source=target.source,
        group_by=target.group_by,
        group=target.group,
    )


def effect_figures(studies: Sequence[Study]) -> tuple[Figure, ...]:
    """Return the effects to fit that studies of the published design give, one for each of their outcomes."""
    uses, effects = effect_uses(), read_effects()
    return tuple(
        effect_figure(study, place, effects[result.target])
        for study in studies
        if study.as_published
        for place, result in enumerate(study.results)
        if uses[result.target] == "fit"
    )


def effect_figure(study: Study, place: int, effect: Effect) -> Figure:
    """Return the figure that a study's result stands for; named with its outcome where the study has several.

    Its interval holds the study's own luck already, and what is simulated is the estimate on average.
    """
    result = study.results[place]
    several = sum(one.target == effect.id for one in study.results) > 1
    scale = _EFFECT_SCALES[effect.unit]
    estimate = effect.estimate if effect.range == "ci95" else None
    value, observed, tolerated = _spread(estimate, (effect.low, effect.high), effect.range, scale, effect.unit)
    extra = read_fit_targets().discrepancy(effect.id, "effect")
    return Figure(
        id=f"{effect.id}.{result.outcome}" if several else effect.id,
        kind="effect",
        scale=scale,
        value=value,
        observation_variance=observed,
        discrepancy_variance=tolerated + extra.sd**2,
        reason=extra.reason,
        low=effect.low,
        high=effect.high,
        unit=effect.unit,
        outcome=result.outcome,
        source=effect.source,
        study=study.id,
    )


def _spread(
    estimate: float | None, ends: tuple[float, float], where_from: str, scale: Scale, unit: str
) -> tuple[float, float, float]:
    """Return value, variance of the observation and variance tolerated, on the scale."""
    low, high = (on_scale(end, scale, unit) for end in ends)
    value = (low + high) / 2.0 if estimate is None else on_scale(estimate, scale, unit)
    if where_from == "assumption":
        return value, 0.0, ((high - low) / _WIDTH) ** 2
    if where_from in ("interval", "ci95"):
        return value, ((high - low) / _WIDTH) ** 2, 0.0
    return value, (high - low) ** 2 / 12.0, 0.0
