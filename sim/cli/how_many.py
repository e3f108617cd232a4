"""Decide which runs a command makes: a fixed number, as many as precision asks for, or a parameter ensemble."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.cli.batch_request import Request
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.analysis.precision import Precision, Reached
    from sim.batch.batch import Batch
    from sim.batch.jobs import Job
    from sim.config.ensemble import Ensemble
    from sim.config.scenario import Scenario


def _enough(batch: Batch, replications: int) -> int | None:
    return None


@dataclass(slots=True, kw_only=True)
class HowMany:
    """The runs of a command, and after a round whether more are needed."""

    named: str
    """The command and all that decides how many runs it makes: part of what identifies its results."""
    first: int
    """Replications of the first round, over all parameter sets."""
    most: int
    plan: Callable[[int], Sequence[Job]]
    """The jobs of so many replications."""
    decide: Callable[[Batch, int], int | None] = _enough
    rule: Precision | None = None
    ensemble: Ensemble | None = None
    fit: Ensemble | None = None
    """Parameter sets, one for each replication."""
    lucks: int | None = None
    """How many different lucks the runs meet; None = every replication its own."""
    reached: tuple[Reached, ...] = field(default_factory=tuple)
    """How well the chosen numbers were known at the last look."""

    def facts(self, replications: int) -> dict[str, Any]:
        """Return what the receipt says of it."""
        said: dict[str, Any] = {}
        if self.rule is not None:
            said["precision"] = {
                "fewest": self.rule.fewest,
                "most": self.rule.most,
                "share": self.rule.share,
                "met": all(one.is_met for one in self.reached),
                "differences": [
                    {
                        "scenario": one.scenario,
                        "outcome": one.outcome,
                        "unit": one.unit,
                        "mean": one.mean,
                        "half_width": one.half_width,
                        "target": one.target,
                        "n": one.n,
                        "met": one.is_met,
                    }
                    for one in self.reached
                ],
            }
        if self.ensemble is not None:
            sets = len(self.ensemble)
            said["ensemble"] = {
                "file": str(self.ensemble.path),
                "digest": self.ensemble.digest,
                "sets": sets,
                "replications_per_set": replications // sets,
                "parameters": [column.title for column in self.ensemble.columns],
            }
        if self.fit is not None:
            said["fit"] = {
                "place": self.fit.path.parent.name,
                "digest": self.fit.digest,
                "sets": len(self.fit),
                "used": min(replications, len(self.fit)),
                "parameters": [column.title for column in self.fit.columns],
            }
        return said


def how_many(request: Request, scenarios: Sequence[Scenario], code: str) -> HowMany:
    """Return the runs to make. Raises InputError for options that do not fit."""
    from sim.batch.ensemble import plan_fitted
    from sim.batch.jobs import plan_jobs

    if request.ensemble is not None or request.sets is not None:
        return _ensemble(request, scenarios, code)

    fit = find_fitted(request, scenarios)
    each = partial(plan_jobs, scenarios)
    if fit is not None:
        each = partial(plan_fitted, scenarios, fit, lay=request.lay)

    def plan(replications: int) -> Sequence[Job]:
        return each(replications=replications, base_seed=request.seed, code=code)

    named = request.command if fit is None else f"{request.command} {fit.digest}"
    if request.auto is None:
        return HowMany(named=named, first=request.replications, most=request.replications, plan=plan, fit=fit)
    from sim.cli.precision_options import precision_rule

    rule = precision_rule(request.auto)
    found = HowMany(named=f"{named} {rule}", first=rule.fewest, most=rule.most, plan=plan, rule=rule, fit=fit)
    found.decide = partial(_look, found, request)
    return found


def _look(found: HowMany, request: Request, batch: Batch, replications: int) -> int | None:
    """Look at the runs so far, keep what was reached, and return how many there should be."""
    from sim.analysis.precision import next_replications, reached_differences, reached_levels
    from sim.batch.assemble import outcomes_of

    assert found.rule is not None, "there is a rule where there is a look"
    outcomes = outcomes_of(batch.results)
    compares = request.command == "compare"
    found.reached = reached_differences(outcomes, found.rule) if compares else reached_levels(outcomes, found.rule)
    wanted = next_replications(found.reached, replications, found.rule)
    if wanted is not None and not request.quiet:
        wide = sum(not one.is_met for one in found.reached)
        said = f"{wide} of {len(found.reached)} intervals are still too wide after {replications} replications"
        print(f"{said}: going on to {wanted}", file=sys.stderr)
    return wanted


def find_fitted(request: Request, scenarios: Sequence[Scenario]) -> Ensemble | None:
    """Return the fitted parameter sets that the request asks for, or None."""
    from sim.config.ensemble import read_ensemble
    from sim.config.fit import find_fit

    path = find_fit(scenarios[0].place.id) if request.fitted else None
    return None if path is None else read_ensemble(path, scenarios)


def _ensemble(request: Request, scenarios: Sequence[Scenario], code: str) -> HowMany:
    from sim.batch.ensemble import plan_ensemble
    from sim.config.ensemble import read_ensemble

    if request.auto is not None:
        raise InputError("--ensemble: give --replications a number, the runs of each parameter set")
    if request.ensemble is not None:
        ensemble = read_ensemble(request.ensemble, scenarios)
    else:
        assert request.sets is not None, "the caller has looked"
        ensemble = request.sets
    total, common = len(ensemble) * request.replications, request.common_luck
    each = partial(plan_ensemble, scenarios, ensemble, base_seed=request.seed, code=code, common_luck=common)
    return HowMany(
        named=f"{request.command} {ensemble.digest}" + (" common luck" if common else ""),
        first=total,
        most=total,
        plan=lambda replications: each(replications=replications // len(ensemble)),
        ensemble=ensemble,
        lucks=request.replications if common else None,
    )
