"""Run a study inside the model: what it would have reported, and what the means does to the same people.

Two worlds are made with the same luck: one with the means, one without. The study sees what its design lets it see.
Beside it stands the true effect: the same people, over the same days, with the means and without. What is left
between the two is regression to the mean, selection, chance between groups, and spill-over to those compared with.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.effects import Effect, read_effects
from calibration.places import only_there
from calibration.study_estimates import findings
from calibration.study_file import Result, Study
from sim.config.scenario import Scenario

PARTS = ("effect", "regression", "selection", "spill_over", "definition")
COLUMNS = (
    *("study", "design", "target", "outcome", "estimator", "published", "published_low", "published_high"),
    *("simulated", "low", "high", "inside", "true_effect", "true_low", "true_high"),
    *("reported_without_effect", "share_not_by_means", "spill_over", "people", "people_compared", "replications"),
    *("kind", "strength", "verified", "source"),
    *("as_published", "level_change", "slope_change", *(f"part_{name}" for name in PARTS)),
)


@dataclass(frozen=True, slots=True)
class Worlds:
    """A study with its two worlds, ready to run."""

    study: Study
    with_means: Scenario
    without: Scenario

    def changed(self, change: Callable[[Scenario], Scenario]) -> Worlds:
        """Return the study with both worlds changed alike."""
        return replace(self, with_means=change(self.with_means), without=change(self.without))


def offered_to(scenario: Scenario, share: float) -> Scenario:
    """Return a scenario whose means are offered to a share of people by luck, the same people for every means."""
    means = tuple(replace(choice, coverage=choice.coverage * share) for choice in scenario.means)
    return replace(scenario, means=means)


def world_with_means(study: Study, scenario: Scenario) -> Scenario:
    """Return the world of a study: the means offered to those its design lets have it.

    With luck before consent those who would decline have no means, and still count among those offered it.
    """
    there = only_there(scenario) if study.assigned_by == "municipality" else scenario
    return offered_to(there, study.share_offered * study.consent_share)


def studies_named(found: Sequence[Worlds]) -> str:
    """Name what is asked for, whatever the order of the studies; part of an output folder's identity."""
    return "\n".join(["study", *sorted(one.study.model_dump_json() for one in found)])


def study_rows(study: Study, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return one row per figure of a study, columns `COLUMNS`, over the people of all replications."""
    effects = read_effects()
    together = pd.concat(tables, ignore_index=True)
    rows = [_row(study, result, effects[result.target], together, len(tables)) for result in study.results]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(study: Study, result: Result, effect: Effect, table: pd.DataFrame, replications: int) -> dict[str, object]:
    found = findings(study, result, table)
    reported, truth, series = found.reported, found.truth, found.series
    return {
        "study": study.id,
        "design": study.design,
        "target": effect.id,
        "outcome": result.outcome,
        "estimator": result.estimator,
        "published": np.nan if effect.estimate is None else effect.estimate,
        "published_low": effect.low,
        "published_high": effect.high,
        "simulated": reported.value,
        "low": reported.low,
        "high": reported.high,
        "inside": bool(effect.low <= reported.value <= effect.high) if np.isfinite(reported.value) else None,
        "true_effect": truth.value,
        "true_low": truth.low,
        "true_high": truth.high,
        "reported_without_effect": found.without_effect,
        "share_not_by_means": found.not_by_means,
        "spill_over": found.spill_over,
        "people": found.people,
        "people_compared": found.people_compared,
        "replications": replications,
        **{name: getattr(effect, name) for name in ("kind", "strength", "verified", "source")},
        "as_published": study.as_published,
        "level_change": np.nan if series is None else float(np.expm1(series.level_change)),
        "slope_change": np.nan if series is None else float(np.expm1(series.slope_change * study.periods_per_year)),
        **{f"part_{name}": getattr(found.parts, name) for name in PARTS},
    }
