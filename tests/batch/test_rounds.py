"""Rounds of runs: what was found decides, not the clock."""

from collections.abc import Sequence

from batch_fakes import Listening, failing_work, fake_work, job

from sim.batch.batch import Batch, run_batch
from sim.batch.executors import local_pool
from sim.batch.jobs import Job
from sim.batch.rounds import run_in_rounds


def plan(replications: int) -> Sequence[Job]:
    return [job(name, number) for number in range(replications) for name in ("baseline", "team")]


def test_each_run_is_made_once_until_it_is_enough() -> None:
    made: list[Job] = []
    seen: list[int] = []

    def make(jobs: Sequence[Job]) -> Batch:
        made.extend(jobs)
        return run_batch(jobs, pool=local_pool(1), work=fake_work, progress=Listening())

    def decide(batch: Batch, replications: int) -> int | None:
        seen.append(len(batch.results))
        return {2: 3, 3: 6}.get(replications)

    batch, replications = run_in_rounds(plan, 2, make, decide)
    assert replications == 6
    assert made == [result.job for result in batch.results]
    assert [one.key for one in made] == [one.key for one in plan(6)]
    assert seen == [4, 6, 12]


def test_a_round_with_a_failure_is_the_last() -> None:
    def make(jobs: Sequence[Job]) -> Batch:
        return run_batch(jobs, pool=local_pool(1), work=failing_work, progress=Listening())

    batch, replications = run_in_rounds(plan, 2, make, lambda batch, number: 2 * number)
    assert replications == 2
    assert batch.failures and len(batch.failures) + len(batch.results) == 4
