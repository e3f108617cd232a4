"""Make the tables of a sensitivity analysis from its runs, and keep word of what had to be refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.analysis import decision, sensitivity
from sim.analysis.decision import INFORMATION_COLUMNS, RANKING_COLUMNS, Criterion
from sim.analysis.information import FEWEST
from sim.analysis.quantities import Quantity, UnusableError, values_of
from sim.analysis.sensitivity import EMULATOR_COLUMNS, SENSITIVITY_COLUMNS
from sim.batch.matrix import Matrix
from sim.cli.sensitivity_plan import Method
from sim.cli.set_runs import whole_tables
from sim.outcomes.outcome import all_outcomes

if TYPE_CHECKING:
    from sim.cli.sensitivity_runs import Question

COLUMNS = {
    "sensitivity": SENSITIVITY_COLUMNS,
    "emulator_quality": EMULATOR_COLUMNS,
    "ranking": RANKING_COLUMNS,
    "information": INFORMATION_COLUMNS,
}


@dataclass(slots=True)
class _Analysis:
    """The runs, what is asked of them, and what has been found so far."""

    outcomes: Matrix
    question: Question
    replications: int
    seed: int
    parts: dict[str, list[pd.DataFrame]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    refused: list[dict[str, Any]] = field(default_factory=list)

    def add(self, **tables: pd.DataFrame) -> None:
        """Keep parts of tables."""
        for name, table in tables.items():
            self.parts[name].append(table)

    def refuse(self, about: Mapping[str, str], why: str, **values: float) -> None:
        """Keep word of an outcome or criterion for which there is no answer."""
        self.refused.append({**about, "why": why, **values})


def analyse(
    outcomes: Matrix, question: Question, replications: int, seed: int
) -> tuple[dict[str, pd.DataFrame], list[dict[str, Any]]]:
    """Return the tables by name, each only if it has something to say, and what was refused, and why."""
    found = _Analysis(outcomes, question, replications, seed)
    method = question.layout.method
    if method is not Method.INFORMATION:
        for quantity in question.quantities:
            _follow(found, quantity)
    if method is not Method.MORRIS:
        for criterion in question.criteria:
            _decide(found, criterion)
    return whole_tables(found.parts, COLUMNS), found.refused


def _follow(found: _Analysis, quantity: Quantity) -> None:
    """Add what moves one outcome or difference, or why that cannot be said."""
    layout, titles = found.question.layout, found.question.layout.box.titles
    try:
        values = values_of(found.outcomes, quantity, len(layout.sets), found.replications)
    except UnusableError as problem:
        found.refused.append(problem.told(quantity.about()))
        return
    if float(values.mean(axis=1).std()) <= 1e-12 * max(1.0, abs(float(values.mean()))):
        found.refuse(quantity.about(), "same")
        return
    if layout.method is Method.TORNADO:
        found.add(sensitivity=sensitivity.tornado_rows(quantity, titles, values))
    elif layout.method is Method.MORRIS:
        found.add(sensitivity=sensitivity.morris_rows(quantity, titles, layout.points, values, found.seed))
    elif layout.direct:
        second = layout.second_order
        found.add(sensitivity=sensitivity.direct_sobol_rows(quantity, titles, values, found.seed, second_order=second))
    else:
        rows, emulator = sensitivity.emulated_sobol_rows(
            quantity, titles, layout.points, values, layout.base, found.seed, second_order=layout.second_order
        )
        found.add(sensitivity=rows, emulator_quality=emulator)
        if not len(rows):
            judged = emulator.iloc[0]
            found.refuse(quantity.about(), "emulator", r2=float(judged["r2"]), noise_share=float(judged["noise_share"]))


def _decide(found: _Analysis, criterion: Criterion) -> None:
    """Add which scenario is best by one criterion, and what knowing more would be worth."""
    question, layout = found.question, found.question.layout
    options, titles = question.options, layout.box.titles
    try:
        values = decision.option_values(
            found.outcomes, criterion, options, all_outcomes(), (len(layout.sets), found.replications)
        )
    except UnusableError as problem:
        found.refused.append(problem.told(criterion.about()))
        return
    if not layout.is_sample:
        found.add(ranking=decision.tornado_ranking_rows(criterion, options, titles, values))
        return
    points, means = layout.points, values.mean(axis=1)
    if layout.direct:  # of a Sobol design only some points are a plain sample
        from sim.analysis.sobol import independent_points

        chosen = independent_points(points, second_order=layout.second_order)
        points, means = points[chosen], means[chosen]
    if len(means) < max(len(titles) + 3, FEWEST):
        found.refuse(criterion.about(), "few", sets=len(means))
        return
    expected = decision.expected_gains(points, means, found.seed)
    found.add(
        ranking=decision.ranking_rows(criterion, options, titles, points, expected),
        information=decision.information_rows(criterion, titles, points, means, expected, found.seed),
    )
