"""Carry out `mellanrum means --factorial`: cells of the design, runs, tables, report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs, preventable_share, sign
from sim.cli.findings import BASELINE
from sim.cli.used_sets import write_used_sets
from sim.config.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from sim.analysis.design import Design
    from sim.batch.matrix import Matrix
    from sim.batch.work import Work
    from sim.config.combine import Factor
    from sim.config.scenario import Scenario
    from sim.outcomes.outcome import Outcome

ALL_TOGETHER = "all_together"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a set of means."""

    factors: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    reach: float
    resolution: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The design with the scenario of each of its cells; `together` has everything on."""

    design: Design
    factors: tuple[Factor, ...]
    cells: tuple[Scenario, ...]
    together: Scenario

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """Every scenario to run, the baseline first, each once."""
        return self.cells if self.together in self.cells else (*self.cells, self.together)


def lay_out(request: Request, question: Question) -> Plan:
    """Return the design and its scenarios. Raises InputError for means that cannot be combined."""
    from sim.analysis.design import MOST_FACTORS, RESOLUTIONS, two_level_design
    from sim.config.combine import read_factors, switch_on
    from sim.config.loader import load_scenario

    _check_numbers(question, RESOLUTIONS, MOST_FACTORS)
    baseline = load_scenario(
        BASELINE,
        place=request.place,
        years=request.years,
        warmup_years=request.warmup_years,
        sample_share=request.sample,
    )
    factors = read_factors(question.factors, baseline)
    design = two_level_design([factor.id for factor in factors], question.resolution)
    # A fraction has so many cells with so many means on that joined names would be unreadable: design.csv tells.
    cells = tuple(
        switch_on(
            baseline,
            [factor for factor, is_on in zip(factors, on, strict=True) if is_on],
            None if design.is_full else f"cell_{number:03d}",
        )
        for number, on in enumerate(design.on)
    )
    whole = design.all_on
    together = switch_on(baseline, factors, ALL_TOGETHER) if whole is None else cells[whole]
    return Plan(design=design, factors=factors, cells=cells, together=together)


def _check_numbers(question: Question, resolutions: tuple[int, ...], most: int) -> None:
    if not 0.0 < question.reach <= 1.0:
        raise InputError(f"--reach: must be above 0 and at most 1, found {question.reach:g}")
    if question.resolution not in resolutions:
        known = " or ".join(map(str, resolutions))
        raise InputError(f"--resolution: must be {known}, found {question.resolution}")
    if not 2 <= len(question.factors) <= most:
        raise InputError(f"--of: must name 2 to {most} means or scenarios, found {len(question.factors)}")


def factorial_runs(request: Request, question: Question, work: Work | None = None) -> Finished:
    """Make the runs of every cell and write all tables and the receipt; `work` makes one run."""
    plan = lay_out(request, question)
    finished = make_runs(replace(request, made=plan.scenarios), work)
    if finished.outcomes is not None:
        write_tables(finished, plan, question)
    sign(finished, preventable_share=preventable_share(finished), factorial=_receipt(plan, question))
    return finished


def _receipt(plan: Plan, question: Question) -> dict[str, Any]:
    from sim.analysis.design import resolution_of
    from sim.analysis.joint import method_of

    return {
        "factors": {
            factor.id: {"title": factor.title.model_dump(), "means": [choice.id for choice in factor.means]}
            for factor in plan.factors
        },
        "cells": len(plan.cells),
        "full": plan.design.is_full,
        "resolution": resolution_of(plan.design),
        "method": method_of(plan.design),
        "reach": question.reach,
    }


def write_tables(finished: Finished, plan: Plan, question: Question) -> None:
    """Write the design, the differences from the baseline, every table of the analysis, and the sets these rest on."""
    from sim.analysis.differences import paired_differences
    from sim.batch.tables import write_csv
    from sim.cli.compare import can_compare

    assert finished.outcomes is not None, "there are tables only where there are runs"
    folder, fitted = finished.folder.path, finished.is_fitted
    write_csv(design_table(plan), folder / "design.csv")
    if can_compare(finished.outcomes):
        differences = paired_differences(finished.outcomes, BASELINE, of_next_run=fitted)
        write_csv(differences, folder / "differences.csv")
    if tables := analyse(finished.outcomes, plan, question, of_next_run=fitted):
        write_used_sets(finished)
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")


def design_table(plan: Plan) -> pd.DataFrame:
    """Return one row per cell: its scenario, and 1 or 0 for each factor on or off."""
    import pandas as pd

    on = pd.DataFrame(plan.design.on.astype(int), columns=list(plan.design.factors))
    on.insert(0, "scenario", [cell.id for cell in plan.cells])
    return on


def analyse(outcomes: Matrix, plan: Plan, question: Question, *, of_next_run: bool = False) -> dict[str, pd.DataFrame]:
    """Return the tables effects, interactions, joint, shapley and smallest_sets; none without a whole replication.

    With `of_next_run` intervals are of one more run, with a parameter set of its own.
    """
    import pandas as pd

    from sim.analysis import joint
    from sim.analysis.factorial import cell_values, effect_table, interaction_table

    design = plan.design
    parts: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("effects", "interactions", "joint", "shapley", "smallest_sets")
    }
    for outcome in question.outcomes:
        found = cell_values(outcomes, [*(cell.id for cell in plan.cells), plan.together.id], outcome.id)
        if not found.shape[1]:
            continue
        values, together = found[:-1], found[-1]
        made = {
            "effects": effect_table(values, design, outcome, of_next_run=of_next_run),
            "interactions": interaction_table(values, design, outcome, of_next_run=of_next_run),
            "joint": joint.joint_table(values, design, together, outcome, of_next_run=of_next_run),
            "shapley": joint.shapley_table(values, design, together, outcome, of_next_run=of_next_run),
            "smallest_sets": joint.set_table(values, design, outcome, question.reach, of_next_run=of_next_run),
        }
        for name, table in made.items():
            parts[name].append(table)
    return {name: pd.concat(tables, ignore_index=True) for name, tables in parts.items() if tables}


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print the answer and say where everything is."""
    from sim.report.factorial_page import build_factorial_report
    from sim.report.factorial_results import read_factorial
    from sim.report.factorial_terminal import print_factorial

    nothing = "cli.no_whole_replication" if not (finished.folder.path / "effects.csv").exists() else None
    give_answer(
        finished.folder.path,
        lang,
        build=build_factorial_report,
        read=read_factorial,
        say=print_factorial,
        nothing=nothing,
    )
