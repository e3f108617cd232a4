"""Carry out what `mellanrum robustness` asks: runs, tables, receipt, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, preventable_share, sign
from sim.cli.sensitivity_runs import Question, receipt
from sim.cli.set_runs import run_sets, write_tables

if TYPE_CHECKING:
    from sim.analysis.decision import Criterion
    from sim.analysis.satisficing import Requirement
    from sim.batch.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one chooses between in which futures, when a choice pays, and what it must reach."""

    question: Question
    """Choices, futures (the parameter sets of its layout), outcomes, groups, worth."""
    pays_by: str
    at_least: float
    requirements: tuple[Requirement, ...]

    def paying(self, group_by: str, group: str) -> Criterion:
        """Return the criterion by which a choice pays in a group of people."""
        from sim.analysis.decision import MONEY, by_outcome, by_worth
        from sim.outcomes.outcome import all_outcomes

        registry = all_outcomes()
        if self.pays_by == MONEY:
            worth = {registry[name]: sek for name, sek in self.question.worth_sek.items()}
            return by_worth(worth, group_by, group)
        return by_outcome(registry[self.pays_by], group_by, group)


def robustness_runs(request: Request, decision: Decision, work: Work | None = None) -> Finished:
    """Make the runs of every future and write all tables and the receipt; `work` makes one run."""
    layout = decision.question.layout
    finished = run_sets(request, layout, work)
    from sim.cli.robustness_tables import analyse  # heavy: not while the runs are made

    refused = write_tables(finished, layout, partial(analyse, decision=decision))
    sign(finished, preventable_share=preventable_share(finished), robustness=_receipt(decision, refused))
    return finished


def _receipt(decision: Decision, refused: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    whole = receipt(decision.question, refused)
    design = {"method", "direct", "second_order", "base", "scenarios"}  # of a sensitivity analysis only
    return {
        **{key: value for key, value in whole.items() if key not in design},
        "choices": list(decision.question.options),
        "pays_by": decision.pays_by,
        "at_least": decision.at_least,
        "requirements": [one.text for one in decision.requirements],
    }


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.report.robustness_page import build_robustness_report
    from sim.report.robustness_results import read_robustness
    from sim.report.robustness_terminal import print_robustness

    give_answer(
        finished.folder.path,
        lang,
        build=build_robustness_report,
        read=read_robustness,
        say=print_robustness,
        nothing="cli.nothing_sensed" if finished.outcomes is None else None,
    )
