"""Say beforehand how long runs will take, from what runs have taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.batch.jobs import Job
from sim.config.parameter_file import load_parameter_file
from sim.config.scenario import Scenario
from sim.core.parameter import read_group


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTime:
    """The entries of `run_time.yaml`, which also says what each means and where it comes from."""

    seconds_per_year: float
    seconds_per_1000_person_years: float

    def of(self, scenario: Scenario) -> float:
        """Return the seconds that one run of a scenario takes."""
        people = sum(one.total for one in scenario.place.municipalities) * scenario.sample_share
        years = scenario.years + scenario.warmup_years
        return years * (self.seconds_per_year + self.seconds_per_1000_person_years * people / 1000.0)


def expected_seconds(jobs: Sequence[Job], processes: int) -> float:
    """Return about how long it takes to make these runs, each key once, on so many processes."""
    once = {job.key: job.scenario for job in jobs}
    return sum(_run_time().of(scenario) for scenario in once.values()) / max(processes, 1)


@cache
def _run_time() -> RunTime:
    register = load_parameter_file(Path(__file__).with_name("run_time.yaml"))
    return read_group(RunTime, "run_time", register)
