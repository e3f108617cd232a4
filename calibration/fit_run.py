"""Make what one parameter set gives: today's care once, and each study's world with the same luck beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from calibration.effects import read_effects
from calibration.expected_estimate import expected_estimate, on_figure_scale
from calibration.fit_figures import Figure, effect_figure, on_scale
from calibration.study import Worlds
from calibration.study_counts import subjects_table
from calibration.study_runs import observed, own_code
from sim.batch.jobs import Job, Wanted, replication_seed, run_key
from sim.batch.work import Work
from sim.config.ensemble import Column, with_values
from sim.config.fit import set_by_hand
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.core.observation import Observation
from sim.outcomes.table import measure_some
from sim.run import simulate

FIGURES = "figures"
"""The table a run leaves: one row per figure."""
COLUMNS = ("figure", "value", "people")
MODULES = (
    *("adjustment.py", "estimators.py", "expected_estimate.py", "fit_figures.py", "fit_run.py", "places.py"),
    *("series.py", "staff_survey.py", "study*.py"),
)
"""Modules of this package that a run's numbers depend on; what only reads files is known by what it read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """What is run for every parameter set."""

    baseline: Scenario
    columns: tuple[Column, ...]
    """What the numbers of a set are."""
    levels: tuple[Figure, ...] = ()
    studies: tuple[Worlds, ...] = ()
    """Studies, all over the same time as the baseline."""
    effects: tuple[Figure, ...] = ()

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the names of the figures a run gives."""
        return tuple(figure.id for figure in (*self.levels, *self.effects))

    @property
    def worlds(self) -> int:
        """Return how many worlds are simulated for a set."""
        return 1 + len({content_hash(one.with_means) for one in self.studies})


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterSet:
    """One point of the space, and the number of the luck it meets."""

    number: int
    luck: int
    row: tuple[float, ...]

    @property
    def name(self) -> str:
        """Name the set, for the list of jobs."""
        return f"set-{self.number:05d}"


def set_jobs(experiment: Experiment, sets: Sequence[ParameterSet], *, base_seed: int, code: str) -> tuple[Job, ...]:
    """Return one run per set; the key names all that its figures depend on."""
    content = "\n".join(
        [
            content_hash(experiment.baseline),
            *(f"{content_hash(one.with_means)} {content_hash(one.without)}" for one in experiment.studies),
            *(one.study.model_dump_json() for one in experiment.studies),
            *(f"{one.id} {one.outcome} {one.group_by} {one.group} {one.scale}" for one in experiment.levels),
            *(f"{one.id} {one.outcome} {one.study}" for one in experiment.effects),
            *(column.title for column in experiment.columns),
            own_code(MODULES),
        ]
    )
    shared = hashlib.sha256(content.encode()).hexdigest()
    jobs = []
    for one in sets:
        seed = replication_seed(base_seed, one.luck)
        key = run_key(f"fit\n{shared}\n{one.row!r}", seed, code)
        scenario = replace(experiment.baseline, id=one.name)
        jobs.append(Job(scenario=scenario, replication=one.number, seed=seed, key=key))
    return tuple(jobs)


def set_work(experiment: Experiment, sets: Sequence[ParameterSet]) -> Work:
    """Return the function that makes one run, in whatever process."""
    return partial(run_set, experiment=experiment, rows={one.name: one.row for one in sets})


def run_set(
    scenario: Scenario, seed: int, wanted: Wanted, *, experiment: Experiment, rows: Mapping[str, tuple[float, ...]]
) -> dict[str, pd.DataFrame]:
    """Simulate the worlds of the set that the scenario is named after and return its figures."""
    row = rows[scenario.id]

    def laid(world: Scenario) -> Scenario:
        # What a scenario's own files say stays, as in a comparison that rests on the fit.
        return with_values(world, experiment.columns, row, scenario.id, keep=set_by_hand(world))

    today = simulate(laid(experiment.baseline), seed)
    found = [*level_rows(experiment.levels, today)]
    studies = [one.changed(laid) for one in experiment.studies]
    for one, with_means, without in observed(studies, seed, {content_hash(laid(experiment.baseline)): today}):
        found += effect_rows(one, with_means, without, seed, experiment.effects)
    return {FIGURES: pd.DataFrame(found, columns=list(COLUMNS))}


def level_rows(levels: Sequence[Figure], today: Observation) -> list[tuple[str, float, int]]:
    """Return each level on its scale; NaN for one that this world has no value for."""
    if not levels:
        return []
    table = measure_some(today, {one.outcome for one in levels})
    cells = zip(table["outcome"], table["group_by"], table["group"], strict=True)
    values = dict(zip(cells, table["value"], strict=True))
    people = len(today.people)
    return [
        (one.id, on_scale(float(values.get((one.outcome, one.group_by, one.group), float("nan"))), one.scale), people)
        for one in levels
    ]


def effect_rows(
    worlds: Worlds, with_means: Observation, without: Observation, seed: int, effects: Sequence[Figure]
) -> list[tuple[str, float, int]]:
    """Return each figure of a study on its scale, with the number of those who took part."""
    study, asked = worlds.study, {one.id for one in effects}
    table = subjects_table(study, with_means, without, seed)
    rows = []
    for place, result in enumerate(study.results):
        name = effect_figure(study, place, read_effects()[result.target]).id
        if name in asked:
            value = on_figure_scale(expected_estimate(study, result, table), result.estimator)
            people = int(table.loc[table["outcome"] == result.outcome, "people"].sum())
            rows.append((name, value, people))
    return rows
