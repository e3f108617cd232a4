"""Run studies side by side: a world that several of them look at is simulated once.

Most studies compare with today's care, and several try the same means. Worlds of different length are not shared: they
have different luck, and a study shall say the same alone and beside others.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path

import pandas as pd

from calibration.study import Worlds, study_rows
from calibration.study_counts import subjects_table
from sim.batch.jobs import Job, Wanted, replication_seed, run_key
from sim.batch.work import Work
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.core.observation import Observation
from sim.run import simulate

SUBJECTS = "subjects"
"""The table a run leaves: for each study those who took part, alike ones in one row with how many they are."""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Studies that compare with the same world without the means; at least one."""

    studies: tuple[Worlds, ...]

    @property
    def name(self) -> str:
        """Name them, for the list of jobs."""
        first = self.studies[0].study.id
        return first if len(self.studies) == 1 else f"{first} and {len(self.studies) - 1} more"

    @property
    def content(self) -> str:
        """Name all that the run depends on, but for luck and the model's code."""
        parts = [own_code()]
        for one in self.studies:
            parts += [content_hash(one.with_means), content_hash(one.without), one.study.model_dump_json()]
        return "\n".join(parts)


def side_by_side(found: Sequence[Worlds]) -> list[SideBySide]:
    """Put studies together that compare with the same world without the means, over the same time."""
    alike: dict[str, list[Worlds]] = {}
    for one in found:
        alike.setdefault(content_hash(one.without), []).append(one)
    return [SideBySide(tuple(studies)) for studies in alike.values()]


def study_jobs(together: SideBySide, *, replications: int, base_seed: int, code: str) -> tuple[Job, ...]:
    """Return one run per replication, each of all the worlds."""
    scenario, content = replace(together.studies[0].without, id=together.name), together.content
    jobs = []
    for replication in range(replications):
        seed = replication_seed(base_seed, replication)
        key = run_key(f"study\n{content}", seed, code)
        jobs.append(Job(scenario=scenario, replication=replication, seed=seed, key=key))
    return tuple(jobs)


def study_work(together: SideBySide) -> Work:
    """Return the function that makes one run, in whatever process."""
    return partial(_work, together=together)


def _work(scenario: Scenario, seed: int, wanted: Wanted, *, together: SideBySide) -> dict[str, pd.DataFrame]:
    return run_studies_once(together, seed)


def run_studies_once(together: SideBySide, seed: int) -> dict[str, pd.DataFrame]:
    """Simulate every world with the same luck and return who took part in each study and what happened to them."""
    tables = [
        subjects_table(one.study, with_means, without, seed).assign(study=one.study.id)
        for one, with_means, without in observed(together.studies, seed)
    ]
    return {SUBJECTS: pd.concat(tables, ignore_index=True)}


def rows_of(found: Sequence[Worlds], made: Sequence[tuple[SideBySide, Sequence[pd.DataFrame]]]) -> pd.DataFrame | None:
    """Return the figures of each study in the order given, from the tables its runs left; None without any run."""
    rows: dict[str, pd.DataFrame] = {}
    for together, tables in made:
        for one in together.studies if tables else ():
            name = one.study.id
            rows[name] = study_rows(one.study, [table[table["study"] == name] for table in tables])
    inside = [rows[one.study.id] for one in found if one.study.id in rows]
    return pd.concat(inside, ignore_index=True) if inside else None


def observed(
    studies: Sequence[Worlds], seed: int, known: Mapping[str, Observation] | None = None
) -> Iterator[tuple[Worlds, Observation, Observation]]:
    """Yield each study with what happened in its world with the means and in its world without.

    Each world is simulated once, but for worlds without means when studies with the same means differ in them. `known`
    holds worlds that have been simulated, by the hash of their content. No more than two worlds are held beside those.
    """
    without: dict[str, Observation] = dict(known or {})
    by_means: dict[str, list[Worlds]] = {}
    for one in studies:
        by_means.setdefault(content_hash(one.with_means), []).append(one)
    for means, alike in by_means.items():
        with_means: Observation | None = None
        for one in alike:
            beside = content_hash(one.without)
            if beside not in without:
                without = {**(known or {}), beside: simulate(one.without, seed)}
            if with_means is None:
                with_means = without[means] if means in without else simulate(one.with_means, seed)
            yield one, with_means, without[beside]


@cache
def own_code(modules: tuple[str, ...] = ("*.py",)) -> str:
    """Return a hash of modules of this package, on which what a run leaves depends too."""
    digest = hashlib.sha256()
    for path in sorted({path for name in modules for path in Path(__file__).parent.glob(name)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()
