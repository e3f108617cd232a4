"""Make the tables of `mellanrum robustness` from its runs, and keep word of what had to be refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.decision import Criterion, by_outcome, by_worth, option_values
from sim.analysis.discovery import DISCOVERY_COLUMNS, Gain, Look, discovery_rows, gain_of
from sim.analysis.discovery_words import FAILS, PAYS
from sim.analysis.quantities import UnusableError
from sim.analysis.regret import REGRET_COLUMNS, regret, regret_rows, without_luck
from sim.analysis.satisficing import SATISFICING_COLUMNS, satisficing_rows
from sim.batch.matrix import Matrix
from sim.cli.set_runs import whole_tables
from sim.outcomes.outcome import all_outcomes

if TYPE_CHECKING:
    from sim.cli.robustness_runs import Decision

F64 = npt.NDArray[np.float64]


@dataclass(slots=True)
class _Analysis:
    """The runs, the decision, and what has been found so far."""

    outcomes: Matrix
    decision: Decision
    replications: int
    seed: int
    looks: list[Look] = field(default_factory=list)
    regret: list[pd.DataFrame] = field(default_factory=list)
    satisficing: list[pd.DataFrame] = field(default_factory=list)
    futures: list[pd.DataFrame] = field(default_factory=list)
    refused: list[dict[str, Any]] = field(default_factory=list)

    def values(self, criterion: Criterion) -> F64 | None:
        """Return values, more is better, shape (futures, replications, choices); None where that is refused."""
        question = self.decision.question
        shape = (len(question.layout.sets), self.replications)
        try:
            return option_values(self.outcomes, criterion, question.options, all_outcomes(), shape)
        except UnusableError as problem:
            if (told := problem.told(criterion.about())) not in self.refused:
                self.refused.append(told)
            return None


def analyse(
    outcomes: Matrix, decision: Decision, replications: int, seed: int
) -> tuple[dict[str, pd.DataFrame], list[dict[str, Any]]]:
    """Return the tables by name, each only if it has something to say, and what was refused, and why."""
    found = _Analysis(outcomes, decision, replications, seed)
    for group_by, group in decision.question.groups:
        _look_at(found, group_by, group)
    layout = decision.question.layout
    discovery = discovery_rows(found.looks, layout.points, layout.box, seed)
    tables = {
        "discovery": [discovery],
        "regret": found.regret,
        "satisficing": found.satisficing,
        "futures": found.futures,
    }
    columns = {"discovery": DISCOVERY_COLUMNS, "regret": REGRET_COLUMNS, "satisficing": SATISFICING_COLUMNS}
    return whole_tables(tables, columns), found.refused


def _look_at(found: _Analysis, group_by: str, group: str) -> None:
    """Add what is found in one group of people."""
    options = found.decision.question.options
    table = _parameters_of_futures(found, group_by, group)
    for criterion in _criteria(found.decision, group_by, group):
        if (values := found.values(criterion)) is None:
            continue
        found.regret.append(regret_rows(criterion.about(), options, values, found.seed))
        table[criterion.id] = _as_measured(values.mean(axis=1), criterion).ravel()
        table[f"regret_{criterion.id}"] = regret(without_luck(values).values).ravel()
    _does_it_pay(found, table, group_by, group)
    _is_it_enough(found, group_by, group)
    found.futures.append(table)


def _criteria(decision: Decision, group_by: str, group: str) -> Iterator[Criterion]:
    """Yield what choices are regretted by: what they pay by first, then all other outcomes, each once."""
    question, registry = decision.question, all_outcomes()
    first = decision.paying(group_by, group)
    yield first
    worth = {registry[name]: sek for name, sek in question.worth_sek.items()}
    others = [by_worth(worth, group_by, group)] if worth else []
    others += [by_outcome(outcome, group_by, group) for outcome in question.outcomes]
    yield from (one for one in others if one.id != first.id)


def _as_measured(values: F64, criterion: Criterion) -> F64:
    """Return an outcome as it is counted, from values of which more is better; a sum in money stays as it is."""
    sign = criterion.weights.get(criterion.id, 1.0)
    return values / sign


def _parameters_of_futures(found: _Analysis, group_by: str, group: str) -> pd.DataFrame:
    """Return a row per future and choice with the parameters that move."""
    question = found.decision.question
    options, layout = question.options, question.layout
    futures = len(layout.sets)
    place = {column.title: number for number, column in enumerate(layout.sets.columns)}
    rows = np.array(layout.sets.rows, np.float64)
    named: dict[str, Any] = {
        "future": np.repeat(np.arange(futures), len(options)),
        "scenario": np.tile(np.array(options, dtype=object), futures),
        "group_by": group_by,
        "group": group,
    }
    moved = {title: np.repeat(rows[:, place[title]], len(options)) for title in layout.box.titles}
    return pd.DataFrame(named | moved)


def _does_it_pay(found: _Analysis, table: pd.DataFrame, group_by: str, group: str) -> None:
    """Add to the futures what each choice gains, and note every choice to look for a region in."""
    decision, criterion = found.decision, found.decision.paying(group_by, group)
    options, against = decision.question.options, 0
    if (values := found.values(criterion)) is None:
        return
    gains = {place: gain_of(values, place, against, decision.at_least) for place in range(1, len(options))}
    for place, gain in gains.items():
        about = {**criterion.about(), "scenario": options[place], "against": options[against]}
        found.looks.append(Look(about=about, gain=gain))
    for name, column in _gain_columns(gains, values.shape[0]).items():
        table[name] = column


def _gain_columns(gains: Mapping[int, Gain], futures: int) -> dict[str, npt.NDArray[Any]]:
    """Return gain, its interval, whether it pays and whether luck decided; empty for what is set against."""
    empty: npt.NDArray[Any] = np.full(futures, np.nan)
    words: npt.NDArray[Any] = np.full(futures, "", dtype=object)
    columns: dict[str, list[npt.NDArray[Any]]] = {
        "gain": [empty], "gain_low": [empty], "gain_high": [empty], "pays": [words], "unclear": [words],
    }  # fmt: skip
    for gain in gains.values():
        columns["gain"].append(gain.mean)
        columns["gain_low"].append(gain.mean - gain.half_width)
        columns["gain_high"].append(gain.mean + gain.half_width)
        columns["pays"].append(np.where(gain.fails, FAILS, PAYS).astype(object))
        columns["unclear"].append(words if gain.unclear is None else np.where(gain.unclear, "yes", "no").astype(object))
    return {name: np.stack(parts, axis=1).ravel() for name, parts in columns.items()}


def _is_it_enough(found: _Analysis, group_by: str, group: str) -> None:
    """Add in what share of the futures each choice reaches what is required."""
    registry, required = all_outcomes(), {}
    for requirement in found.decision.requirements:
        criterion = by_outcome(registry[requirement.outcome], group_by, group)
        if (values := found.values(criterion)) is None:
            return
        required[requirement] = _as_measured(values.mean(axis=1), criterion)
    if required:
        about = {"group_by": group_by, "group": group}
        found.satisficing.append(satisficing_rows(about, found.decision.question.options, required))
