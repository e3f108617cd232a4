"""Plan the runs of a parameter ensemble: every scenario in every parameter set, replications paired within."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import partial

import pandas as pd

from sim.batch.jobs import Job, replication_seed, run_key
from sim.config.ensemble import Ensemble, with_parameters
from sim.config.fit import FittedSets
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario

Lay = Callable[[Scenario, Callable[[Scenario], Scenario]], Scenario]
"""Returns a scenario as it is when a change is made to it; of one made in memory, to what it was made from."""


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
    scenarios: Sequence[Scenario],
    fit: Ensemble,
    *,
    replications: int,
    base_seed: int,
    code: str,
    chosen: Collection[str] = (),
    lay: Lay | None = None,
) -> tuple[Job, ...]:
    """Return all runs, replication by replication, each with the next fitted set; after the last comes the first.

    The sets stand in random order, so that the first ones are a fair sample of all. What is `chosen` stays as the
    scenarios have it, as what their files set does, even where it is the value that everything starts from. `lay`
    says how a set comes into a scenario that was moved: the set first, then the move. Raises InputError for a value
    that is then out of range.
    """
    sets = FittedSets(fit, chosen)
    jobs = []
    for replication in range(replications):
        seed, change = replication_seed(base_seed, replication), partial(sets.over, number=replication)
        for scenario in scenarios:
            changed = lay(scenario, change) if lay else change(scenario)
            key = run_key(content_hash(changed), seed, code)
            jobs.append(Job(scenario=changed, replication=replication, seed=seed, key=key))
    return tuple(jobs)


def with_set(table: pd.DataFrame, replications: int) -> pd.DataFrame:
    """Return a table of runs with the parameter set of each, `replications` a set, as its last column."""
    return table.assign(parameter_set=table["replication"] // replications)
