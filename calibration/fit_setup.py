"""Put a fit together from its files: which studies and worlds are run, over which time, and what is checked first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from calibration.fit import Setup
from calibration.fit_figures import effect_figures, level_figures
from calibration.fit_run import FIGURES, Experiment, ParameterSet
from calibration.held_out import effect_uses
from calibration.plan import Plan
from calibration.space import ParameterSpace, read_space
from calibration.study import Worlds, world_with_means
from calibration.study_file import Study, find_study, read_study, study_files, study_scenario
from calibration.validation import Target
from sim.batch.batch import Batch
from sim.config.ensemble import with_values
from sim.config.errors import InputError
from sim.config.fit import set_by_hand
from sim.config.loader import load_scenario
from sim.config.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A fit ready to run."""

    setup: Setup
    levels: Experiment
    """Today's care alone, over a short time."""
    studies: Experiment | None
    """The studies, over the time the longest of them takes; None when no effect is fitted."""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Return every world once, today's care first."""
        beside = () if self.studies is None else self.studies.studies
        more = [world for one in beside for world in (one.with_means, one.without) if world.id != "baseline"]
        return (self.levels.baseline, *{world.id: world for world in more}.values())

    @property
    def named(self) -> str:
        """Name what is asked for: part of an output folder's identity."""
        setup = self.setup
        parts = ["calibrate", setup.plan.model_dump_json(), repr(setup.space), repr(setup.figures)]
        if self.studies is not None:
            parts += [one.study.model_dump_json() for one in self.studies.studies]
        return "\n".join(parts)

    def receipt(self) -> dict[str, object]:
        """Return what the receipt says of the fit."""
        setup = self.setup
        return {
            "plan": setup.plan.model_dump(mode="json"),
            "seed_of_fit": setup.seed,
            "parameters": len(setup.space),
            "targets": {"levels": len(setup.levels), "effects": len(setup.effects)},
            "studies": [one.study.id for one in self.studies.studies] if self.studies else [],
            "hashes": {
                "space": _hash(repr(setup.space)),
                "targets": _hash(repr(setup.figures)),
                "plan": _hash(setup.plan.model_dump_json()),
            },
        }


def prepare(plan: Plan, *, place: str | None, seed: int, targets: tuple[Target, ...] | None = None) -> Prepared:
    """Return the fit that the plan asks for; with `targets` these levels are fitted in place of the published ones.

    Raises InputError for everything that is wrong with the files, before anything is run.
    """
    baseline = load_scenario(
        "baseline",
        place=place,
        years=plan.levels.years,
        warmup_years=plan.levels.warmup_years,
        sample_share=plan.sample,
    )
    space = _space(plan, baseline)
    levels = level_figures(targets, sample=plan.sample)
    if not levels:
        raise InputError("no published level is left to fit; give at least one")
    studies = _studies(plan)
    effects = effect_figures([study for _, study in studies])
    setup = Setup(plan=plan, space=space, levels=levels, effects=effects, seed=seed)
    of_levels = Experiment(baseline=baseline, columns=space.columns, levels=levels)
    of_studies = _experiment(setup, studies, place) if effects else None
    prepared = Prepared(setup=setup, levels=of_levels, studies=of_studies)
    _check_ends(space, prepared.scenarios)
    return prepared


def _space(plan: Plan, baseline: Scenario) -> ParameterSpace:
    space = read_space([baseline])
    if plan.parameters == "all":
        return space
    try:
        return space.only(plan.parameters)
    except KeyError as missing:
        raise InputError(f"plan: parameters: {missing.args[0]} is not in calibration/space.yaml") from None


Read = tuple[Path, Study]


def _studies(plan: Plan) -> list[Read]:
    """Return the studies of the published design that give a fitted effect and are asked for, with their files."""
    if not plan.runs_studies:
        return []
    paths = study_files().values() if plan.studies == "all" else [find_study(name) for name in plan.studies]
    uses = effect_uses()
    found = [(path, one) for path in paths if (one := read_study(path)).as_published]
    return [(path, one) for path, one in found if any(uses[result.target] == "fit" for result in one.results)]


def _experiment(setup: Setup, studies: Sequence[Read], place: str | None) -> Experiment:
    """Return the worlds of the studies, all over the time that the longest of them takes.

    A study reads its own days inside it: they are counted from the end of the warm-up.
    """
    span = {
        "place": place,
        "years": max(study.years for _, study in studies),
        "warmup_years": max(study.warmup_years for _, study in studies),
        "sample_share": setup.plan.study_sample,
    }
    return Experiment(
        baseline=_world("baseline", span),
        columns=setup.space.columns,
        studies=tuple(_worlds(path, study, span) for path, study in studies),
        effects=setup.effects,
    )


def _worlds(path: Path, study: Study, span: Mapping[str, object]) -> Worlds:
    with_means, without = (_world(study_scenario(path, named), span) for named in (study.scenario, study.comparator))
    return Worlds(study, world_with_means(study, with_means), without)


def _world(named: str, span: Mapping[str, object]) -> Scenario:
    return load_scenario(named, **span)  # type: ignore[arg-type]  # the keys are those of the loader


def _check_ends(space: ParameterSpace, scenarios: Sequence[Scenario]) -> None:
    """Raise InputError unless every scenario takes both ends of every range: its own ranges may be narrower."""
    for row in ([one.low for one in space.dimensions], [one.high for one in space.dimensions]):
        for scenario in scenarios:
            origin = f"calibration/space.yaml, scenario {scenario.id}"
            with_values(scenario, space.columns, row, origin, keep=set_by_hand(scenario))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def values_of(batch: Batch, sets: Sequence[ParameterSet], figures: Sequence[str]) -> pd.DataFrame:
    """Return one row per set, one column per figure; NaN where a run failed or told nothing."""
    rows = {result.job.replication: result.table(FIGURES) for result in batch.results}
    told = [
        dict(zip(rows[one.number]["figure"], rows[one.number]["value"], strict=True)) if one.number in rows else {}
        for one in sets
    ]
    return pd.DataFrame([{name: one.get(name, float("nan")) for name in figures} for one in told])
