"""Plan the runs of a parameter ensemble: every scenario in every parameter set, replications paired within."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.batch.jobs import Job, replication_seed, run_key
from sim.config.ensemble import Ensemble, with_parameters
from sim.config.fit import set_by_hand
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario


def plan_ensemble(
    scenarios: Sequence[Scenario],
    ensemble: Ensemble,
    *,
    replications: int,
    base_seed: int,
    code: str,
    common_luck: bool = False,
) -> tuple[Job, ...]:
    """Return all runs, set by set; raises InputError for a value out of range before any is planned.

    Replications are numbered on through the sets, each with luck of its own: so sets differ by parameters and
    chance, and the two can be told apart. With `common_luck` all sets meet the same luck, replication by
    replication, so that they differ by parameters only.
    """
    jobs = []
    for number in range(len(ensemble)):
        changed = [with_parameters(scenario, ensemble, number) for scenario in scenarios]
        hashes = [content_hash(scenario) for scenario in changed]
        for replication in range(number * replications, (number + 1) * replications):
            seed = replication_seed(base_seed, replication % replications if common_luck else replication)
            for scenario, scenario_hash in zip(changed, hashes, strict=True):
                key = run_key(scenario_hash, seed, code)
                jobs.append(Job(scenario=scenario, replication=replication, seed=seed, key=key))
    return tuple(jobs)


def plan_fitted(
    scenarios: Sequence[Scenario], fit: Ensemble, *, replications: int, base_seed: int, code: str
) -> tuple[Job, ...]:
    """Return all runs, replication by replication, each with the next fitted set; after the last comes the first.

    The sets stand in random order, so that the first ones are a fair sample of all.
    """
    own = [set_by_hand(scenario) for scenario in scenarios]
    jobs = []
    for replication in range(replications):
        seed, number = replication_seed(base_seed, replication), replication % len(fit)
        for scenario, kept in zip(scenarios, own, strict=True):
            changed = with_parameters(scenario, fit, number, keep=kept)
            key = run_key(content_hash(changed), seed, code)
            jobs.append(Job(scenario=changed, replication=replication, seed=seed, key=key))
    return tuple(jobs)


def with_set(table: pd.DataFrame, replications: int) -> pd.DataFrame:
    """Return a table of runs with the parameter set of each, `replications` a set, as its last column."""
    return table.assign(parameter_set=table["replication"] // replications)
