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
_MOST_WIDENINGS = 4
_A_LITTLE_WIDER = 1.1
"""Where nothing is left the cutoff goes beyond the set that comes closest by this factor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Runs:
    """Sets that were run, as points of the searched dimensions, and what they gave."""

    studies: bool
    points: F64
    values: pd.DataFrame
    """One column a figure."""


@dataclass(slots=True)
class Matching:
    """Where a fit stands between two waves."""

    active: tuple[int, ...]
    space: Space
    """What is left so far, in the searched dimensions."""
    waves: list[Wave] = field(default_factory=list)
    runs: list[Runs] = field(default_factory=list)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    not_emulated: list[tuple[int, str]] = field(default_factory=list)
    """Wave and figure, where too few runs told a value."""


def aim_of(figure: Figure) -> Aim:
    """Return what a figure asks of the fit."""
    return Aim(
        id=figure.id,
        value=figure.value,
        observation_variance=figure.observation_variance,
        discrepancy_variance=figure.discrepancy_variance,
        scale=figure.scale,
    )


def go_through(
    matching: Matching, plan: WavePlan, figures: Sequence[Figure], cutoff: float, numbering: Numbering, make: Make
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
    values = make(numbering.sets(points, matching.active), plan.studies)
    matching.runs.append(Runs(studies=plan.studies, points=points, values=values))
    seen_points, seen_values = _to_learn_from(matching, plan.studies)
    wave = _emulated(matching, number, seen_points, seen_values, figures, cutoff, luck)
    before = matching.space
    matching.waves.append(wave)
    matching.space = _shrunk(matching, luck)
    matching.diagnoses.append(diagnose(matching.waves[-1], before, matching.space))


def _to_learn_from(matching: Matching, studies: bool) -> tuple[F64, pd.DataFrame]:
    """Return runs of this kind that no earlier wave rules out: with studies a run covers another time than without."""
    same = [one for one in matching.runs if one.studies == studies]
    points = np.vstack([one.points for one in same])
    values = pd.concat([one.values for one in same], ignore_index=True)
    kept = not_ruled_out(points, matching.waves)
    return points[kept], values[kept].reset_index(drop=True)


def _emulated(
    matching: Matching,
    number: int,
    points: F64,
    values: pd.DataFrame,
    figures: Sequence[Figure],
    cutoff: float,
    luck: int,
) -> Wave:
    aims, emulators = list[Aim](), list[Emulator]()
    for figure in figures:
        column = values[figure.id].to_numpy(np.float64)
        told = np.isfinite(column)
        if told.sum() < points.shape[1] + _SPARE_POINTS or float(np.ptp(column[told])) == 0.0:
            matching.not_emulated.append((number, figure.id))
            continue
        aims.append(aim_of(figure))
        emulators.append(fit_emulator(points[told], column[told], seed=luck))
    if not aims:
        raise ValueError("no target could be emulated: give the waves more points, or a larger sample")
    return Wave(number=number, aims=tuple(aims), emulators=tuple(emulators), cutoffs=Cutoffs(largest=cutoff))


def _shrunk(matching: Matching, luck: int) -> Space:
    """Return what the last wave leaves; where that is nothing, its cutoff is widened to just beyond the closest set.

    That some targets cannot be met together is a finding about the model, which the cutoff of the wave shows.
    """
    for _ in range(_MOST_WIDENINGS):
        try:
            return shrink(matching.space, matching.waves, seed=luck)
        except NothingLeftError as nothing:
            if not np.isfinite(nothing.score):
                raise
            last = matching.waves[-1]
            wider = last.cutoffs.largest * nothing.score * _A_LITTLE_WIDER
            matching.waves[-1] = replace(last, cutoffs=Cutoffs(largest=wider))
    return shrink(matching.space, matching.waves, seed=luck)
