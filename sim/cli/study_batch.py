"""Make the runs of published studies in one folder, with one receipt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.cli.batch_jobs import EXIT_SOME_FAILED, AtWork, open_work
from sim.cli.batch_request import Request, choose_folder

if TYPE_CHECKING:
    from calibration.study import Worlds
    from sim.batch.batch import Batch
    from sim.batch.folder import Folder
    from sim.batch.jobs import Job
    from sim.batch.work import Work


@dataclass(frozen=True, slots=True)
class StudyBatch:
    """Studies at work, and what became of their runs so far."""

    at_work: AtWork
    batches: list[Batch] = field(default_factory=list)

    def run(self, jobs: Sequence[Job], work: Work) -> Batch:
        """Make the runs of studies side by side; `work` makes one of them."""
        self.batches.append(self.at_work.run_jobs(jobs, work))
        return self.batches[-1]

    @property
    def folder(self) -> Folder:
        """Where everything is written."""
        return self.at_work.folder

    @property
    def batch(self) -> Batch:
        """The runs of all studies."""
        from sim.batch.batch import join

        return join(self.batches)

    @property
    def exit_code(self) -> int:
        """0, or 3 when some runs failed."""
        return EXIT_SOME_FAILED if self.batch.failures else 0


@contextmanager
def open_studies(
    request: Request, found: Sequence[Worlds], *, named: str, processes: int, facts: Mapping[str, Any]
) -> Iterator[StudyBatch]:
    """Guard the folder, declare the receipt with the `facts`, and close it when the runs are made.

    `named` says what is asked: a folder that holds another question is refused. Raises InputError before anything
    is written.
    """
    from sim.batch.manifest import close, write_manifest

    scenarios = [world for one in found for world in (one.without, one.with_means)]
    replications = request.replications
    folder = choose_folder(request, scenarios, named, replications)
    with open_work(
        request, folder, scenarios, named, replications=replications, processes=processes, facts=facts
    ) as at_work:
        studies = StudyBatch(at_work)
        yield studies
    status = "some runs failed" if studies.exit_code else "done"
    write_manifest(close(at_work.manifest, status, at_work.started, studies.batch), folder.path)
    at_work.lock.release()
