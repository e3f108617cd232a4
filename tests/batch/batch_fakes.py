"""Runs small enough to follow by hand: pure functions of scenario and seed, importable by workers."""

import os
import time
from pathlib import Path
from typing import cast

import pandas as pd

from sim.batch.jobs import Job, Wanted
from sim.config.scenario import Scenario

CALLS = "MELLANRUM_TEST_CALLS"
"""Names a folder in which every run made leaves a file, whatever process made it."""


class NamedScenario:
    """As much of a scenario as the batch layer looks at."""

    def __init__(self, name: str) -> None:
        self.id = name


def job(name: str, replication: int, seed: int | None = None) -> Job:
    seed = replication + 100 if seed is None else seed
    scenario = cast("Scenario", NamedScenario(name))
    return Job(scenario=scenario, replication=replication, seed=seed, key=f"{name}-{seed}")


def note_call(scenario: Scenario, seed: int) -> None:
    if folder := os.environ.get(CALLS):
        number = len(list(Path(folder).iterdir()))
        Path(folder, f"{scenario.id}-{seed}-{number}-{os.getpid()}").touch()


def outcomes(scenario: Scenario, seed: int) -> pd.DataFrame:
    level = len(scenario.id) + (seed % 1009) / 7
    return pd.DataFrame(
        {
            "group_by": ["all", "all", "need_group", "need_group"],
            "group": ["all", "all", "1", "5"],
            "outcome": ["ed_visits", "preventable_share_measured", "ed_visits", "ed_visits"],
            "unit": ["per 1,000 and year", "share", "per 1,000 and year", "per 1,000 and year"],
            "value": [level, 0.5, level / 3, level * 3],
        }
    )


def distributions(scenario: Scenario, seed: int) -> pd.DataFrame:
    return pd.DataFrame(
        {"distribution": "lead_days", "group": ["3", "5"], "x": [1.0, 1.0], "value": [0.5, (seed % 97) / 970]}
    )


def fake_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    note_call(scenario, seed)
    tables = {"outcomes": outcomes(scenario, seed), "distributions": distributions(scenario, seed)}
    if wanted.persons:
        tables["persons"] = pd.DataFrame({"person": [0, 1], "year": [0, 0], "cost_sek": [1.5, seed / 7]})
    if wanted.events:
        tables["events/contacts"] = pd.DataFrame({"time_days": [0.25, 0.5], "person": [1, 0]})
    return tables


def failing_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Fail for one scenario in its second replication, otherwise do as `fake_work`."""
    from sim.batch.jobs import replication_seed

    if scenario.id == "team" and seed in (101, replication_seed(1, 1)):
        raise RuntimeError("no beds at all")
    return fake_work(scenario, seed, wanted)


def dying_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """End the worker process without a word for one run."""
    if scenario.id == "team" and seed == 101:
        os._exit(9)
    return fake_work(scenario, seed, wanted)


def slow_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Take long enough to be killed in the middle."""
    time.sleep(0.2)
    return fake_work(scenario, seed, wanted)


class Listening:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def begin(self, *, total: int, reused: int) -> None:
        self.told.append(f"begin {total} {reused}")

    def ran(self, job: Job, error: str | None) -> None:
        self.told.append(f"ran {job.scenario.id} {job.replication} {error}")

    def end(self) -> None:
        self.told.append("end")
