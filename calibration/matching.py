"""Run a whole history match: simulate, emulate, rule out, and again, for anything that can be simulated."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from calibration.diagnosis import Diagnosis, diagnose
from calibration.implausibility import F64, Aim, Cutoffs
from calibration.waves import (
    SAMPLE,
    Space,
    Wave,
    first_points,
    fit_wave,
    next_points,
    not_ruled_out,
    shrink,
    whole_space,
)

Simulate = Callable[[F64, int], F64]
"""(points of the unit cube, shape (n, k); seed) -> outputs, shape (n, aims), on the scales of the aims."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A history match: its waves and what they left."""

    waves: tuple[Wave, ...]
    spaces: tuple[Space, ...]
    """After each wave; the last is what is not ruled out."""
    diagnoses: tuple[Diagnosis, ...]


def match_history(
    simulate: Simulate,
    dimensions: int,
    aims: Sequence[Aim],
    *,
    waves: int,
    runs: int,
    seed: int,
    cutoffs: Cutoffs | None = None,
    sample: int = SAMPLE,
) -> Match:
    """Match the aims in so many waves of so many runs each.

    A wave's emulators are fitted to its own runs and to earlier ones that are not ruled out. Raises NothingLeftError
    when everything is ruled out.
    """
    spaces, done, diagnoses = [whole_space(dimensions, seed=seed, sample=sample)], list[Wave](), list[Diagnosis]()
    points, outputs = np.empty((0, dimensions)), np.empty((0, len(aims)))
    for number in range(1, waves + 1):
        luck = seed + number
        new = next_points(spaces[-1], runs, seed=luck) if done else first_points(dimensions, runs, seed=luck)
        points, outputs = np.vstack([points, new]), np.vstack([outputs, simulate(new, luck)])
        kept = not_ruled_out(points, done)
        done.append(fit_wave(number, points[kept], outputs[kept], aims, seed=luck, cutoffs=cutoffs))
        spaces.append(shrink(spaces[-1], done, seed=luck))
        diagnoses.append(diagnose(done[-1], spaces[-2], spaces[-1]))
    return Match(waves=tuple(done), spaces=tuple(spaces[1:]), diagnoses=tuple(diagnoses))
