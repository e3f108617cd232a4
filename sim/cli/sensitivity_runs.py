"""Carry out a sensitivity analysis: runs, tables, receipt, report."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, preventable_share, sign
from sim.cli.how_long import time_at_most
from sim.cli.sensitivity_plan import Layout
from sim.cli.set_runs import run_sets, write_tables

if TYPE_CHECKING:
    from sim.analysis.decision import Criterion
    from sim.analysis.quantities import Quantity
    from sim.batch.work import Work
    from sim.config.ensemble import Column
    from sim.config.scenario import Scenario
    from sim.outcomes.outcome import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked: scenarios, what they are set against, outcomes, groups, and how parameters move."""

    layout: Layout
    scenarios: tuple[Scenario, ...]
    against: Scenario | None
    outcomes: tuple[Outcome, ...]
    groups: tuple[tuple[str, str], ...]
    worth_sek: Mapping[str, float]
    """What one unit of an outcome is worth; empty = outcomes are not added up."""

    @property
    def options(self) -> tuple[str, ...]:
        """Return the scenarios one decides between, what they are set against first."""
        return (*([self.against.id] if self.against else []), *(one.id for one in self.scenarios))

    @property
    def quantities(self) -> list[Quantity]:
        """Return every outcome or difference that is followed."""
        from sim.analysis.quantities import Quantity

        against = self.against.id if self.against else None
        return [
            Quantity(scenario=scenario.id, against=against, group_by=group_by, group=group, outcome=outcome)
            for scenario in self.scenarios
            for outcome in self.outcomes
            for group_by, group in self.groups
        ]

    @property
    def criteria(self) -> list[Criterion]:
        """Return what makes one scenario better than another; nothing without two of them."""
        from sim.analysis.decision import by_outcome, by_worth
        from sim.outcomes.outcome import all_outcomes

        if len(self.options) < 2:
            return []
        registry = all_outcomes()
        worth = {registry[name]: sek for name, sek in self.worth_sek.items()}
        found = []
        for group_by, group in self.groups:
            found += [by_worth(worth, group_by, group)] if worth else []
            found += [by_outcome(outcome, group_by, group) for outcome in self.outcomes]
        return found


def announce(request: Request, question: Question) -> None:
    """Say how many runs there are at most, and about how long they take if none is stored yet."""
    sets, scenarios = len(question.layout.sets), len(question.options)
    runs = sets * scenarios * request.replications
    print(
        f"{len(question.layout.box.dimensions)} parameters: {sets} parameter sets x {scenarios} scenarios x "
        f"{request.replications} replications = {runs} runs; "
        f"{time_at_most(runs, question.scenarios[0], request)}",
        file=sys.stderr,
    )


def sensitivity_runs(request: Request, question: Question, work: Work | None = None) -> Finished:
    """Make the runs of every set and write all tables and the receipt; `work` makes one run."""
    finished = run_sets(request, question.layout, work)
    from sim.cli.sensitivity_tables import analyse  # heavy: not while the runs are made

    refused = write_tables(finished, question.layout, partial(analyse, question=question))
    sign(finished, preventable_share=preventable_share(finished), sensitivity=receipt(question, refused))
    return finished


def receipt(question: Question, refused: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what the manifest says of an analysis of parameter sets."""
    layout = question.layout
    return {
        "method": layout.method.value,
        "source": layout.source,
        "sets": len(layout.sets),
        "direct": layout.direct,
        "second_order": layout.second_order,
        "base": layout.base,
        "common_luck": layout.common_luck,
        "parameters": [
            {
                "name": one.title,
                **_register(question, one.column),
                "start": one.start,
                "low": one.low,
                "high": one.high,
                "scale": "log" if one.log else "linear",
                "range": one.origin,
            }
            for one in layout.box.dimensions
        ],
        "held": {column.title: value for column, value in layout.box.held},
        "scenarios": [one.id for one in question.scenarios],
        "against": question.against.id if question.against else None,
        "outcomes": [one.id for one in question.outcomes],
        "groups": [list(group) for group in question.groups],
        "worth_sek": dict(question.worth_sek),
        "refused": list(refused),
    }


def _register(question: Question, column: Column) -> dict[str, str]:
    """Return unit and meaning of a parameter, as the register says them."""
    from sim.config.parts import ALL_NUMBERS
    from sim.config.uncertain import parameter_in

    scenarios = [*([question.against] if question.against else []), *question.scenarios]
    found = next(one for scenario in scenarios if (one := parameter_in(scenario, column)) is not None)
    unit = "factor" if column.part == ALL_NUMBERS else found.unit
    return {"unit": unit, "meaning": found.meaning}


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.report.sensitivity_page import build_sensitivity_report
    from sim.report.sensitivity_results import read_sensitivity
    from sim.report.sensitivity_terminal import print_sensitivity

    nothing = "cli.nothing_sensed" if finished.outcomes is None else None
    give_answer(
        finished.folder.path,
        lang,
        build=build_sensitivity_report,
        read=read_sensitivity,
        say=print_sensitivity,
        nothing=nothing,
    )
