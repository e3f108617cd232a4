"""Say what a wave taught: what was ruled out and by which aims, what is left, how good the emulators are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.implausibility import F64, B, pulling
from calibration.waves import Space, Wave
from sim.analysis.emulator import Emulator
from sim.analysis.emulator_check import sum_up

_PRIOR_VARIANCE = 1.0 / 12.0
"""Of a parameter that is uniform over the unit interval."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """What a wave taught."""

    number: int
    share_before: float
    """Of the unit cube, before the wave."""
    share_left: float
    """Of the unit cube, after it."""
    relative_error: float
    """Standard error of `share_left` as a part of it, of counting alone."""
    aims: pd.DataFrame
    """By aim; see `diagnose`."""
    parameters: pd.DataFrame
    """By dimension; see `diagnose`."""


def diagnose(wave: Wave, before: Space, after: Space) -> Diagnosis:
    """Return what the wave taught, given the space before it and what it left.

    `aims`, over the space *before* the wave: `ruled_out` (share beyond the largest cutoff by this aim alone),
    `only_by_this` (share beyond by this aim and no other), `pulls` (share of points whose largest implausibility is
    this aim's), the median `implausibility`; each variance as a share of the four together (`emulator_share`,
    `monte_carlo_share`, `observation_share`, `discrepancy_share`); and the leave-one-out check (`within_2`,
    `within_3`, `r2`, `noise_share`). `parameters`: the range of what is left (`low`, `high`), its 5 and 95 % points,
    `variance_reduction` (1 minus variance over that of the whole range) and `relevance` (the share of
    the variance of the runs' outputs, luck included, in which it has a part; the largest over the aims).
    """
    by_aim = wave.implausibilities(before.points)
    return Diagnosis(
        number=wave.number,
        share_before=before.share,
        share_left=after.share,
        relative_error=after.relative_error,
        aims=_by_aim(wave, by_aim, before.points),
        parameters=_by_parameter(wave, after.points),
    )


def _by_aim(wave: Wave, by_aim: F64, points: F64) -> pd.DataFrame:
    beyond: B = by_aim > wave.cutoffs.largest
    alone = beyond & (beyond.sum(axis=1) == 1)[:, None]
    pulls = pulling(by_aim, wave.aims)
    rows = [
        {
            "aim": aim.id,
            "ruled_out": float(beyond[:, place].mean()),
            "only_by_this": float(alone[:, place].mean()),
            "pulls": pulls.count(aim.id) / len(pulls),
            "implausibility": float(np.median(by_aim[:, place])),
            **_variance_shares(wave, place, points),
            **_check(wave, place),
        }
        for place, aim in enumerate(wave.aims)
    ]
    return pd.DataFrame(rows)


def _variance_shares(wave: Wave, place: int, points: F64) -> dict[str, float]:
    aim, emulator = wave.aims[place], wave.emulators[place]
    parts = {
        "emulator": float(emulator.predict(points)[1].mean()),
        "monte_carlo": aim.monte_carlo_factor * emulator.noise_variance,
        "observation": aim.observation_variance,
        "discrepancy": aim.discrepancy_variance,
    }
    total = sum(parts.values())
    return {f"{name}_share": part / total for name, part in parts.items()}


def _check(wave: Wave, place: int) -> dict[str, float]:
    found = sum_up(wave.emulators[place])
    return {
        "within_2": found.within_2,
        "within_3": found.within_3,
        "r2": found.r2,
        "noise_share": found.noise_share,
    }


def _by_parameter(wave: Wave, points: F64) -> pd.DataFrame:
    relevance = np.max([_relevance(emulator) for emulator in wave.emulators], axis=0)
    return pd.DataFrame(
        {
            "dimension": np.arange(points.shape[1]),
            "low": points.min(axis=0),
            "p05": np.quantile(points, 0.05, axis=0),
            "p95": np.quantile(points, 0.95, axis=0),
            "high": points.max(axis=0),
            "variance_reduction": 1.0 - points.var(axis=0) / _PRIOR_VARIANCE,
            "relevance": relevance,
        }
    )


def _relevance(emulator: Emulator) -> F64:
    """Return the relevance as a share of all variance: what moves an output that is all luck is no news."""
    variance = float(emulator.values.var())
    return (
        emulator.relevance * max(0.0, 1.0 - emulator.noise_variance / variance)
        if variance > 0.0
        else emulator.relevance
    )
