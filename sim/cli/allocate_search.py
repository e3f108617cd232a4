"""Search the mixes of an allocation generation by generation, and run the best again with other luck."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from sim.cli.allocate_effort import Effort
from sim.cli.batch_jobs import AtWork
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.analysis.allocation_aims import Aim, Budget, Judged
    from sim.analysis.allocation_capacity import Added
    from sim.batch.batch import Batch, Result
    from sim.batch.jobs import Job
    from sim.batch.work import Work
    from sim.config.allocation import Allocation, Mix
    from sim.config.ensemble import Ensemble
    from sim.config.scenario import Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationQuestion:
    """What is asked: the choices, what they start from, the aims, the budget and the effort."""

    allocation: Allocation
    baseline: Scenario
    scenario: Scenario
    """Holds all means."""
    aims: tuple[Aim, ...]
    budget: Budget
    effort: Effort

    @property
    def inhabitants(self) -> float:
        """People of the whole place, whatever sample of them is simulated."""
        return float(sum(one.total for one in self.baseline.place.municipalities))

    def digest(self, fit: Ensemble | None) -> str:
        """Name all that decides which runs are made."""
        asked = (self.allocation, self.aims, self.budget, self.effort, fit.digest if fit else None)
        return hashlib.sha256(repr(asked).encode()).hexdigest()


@dataclass(slots=True, kw_only=True)
class Tried:
    """All mixes tried so far, in order, with what the search saw of them."""

    mixes: list[Mix] = field(default_factory=list)
    generation: list[int] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    @property
    def ids(self) -> list[str]:
        """Names of the mixes, by the order in which they were tried."""
        return [mix_id(number) for number in range(len(self.mixes))]


@dataclass(slots=True, kw_only=True)
class Runs:
    """The runs of an allocation, made in one pool."""

    question: AllocationQuestion
    at_work: AtWork
    code: str
    fit: Ensemble | None
    work: Work | None
    baseline: tuple[Result, ...] = ()
    """Of the search."""
    batches: list[Batch] = field(default_factory=list)

    def plan(self, scenarios: Sequence[Scenario], first: int, count: int) -> Sequence[Job]:
        """Return the jobs of replications from `first` on: each has luck, and where fitted parameters, of its own."""
        from sim.batch.ensemble import plan_fitted
        from sim.batch.jobs import plan_jobs

        each = partial(plan_jobs, scenarios)
        if self.fit is not None:
            moves = (choice.move for choice in self.question.allocation.choices)
            chosen = {move.name for move in moves if move is not None}
            each = partial(plan_fitted, scenarios, self.fit, chosen=chosen)
        jobs = each(replications=first + count, base_seed=self.at_work.request.seed, code=self.code)
        return jobs[first * len(scenarios) :]

    def make(self, jobs: Sequence[Job]) -> Batch:
        """Make the runs."""
        batch = self.at_work.run_jobs(jobs, self.work)
        self.batches.append(batch)
        return batch

    @property
    def failed(self) -> bool:
        """Whether a run has failed."""
        return any(batch.failures for batch in self.batches)

    def judge(self, results: Sequence[Result], ids: Sequence[str], mixes: Sequence[Mix]) -> Judged:
        """Judge mixes by their runs and those of the baseline. Raises InputError for an outcome without a value."""
        from sim.analysis.allocation_aims import judge
        from sim.batch.assemble import outcomes_of

        added, people = self.added(ids, mixes), self.question.inhabitants
        try:
            return judge(outcomes_of(results), ids, self.question.aims, added, people)
        except ValueError as problem:
            raise InputError(f"--outcome {problem}; choose another outcome, or more people or years") from None

    def added(self, ids: Sequence[str], mixes: Sequence[Mix]) -> dict[str, Added]:
        """Return what staff and places cost that the mixes add."""
        from sim.analysis.allocation_capacity import added_capacity

        asked = self.question
        return {
            name: added_capacity(asked.allocation, asked.baseline.place, mix)
            for name, mix in zip(ids, mixes, strict=True)
        }

    def scenarios(self, ids: Sequence[str], mixes: Sequence[Mix]) -> list[Scenario]:
        """Return the scenarios of mixes."""
        from sim.config.allocation_mix import NamedMix, mix_scenario

        asked = self.question
        pairs = zip(ids, mixes, strict=True)
        return [mix_scenario(asked.allocation, asked.scenario, NamedMix(id=name, mix=mix)) for name, mix in pairs]


def mix_id(number: int) -> str:
    """Name a mix by the order in which it was tried."""
    return f"mix_{number:03d}"


def search(runs: Runs) -> Tried:
    """Return all mixes tried; the same seed and the same runs give the same ones."""
    from sim.analysis.allocation_search import Search, Space

    request, asked = runs.at_work.request, runs.question
    limits = sum(one is not None for one in (asked.budget.sek, asked.budget.hours))
    space = Space(
        levels=asked.allocation.levels,
        objectives=sum(aim.weight > 0.0 for aim in asked.aims),
        limits=limits,
        meaningful=asked.allocation.meaningful,
    )
    found = Search(space, population=asked.effort.population, seed=request.seed, starts=asked.allocation.starts())
    runs.baseline = runs.make(runs.plan([asked.baseline], 0, request.replications)).results
    tried = Tried()
    for generation in range(asked.effort.generations):
        mixes = found.ask()
        if runs.failed or not mixes:
            break
        before = len(tried.mixes)
        tried.mixes += mixes
        tried.generation += [generation] * len(mixes)
        ids = tried.ids[before:]
        batch = runs.make(runs.plan(runs.scenarios(ids, mixes), 0, request.replications))
        if batch.failures:
            break
        judged = runs.judge([*runs.baseline, *batch.results], ids, mixes)
        tried.judged.append(judged)
        found.tell(judged.objectives, asked.budget.over(judged.sek.mean(axis=1), judged.hours.mean(axis=1)))
        if not request.quiet:
            print(f"generation {generation + 1} of {asked.effort.generations}: {len(tried.mixes)} mixes tried",
                  file=sys.stderr)  # fmt: skip
    return tried


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """The mixes run again, and those runs."""

    places: list[int]
    """Their numbers among the mixes tried."""
    searched: Judged
    """All mixes, as the search saw them."""
    judged: Judged
    scenarios: list[Scenario]
    batch: Batch


def confirm(runs: Runs, tried: Tried) -> Confirmed | None:
    """Run the best mixes again with other luck, today's care beside them; None when none is within the budget.

    Replications go on where those of the search ended, so that luck and fitted parameter sets are new.
    """
    from sim.analysis.allocation_aims import joined
    from sim.analysis.allocation_front import to_confirm

    asked, searched = runs.question, joined(tried.judged)
    within = asked.budget.allows(searched.sek.mean(axis=1), searched.hours.mean(axis=1))
    places = to_confirm(searched, within, asked.effort.confirm_mixes)
    if not places:
        return None
    today = [place for place, mix in enumerate(tried.mixes) if mix == asked.allocation.today and within[place]]
    places = list(dict.fromkeys([*places, *today]))
    ids, mixes = [tried.ids[place] for place in places], [tried.mixes[place] for place in places]
    scenarios = [asked.baseline, *runs.scenarios(ids, mixes)]
    batch = runs.make(runs.plan(scenarios, runs.at_work.request.replications, asked.effort.confirm))
    if batch.failures:
        return None
    judged = runs.judge(batch.results, ids, mixes)
    return Confirmed(places=places, searched=searched, judged=judged, scenarios=scenarios, batch=batch)
