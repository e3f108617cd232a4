"""Fit the model to published figures: screen, match history in waves, draw an ensemble, and run what was drawn.

Pure of files and of how runs are made: `make` turns parameter sets into figures, `tell` hears how it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.fit_figures import Figure
from calibration.fit_run import ParameterSet
from calibration.fit_screening import Make, Screened, screen
from calibration.fit_sets import Numbering
from calibration.fit_waves import Matching, go_through, widened
from calibration.plan import Plan
from calibration.posterior import Posterior, draw_posterior
from calibration.space import ParameterSpace
from calibration.waves import whole_space

_SAMPLE_PER_SET = 3
"""Points of what is left from which one set of the ensemble is drawn; they lie in no order."""
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What is fitted, to what, and how thoroughly."""

    plan: Plan
    space: ParameterSpace
    levels: tuple[Figure, ...]
    effects: tuple[Figure, ...]
    seed: int

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Return all targets of the fit."""
        return (*self.levels, *self.effects)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A finished fit."""

    setup: Setup
    screened: Screened
    matching: Matching
    posterior: Posterior
    sets: tuple[ParameterSet, ...]
    """The ensemble, equally weighted."""
    start: pd.DataFrame
    """Figures of runs at the start values, one row a run."""
    after: pd.DataFrame
    """Figures of one run of each set of the ensemble; effects of the first ones only."""


def run_fit(setup: Setup, make: Make, tell: Tell) -> Fit:
    """Carry out the plan. Raises NothingLeftError or ValueError where the plan is too small for the space."""
    plan, numbering = setup.plan, Numbering(setup.space, setup.seed)
    start = _start_values(setup, numbering, make, tell)
    tell(f"Screening {len(setup.space)} parameters on {len(setup.levels)} levels.")
    screened = screen(setup.space, setup.levels, plan.screening, numbering, make, studies=bool(setup.effects))
    tell(f"{len(screened.active)} of {len(setup.space)} parameters are searched; the others move no target.")
    space = whole_space(len(screened.active), seed=setup.seed, sample=plan.space_points)
    stated = {figure.id: figure.discrepancy_variance for figure in setup.figures}
    matching = Matching(active=screened.active, space=space, stated=stated)
    for wave in plan.waves:
        figures = setup.figures if wave.studies else setup.levels
        tell(f"Wave {len(matching.waves) + 1}: {wave.points} sets, {len(figures)} targets.")
        go_through(matching, wave, figures, plan.kept, numbering, make)
        tell(wave_in_words(matching))
    left = replace(matching.space, points=matching.space.points[: max(_SAMPLE_PER_SET * plan.ensemble.sets, 1)])
    posterior = draw_posterior(left, matching.waves, sets=plan.ensemble.sets, seed=setup.seed)
    tell(f"Ensemble of {plan.ensemble.sets} sets ({posterior.distinct} different): running each once.")
    sets = numbering.sets(posterior.points, screened.active)
    after = _run_ensemble(setup, sets, make)
    return Fit(
        setup=setup,
        screened=screened,
        matching=matching,
        posterior=posterior,
        sets=sets,
        start=start,
        after=after,
    )


def _start_values(setup: Setup, numbering: Numbering, make: Make, tell: Tell) -> pd.DataFrame:
    tell(f"Start values: {setup.plan.start.runs} runs.")
    points = np.tile(setup.space.start_point(), (setup.plan.start.runs, 1))
    sets = numbering.sets(points, range(len(setup.space)))
    levels = make(sets, False)
    return levels.join(make(sets, True)) if setup.effects else levels


def _run_ensemble(setup: Setup, sets: Sequence[ParameterSet], make: Make) -> pd.DataFrame:
    levels = make(sets, False)
    some = setup.plan.ensemble.with_studies
    if not setup.effects or not some:
        return levels
    return levels.join(make(sets[:some], True))


def wave_in_words(matching: Matching) -> str:
    """Say what the last wave ruled out and which targets pull."""
    diagnosis = matching.diagnoses[-1]
    pulls = diagnosis.aims.sort_values("pulls", ascending=False, kind="stable")
    strongest = ", ".join(f"{row.aim} ({row.pulls:.0%})" for row in pulls.head(3).itertuples())
    text = (
        f"Wave {diagnosis.number} leaves {diagnosis.share_left:.2g} of the space (before: {diagnosis.share_before:.2g})"
        f"; pulled most by {strongest}."
    )
    if missing := [figure for number, figure in matching.not_emulated if number == diagnosis.number]:
        text += f" Too few runs told: {', '.join(missing)}."
    if wider := widened(matching):
        text += f" No set comes near these, which were given more room: {', '.join(wider)}."
    return text
