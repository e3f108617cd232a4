"""Say beforehand about how long runs will take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.batch_request import Request
from sim.cli.options import cores

if TYPE_CHECKING:
    from sim.batch.jobs import Job
    from sim.config.scenario import Scenario


def time_of(jobs: Sequence[Job], request: Request) -> str:
    """Return about how long it takes to make these runs, and on how many processors."""
    from sim.batch.run_time import expected_seconds

    processes = min(request.jobs or cores(), max(len(jobs), 1))
    return f"{in_words(expected_seconds(jobs, processes))} on {processes} free processors"


def time_at_most(runs: int, scenario: Scenario, request: Request) -> str:
    """Return about how long so many runs take, each as long as one of the scenario, if none is stored yet."""
    from sim.batch.jobs import Job

    jobs = [Job(scenario=scenario, replication=number, seed=0, key=str(number)) for number in range(runs)]
    return f"{time_of(jobs, request)} unless they are stored already"


def in_words(seconds: float) -> str:
    """Write a time as a person would: it is an estimate."""
    if seconds < 60.0:
        return "less than a minute"
    if seconds < 5400.0:
        return f"about {round(seconds / 60.0)} minutes"
    return f"about {seconds / 3600.0:.1f} hours"
