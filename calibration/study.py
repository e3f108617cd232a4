"""Run a study inside the model: what it would have reported, and what the means does to the same people.

Two worlds are made with the same luck: one with the means, one without. The study sees what its design lets it see.
Beside it stands the true effect: the same people, over the same days, with the means and without. What is left
between the two is regression to the mean, selection, chance between groups, and spill-over to those compared with.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import numpy as np
import pandas as pd

from calibration.effects import Effect, read_effects
from calibration.estimators import Estimator, Term, Values, estimate, mean_rate, share_not_by_means
from calibration.study_file import Result, Study
from calibration.study_outcomes import OUTCOMES, Window
from calibration.study_subjects import Group, take_part
from sim.batch.jobs import Job, Wanted, replication_seed, run_key
from sim.batch.work import Work
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.core.observation import Observation
from sim.run import simulate

SUBJECTS = "subjects"
"""The table a run leaves: those who took part, alike ones in one row with how many they are."""
_COUNTED = ("before", "before_exposure", "after", "after_exposure", "without", "without_exposure")
SUBJECT_COLUMNS = ("outcome", "treated", "weight", *_COUNTED, "people")
COLUMNS = (
    *("study", "design", "target", "outcome", "estimator", "published", "published_low", "published_high"),
    *("simulated", "low", "high", "inside", "true_effect", "true_low", "true_high"),
    *("reported_without_effect", "share_not_by_means", "spill_over", "people", "people_compared", "replications"),
    *("kind", "strength", "verified", "source"),
)


@dataclass(frozen=True, slots=True)
class Worlds:
    """A study with its two worlds, ready to run."""

    study: Study
    with_means: Scenario
    without: Scenario


def offered_to(scenario: Scenario, share: float) -> Scenario:
    """Return a scenario whose means are offered to a share of people by luck, the same people for every means."""
    means = tuple(replace(choice, coverage=choice.coverage * share) for choice in scenario.means)
    return replace(scenario, means=means)


def study_jobs(worlds: Worlds, *, replications: int, base_seed: int, code: str) -> tuple[Job, ...]:
    """Return one run per replication, each of both worlds; the key names the study and this package's code too."""
    content = "\n".join(
        [content_hash(worlds.with_means), content_hash(worlds.without), worlds.study.model_dump_json(), _own_code()]
    )
    jobs = []
    for replication in range(replications):
        seed = replication_seed(base_seed, replication)
        key = run_key(f"study\n{content}", seed, code)
        jobs.append(Job(scenario=worlds.with_means, replication=replication, seed=seed, key=key))
    return tuple(jobs)


def study_work(worlds: Worlds) -> Work:
    """Return the function that makes one run of a study, in whatever process."""
    return partial(run_study, study=worlds.study, without=worlds.without)


def run_study(
    scenario: Scenario, seed: int, wanted: Wanted, *, study: Study, without: Scenario
) -> dict[str, pd.DataFrame]:
    """Simulate both worlds with the same luck and return who took part and what happened to them."""
    return {SUBJECTS: subjects_table(study, simulate(scenario, seed), simulate(without, seed), seed)}


def subjects_table(study: Study, with_means: Observation, without: Observation, seed: int) -> pd.DataFrame:
    """Count each outcome before and after, and after in the other world; columns `SUBJECT_COLUMNS`."""
    group = take_part(study, with_means, without, seed)
    names = dict.fromkeys(result.outcome for result in study.results)
    parts = [_counted(name, study, group, with_means, without) for name in names]
    return pd.concat(parts, ignore_index=True)[list(SUBJECT_COLUMNS)]


def _counted(outcome: str, study: Study, group: Group, with_means: Observation, without: Observation) -> pd.DataFrame:
    who = np.flatnonzero(np.isfinite(group.index_days))
    found = group.index_days
    start, end = found + study.delay_days, found + study.delay_days + study.follow_up_days
    spans = {
        "before": (with_means, found - study.before_days, found),
        "after": (with_means, start, end),
        "without": (without, start, end),
    }
    columns: dict[str, object] = {"treated": group.treated[who], "weight": group.weights[who]}
    for name, (world, begin, until) in spans.items():
        events, exposure = OUTCOMES[outcome](Window(world, begin, until))
        columns[name], columns[f"{name}_exposure"] = events[who], exposure[who]
    alike = pd.DataFrame(columns).groupby(["treated", "weight", *_COUNTED], sort=True).size()
    return alike.rename("people").reset_index().assign(outcome=outcome)


def studies_named(found: Sequence[Worlds]) -> str:
    """Name what is asked for, whatever the order of the studies; part of an output folder's identity."""
    return "\n".join(["study", *sorted(one.study.model_dump_json() for one in found)])


@cache
def _own_code() -> str:
    """Return a hash of this package's modules, on which what a run leaves depends too."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def study_rows(study: Study, tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return one row per figure of a study, columns `COLUMNS`, over the people of all replications."""
    effects = read_effects()
    together = pd.concat(tables, ignore_index=True)
    rows = [_row(study, result, effects[result.target], together, len(tables)) for result in study.results]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(study: Study, result: Result, effect: Effect, table: pd.DataFrame, replications: int) -> dict[str, object]:
    seen = Seen(table[table["outcome"] == result.outcome], result.estimator)
    reported, true, nothing, spill_over = seen.compare(study)
    how, people = result.estimator, seen.people
    # Of a level nothing is "caused": the true effect is what the level is more than without, a plain difference.
    of_truth: Estimator = "difference" if how == "share" else how
    found, truth = estimate(reported, people, how), estimate(true, people, of_truth)
    return {
        "study": study.id,
        "design": study.design,
        "target": effect.id,
        "outcome": result.outcome,
        "estimator": how,
        "published": np.nan if effect.estimate is None else effect.estimate,
        "published_low": effect.low,
        "published_high": effect.high,
        "simulated": found.value,
        "low": found.low,
        "high": found.high,
        "inside": bool(effect.low <= found.value <= effect.high) if np.isfinite(found.value) else None,
        "true_effect": truth.value,
        "true_low": truth.low,
        "true_high": truth.high,
        "reported_without_effect": estimate(nothing, people, how).value,
        "share_not_by_means": share_not_by_means(reported, true, people),
        "spill_over": np.nan if spill_over is None else estimate(spill_over, people, how).value,
        "people": int(people[seen.treated].sum()),
        "people_compared": int(people[~seen.treated].sum()),
        "replications": replications,
        "kind": effect.kind,
        "strength": effect.strength,
        "verified": effect.verified,
        "source": effect.source,
    }


class Seen:
    """The people of a study and the rates that its designs compare."""

    def __init__(self, table: pd.DataFrame, how: Estimator) -> None:
        self._table, self._how = table, how
        self.people: Values = table["people"].to_numpy(dtype=np.float64)
        self.treated = table["treated"].to_numpy(dtype=np.bool_)

    def rate(self, period: str, treated: bool | None = None) -> Term:
        """Return a rate `before`, `after`, or after `without` the means, among the treated, the others, or all."""
        who = np.ones(len(self.treated), dtype=np.bool_) if treated is None else self.treated == treated
        events, exposure, weights = (
            self._table[name].to_numpy(dtype=np.float64) for name in (period, f"{period}_exposure", "weight")
        )
        return mean_rate(events, exposure, who, self._how, people=self.people, weights=weights)

    def compare(self, study: Study) -> tuple[Term, Term, Term, Term | None]:
        """Return what is reported, what the means does, what would be reported if it did nothing, and spill-over."""
        if study.design in ("randomised", "matched_control"):
            true = self.rate("after", True) - self.rate("without", True)
            nothing = self.rate("without", True) - self.rate("without", False)
            spill_over = self.rate("after", False) - self.rate("without", False)
            return self.rate("after", True) - self.rate("after", False), true, nothing, spill_over
        if study.design == "cross_section":
            # Exposure is compared as it is today; the truth is what the means would do for those who lack it.
            reported = self.rate("without", True) - self.rate("without", False)
            true = self.rate("after", False) - self.rate("without", False)
            return reported, true, reported - true, None
        true = self.rate("after") - self.rate("without")
        if study.design == "own_log":
            return self.rate("after"), true, self.rate("without"), None
        return self.rate("after") - self.rate("before"), true, self.rate("without") - self.rate("before"), None
