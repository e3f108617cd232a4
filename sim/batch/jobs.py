"""Plan which runs to make: every scenario with every replication, each under a key that names its content."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.core.luck import combine

Span = tuple[float, float]
"""First and end day of a part of the measured time, counted from the end of the warm-up."""
SPAN_TABLE = "outcomes_of_days_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run to make: a scenario and the luck it meets."""

    scenario: Scenario
    replication: int
    seed: int
    key: str
    """Hash of everything the result depends on; equal keys give equal tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which large tables a run shall leave beside its outcomes."""

    persons: bool = False
    events: bool = False
    twins: bool = False
    journey: bool = False
    """Whether to keep all that a single person's year can be told from."""
    spans: tuple[Span, ...] = ()
    """Parts of the measured time for which outcomes are measured once more."""


def span_table(span: Span) -> str:
    """Name the table with the outcomes of a span."""
    return f"{SPAN_TABLE}{span[0]:g}_{span[1]:g}"


def replication_seed(base_seed: int, replication: int) -> int:
    """Return the seed of a replication, the same in every scenario; 63 bits, as tables can hold."""
    return int(combine(base_seed, replication)[0] >> 1)


def run_key(scenario_hash: str, seed: int, code: str) -> str:
    """Name a run by what it depends on: resolved scenario, seed and code."""
    return hashlib.sha256(f"{scenario_hash}\n{seed}\n{code}".encode()).hexdigest()[:32]


def plan_jobs(scenarios: Sequence[Scenario], *, replications: int, base_seed: int, code: str) -> tuple[Job, ...]:
    """Return all runs, replication by replication, so that a batch cut short still holds whole pairs."""
    hashes = [content_hash(scenario) for scenario in scenarios]
    jobs = []
    for replication in range(replications):
        seed = replication_seed(base_seed, replication)
        for scenario, scenario_hash in zip(scenarios, hashes, strict=True):
            key = run_key(scenario_hash, seed, code)
            jobs.append(Job(scenario=scenario, replication=replication, seed=seed, key=key))
    return tuple(jobs)
