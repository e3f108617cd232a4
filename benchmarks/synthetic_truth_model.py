"""Fit the model itself to data made from known parameters: does the fit find what is known to be true?

    python benchmarks/synthetic_truth_model.py --data-sets 20 --jobs 2

As `synthetic_truth.py`, with today's care of the model in place of the toy: each data set is the levels of one run at
parameters drawn at random, plus the error of observation and the discrepancy that the fit states for each level. One
wave of runs serves all data sets: only the aims differ between them, not the emulators. Runs are kept (`--store`) and
used again.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from synthetic_truth import print_counts

from calibration.fit_figures import level_figures
from calibration.fit_run import Experiment, ParameterSet, set_jobs, set_work
from calibration.fit_sets import Numbering
from calibration.fit_setup import values_of
from calibration.fit_waves import aim_of
from calibration.identified import parameter_summary
from calibration.implausibility import F64, KEPT, Aim, Cutoffs
from calibration.levels import NothingLeftError
from calibration.posterior import draw_posterior
from calibration.space import ParameterSpace, read_space
from calibration.waves import Wave, first_points, not_ruled_out, shrink, whole_space
from sim.analysis.emulator import fit_emulator
from sim.batch.batch import run_batch
from sim.batch.executors import open_pool
from sim.batch.progress import choose_progress
from sim.batch.store import Store
from sim.batch.versions import code_version
from sim.config.loader import load_scenario

TITLES = (
    "needs.base_rate_per_year[acute_symptom]",
    "needs.base_rate_per_year[specialist_question]",
    "worsening.exogenous_frailty_per_year",
    "contact.record_missing_probability",
    "contact.test_repeated_probability",
    "contact.contradiction_probability",
    "emergency.wait_out_base",
    "emergency.admission_logit",
    "hospital.stay_mean_days",
    "home_care.query_per_visit",
)
"""Parameters that levels can identify, and some that only act together."""


def make_runs(experiment: Experiment, sets: tuple[ParameterSet, ...], given: argparse.Namespace) -> pd.DataFrame:
    """Return the figures of all sets, from the store where they lie there already."""
    given.store.mkdir(parents=True, exist_ok=True)
    jobs = set_jobs(experiment, sets, base_seed=given.seed, code=code_version())
    with open_pool(given.jobs) as pool:
        batch = run_batch(
            jobs, pool=pool, work=set_work(experiment, sets), progress=choose_progress(sys.stderr, False),
            store=Store(given.store),
        )  # fmt: skip
    if batch.failures:
        # A world without figures rules nothing out: it would count as a truth that was kept.
        raise SystemExit(f"{len(batch.failures)} of {len(jobs)} runs failed: {batch.failures[0].error}")
    return values_of(batch, sets, experiment.figures)


def emulate(points: F64, values: pd.DataFrame, aims: list[Aim]) -> Wave:
    """Return a wave with an emulator of every level that the runs tell."""
    told = [aim for aim in aims if np.isfinite(values[aim.id]).all() and np.ptp(values[aim.id]) > 0]
    emulators = tuple(fit_emulator(points, values[aim.id].to_numpy(), seed=1) for aim in told)
    return Wave(number=1, aims=tuple(told), emulators=emulators, cutoffs=Cutoffs.keeping(KEPT, len(told)))


def made_world(wave: Wave, world: pd.Series, seed: int) -> Wave:
    """Return the wave with the aims that a world with these levels would have given."""
    error = np.random.default_rng(seed)
    aims = tuple(
        replace(
            aim,
            value=float(
                world[aim.id] + np.sqrt(aim.observation_variance + aim.discrepancy_variance) * error.standard_normal()
            ),
            monte_carlo_factor=1.0,
        )
        for aim in wave.aims
        if np.isfinite(world[aim.id])
    )
    kept = {aim.id for aim in aims}
    pairs = zip(wave.aims, wave.emulators, strict=True)
    return replace(wave, aims=aims, emulators=tuple(one for aim, one in pairs if aim.id in kept))


def recovered(wave: Wave, truth: F64, space: ParameterSpace, sample: int, seed: int) -> pd.DataFrame:
    """Return for one data set and each parameter: truth, interval, whether it holds, and whether the truth was kept."""
    kept = bool(not_ruled_out(truth[None, :], [wave])[0])
    try:
        left = shrink(whole_space(len(space), seed=seed, sample=sample), [wave], seed=seed)
    except NothingLeftError:
        return pd.DataFrame({"data_set": seed, "parameter": space.titles, "truth": truth, "kept": False})
    posterior = draw_posterior(left, [wave], sets=min(200, sample), seed=seed)
    table = parameter_summary(posterior.points, space.titles).assign(data_set=seed, truth=truth, kept=kept)
    table["holds"] = (table["low"] <= truth) & (truth <= table["high"])
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-sets", type=int, default=20)
    parser.add_argument("--runs", type=int, default=120, help="runs of the one wave")
    parser.add_argument("--sample", type=float, default=0.2, help="share of the people")
    parser.add_argument("--points", type=int, default=1024, help="points that stand for the space; a power of 2")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store", type=Path, default=Path("outputs") / ".runs")
    given = parser.parse_args()
    baseline = load_scenario("baseline", years=1, warmup_years=1, sample_share=given.sample)
    space = read_space([baseline]).only(TITLES)
    experiment = Experiment(baseline=baseline, columns=space.columns, levels=level_figures())
    numbering = Numbering(space, given.seed)
    points = first_points(len(space), given.runs, seed=given.seed)
    truths = np.random.default_rng(given.seed).random((given.data_sets, len(space)))
    everything = range(len(space))
    values = make_runs(experiment, numbering.sets(points, everything), given)
    worlds = make_runs(experiment, numbering.sets(truths, everything), given)
    wave = emulate(points, values, [aim_of(figure) for figure in experiment.levels])
    tables = []
    for number, truth in enumerate(truths):
        one = made_world(wave, worlds.iloc[number], number)
        tables.append(recovered(one, truth, space, given.points, number))
        print(f"data set {number + 1}: truth {'kept' if tables[-1]['kept'].iloc[0] else 'ruled out'}", flush=True)
    print_counts(pd.concat(tables, ignore_index=True))


if __name__ == "__main__":
    main()
