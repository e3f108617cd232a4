"""Go through one wave: run sets spread over what is left, emulate each target, rule out what is too far away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from calibration.diagnosis import Diagnosis, diagnose
from calibration.fit_figures import Figure
from calibration.fit_screening import Make
from calibration.fit_sets import Numbering
from calibration.implausibility import F64, Aim, Cutoffs
from calibration.levels import NothingLeftError
from calibration.plan import WavePlan
from calibration.waves import Space, Wave, first_points, next_points, not_ruled_out, shrink
from sim.analysis.emulator import Emulator, fit_emulator

_SPARE_POINTS = 3
_MOST_WIDENINGS = 12
"""Targets that a wave may give more room, one after the other."""
_WITHIN = 2.0 / 3.0
"""A target that no set comes near is given so much room that the closest set is at this share of the cutoff."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Sets that were run, as points of the searched dimensions, and what they gave."""

    points: F64
    values: pd.DataFrame
    """One column a figure; effects where the studies were run."""


@dataclass(slots=True)
class Matching:
    """Where a fit stands between two waves."""

    active: tuple[int, ...]
    space: Space
    """What is left so far, in the searched dimensions."""
    waves: list[Wave] = field(default_factory=list)
    runs: list[Runs] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    stated: dict[str, float] = field(default_factory=dict)
    """Discrepancy variance of every target as stated before the fit."""
    not_emulated: list[tuple[int, str]] = field(default_factory=list)
    """Wave and figure, where too few runs told a value."""


def aim_of(figure: Figure, waves: Sequence[Wave] = ()) -> Aim:
    """Return what a figure asks of the fit, with the room that an earlier wave had to give it."""
    given = {aim.id: aim.discrepancy_variance for wave in waves for aim in wave.aims}
    return Aim(
        id=figure.id,
        value=figure.value,
        observation_variance=figure.observation_variance,
        discrepancy_variance=max(figure.discrepancy_variance, given.get(figure.id, 0.0)),
        monte_carlo_factor=figure.monte_carlo_factor,
        scale=figure.scale,
    )


def widened(matching: Matching) -> list[str]:
    """Return the targets that the last wave had to give more room than the wave before, or than was stated."""
    before: dict[str, float] = matching.stated.copy()
    for wave in matching.waves[:-1]:
        before |= {aim.id: aim.discrepancy_variance for aim in wave.aims}
    return [aim.id for aim in matching.waves[-1].aims if aim.discrepancy_variance > before[aim.id]]


def go_through(
    matching: Matching, plan: WavePlan, figures: Sequence[Figure], kept: float, numbering: Numbering, make: Make
) -> None:
    """Run one wave and note what it taught. The figures are those of the wave: levels, and effects with studies."""
    number = len(matching.waves) + 1
    luck = numbering.seed + number
    first = not matching.waves
    points = (
        first_points(len(matching.active), plan.points, seed=luck)
        if first
        else next_points(matching.space, plan.points, seed=luck)
    )
    sets = numbering.sets(points, matching.active)
    values = make(sets, False)
    if plan.studies:
        values = values.join(make(sets, True))
    matching.runs.append(Runs(points=points, values=values))
    seen_points, seen_values = _to_learn_from(matching)
    wave = _emulated(matching, number, seen_points, seen_values, figures, kept, luck)
    before = matching.space
    matching.waves.append(wave)
    matching.space = _shrunk(matching, luck)
    matching.diagnoses.append(diagnose(matching.waves[-1], before, matching.space))


def _to_learn_from(matching: Matching) -> tuple[F64, pd.DataFrame]:
    """Return all runs so far that no earlier wave rules out; where no study was run its effects are NaN."""
    points = np.vstack([one.points for one in matching.runs])
    values = pd.concat([one.values for one in matching.runs], ignore_index=True)
    kept = not_ruled_out(points, matching.waves)
    return points[kept], values[kept].reset_index(drop=True)


def _emulated(
    matching: Matching,
    number: int,
    points: F64,
    values: pd.DataFrame,
    figures: Sequence[Figure],
    kept: float,
    luck: int,
) -> Wave:
    aims, emulators = list[Aim](), list[Emulator]()
    for figure in figures:
        column = values[figure.id].to_numpy(np.float64)
        told = np.isfinite(column)
        if told.sum() < points.shape[1] + _SPARE_POINTS or float(np.ptp(column[told])) == 0.0:
            matching.not_emulated.append((number, figure.id))
            continue
        aims.append(aim_of(figure, matching.waves))
        emulators.append(fit_emulator(points[told], column[told], seed=luck))
    if not aims:
        raise ValueError("no target could be emulated: give the waves more points, or a larger sample")
    return Wave(number=number, aims=tuple(aims), emulators=tuple(emulators), cutoffs=Cutoffs.keeping(kept, len(aims)))


def _shrunk(matching: Matching, luck: int) -> Space:
    """Return what the last wave leaves; where that is nothing, targets that cannot be met are given more room.

    One after the other: the target that the closest set misses most gets as much more discrepancy as brings that set
    to `_WITHIN` of the cutoff. That is a finding about the model: it is kept, and shown beside the target.
    """
    for _ in range(_MOST_WIDENINGS):
        try:
            return shrink(matching.space, matching.waves, seed=luck)
        except NothingLeftError as nothing:
            closest = nothing.best[None, :]
        wave = matching.waves[-1]
        worst = int(wave.implausibilities(closest)[0].argmax())
        wider = _widened(wave.aims[worst], wave.emulators[worst], closest, wave.cutoffs.largest * _WITHIN)
        matching.waves[-1] = replace(wave, aims=(*wave.aims[:worst], wider, *wave.aims[worst + 1 :]))
    return shrink(matching.space, matching.waves, seed=luck)


def _widened(aim: Aim, emulator: Emulator, point: F64, allowed: float) -> Aim:
    """Return the aim with the discrepancy that puts one point so many standard deviations away."""
    mean, variance = emulator.predict(point)
    needed = float((mean[0] - aim.value) ** 2) / allowed**2
    rest = float(variance[0]) + aim.monte_carlo_factor * emulator.noise_variance + aim.observation_variance
    return replace(aim, discrepancy_variance=max(needed - rest, aim.discrepancy_variance))
