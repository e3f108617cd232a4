"""Make runs in rounds: after each, what was found decides how many replications there shall be."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.batch.batch import Batch, join
from sim.batch.jobs import Job


def run_in_rounds(
    plan: Callable[[int], Sequence[Job]],
    first: int,
    make: Callable[[Sequence[Job]], Batch],
    decide: Callable[[Batch, int], int | None],
) -> tuple[Batch, int]:
    """Return all runs and how many replications they are.

    `plan(n)` gives the jobs of n replications and begins with those of fewer; `make` carries out some; `decide`
    says from all runs so far, and their replications, how many there shall be next, None = enough. Rounds follow
    from results alone, so that any number of processes and a resumed batch go the same way. A round in which
    a run fails is the last: more of the same would not help, and unequal numbers would mislead the rule.
    """
    replications = first
    done = make(plan(replications))
    while not done.failures:
        wanted = decide(done, replications)
        if wanted is None:
            break
        done = join([done, make(plan(wanted)[len(plan(replications)) :])])
        replications = wanted
    return done, replications
