"""Carry out what `mellanrum robustness` asks: runs, tables, receipt, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs, preventable_share, sign
from sim.cli.sensitivity_runs import Question, receipt

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
    request = replace(request, sets=layout.sets, common_luck=layout.common_luck)
    finished = make_runs(request, work)
    refused: list[dict[str, Any]] = []
    if finished.outcomes is not None:
        refused = write_tables(finished, decision)
    sign(finished, preventable_share=preventable_share(finished), robustness=_receipt(decision, refused))
    return finished


def write_tables(finished: Finished, decision: Decision) -> list[dict[str, Any]]:
    """Write every table of the analysis; return what was refused, and why."""
    from sim.batch.tables import write_csv
    from sim.cli.findings import parameter_sets
    from sim.cli.robustness_tables import analyse

    assert finished.outcomes is not None, "there are tables only where there are runs"
    folder, request = finished.folder.path, finished.request
    write_csv(parameter_sets(decision.question.layout.sets), folder / "parameter_sets.csv")
    tables, refused = analyse(finished.outcomes, decision, request.replications, max(request.seed, 1))
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    return refused


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
