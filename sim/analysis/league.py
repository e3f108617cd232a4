"""Set many systems side by side on the same place: differences from today's care, and how far they can be ranked."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from sim.analysis.factorial import cell_values, with_interval
from sim.analysis.ranks import rank_systems
from sim.batch.matrix import Matrix
from sim.config.scenario import Scenario
from sim.config.stands_for import SEVENTEEN
from sim.outcomes.outcome import Outcome

LEAGUE_COLUMNS = (
    *("scenario", "report", "kind", "outcome", "unit", "aim", "better", "mean", "low", "high", "n", "baseline_mean"),
    *("position", "rank_low", "rank_high", "systems", "certainly_better_than", "certainly_worse_than"),
)
MATRIX_COLUMNS = (
    *("scenario", "report", "kind", "means", "among_seventeen", "value", "lean", "inferred", "line"),
    *("coverage", "fidelity"),
)
NOT_STATED = ""


def library_order(scenarios: Sequence[Scenario]) -> list[Scenario]:
    """Return scenarios by report, kind and name; those that stand for nothing written come last."""
    return sorted(
        scenarios,
        key=lambda one: (
            one.stands_for.report if one.stands_for else "9",
            one.stands_for.kind if one.stands_for else "",
            one.id,
        ),
    )


def league_table(
    outcomes: pd.DataFrame | Matrix,
    scenarios: Sequence[Scenario],
    baseline: str,
    chosen: Sequence[Outcome],
    *,
    of_next_run: bool = False,
) -> pd.DataFrame:
    """Return one row per scenario and outcome: paired difference from the baseline, and the ranks left open.

    `outcomes` is a matrix of runs, or long with columns scenario, replication, group_by, outcome, value. Scenarios
    without any run and replications that are not whole are left out. `certainly_better_than` and
    `certainly_worse_than` name systems whose paired difference holds after Holm's correction for all pairs; the
    baseline is one of the systems. With `of_next_run` intervals and orders are of one more run, with a parameter set of
    its own.
    """
    rows = []
    present = set((outcomes.runs if isinstance(outcomes, Matrix) else outcomes)["scenario"])
    systems = [one for one in library_order(scenarios) if one.id in present and one.id != baseline]
    ids = [baseline, *(one.id for one in systems)]
    about = {one.id: _about(one) for one in systems} | {baseline: {"scenario": baseline, "report": "", "kind": ""}}
    for outcome in chosen:
        values = cell_values(outcomes, ids, outcome.id)
        if not values.shape[1]:
            continue
        mean, low, high = with_interval(values - values[0], of_next_run=of_next_run)
        ranks = rank_systems(values, outcome.better, of_next_run=of_next_run)
        for place, name in enumerate(ids):
            rows.append(
                about[name]
                | {"outcome": outcome.id, "unit": outcome.unit, "aim": outcome.aim, "better": outcome.better}
                | {"mean": mean[place], "low": low[place], "high": high[place], "n": values.shape[1]}
                | {
                    "baseline_mean": float(values[0].mean()),
                    "position": ranks.position[place],
                    "rank_low": ranks.low[place],
                    "rank_high": ranks.high[place],
                    "systems": len(ids),
                    "certainly_better_than": _named(ids, ranks.beats[place]),
                    "certainly_worse_than": _named(ids, ranks.beats[:, place]),
                }
            )
    return pd.DataFrame(rows, columns=list(LEAGUE_COLUMNS))


def matrix_table(scenarios: Sequence[Scenario]) -> pd.DataFrame:
    """Return one row per scenario and means: what the source says of it, and whether the model has it on.

    All seventeen means of report 000 come first, then every other means that any of the scenarios switches on.
    `value` is empty where the source says nothing; `coverage` and `fidelity` are empty where the means is off.
    """
    others = sorted({choice.id for one in scenarios for choice in one.means} - set(SEVENTEEN))
    rows = []
    for one in library_order(scenarios):
        on = {choice.id: choice for choice in one.means}
        stated = one.stands_for.stated() if one.stands_for else {}
        for means_id in (*SEVENTEEN, *others):
            cell, choice = stated.get(means_id), on.get(means_id)
            rows.append(
                _about(one)
                | {"means": means_id, "among_seventeen": means_id in SEVENTEEN}
                | {"value": cell.value if cell else NOT_STATED, "lean": (cell.lean or "") if cell else ""}
                | {"inferred": cell.inferred if cell else None, "line": cell.line if cell else None}
                | {
                    "coverage": choice.coverage if choice else np.nan,
                    "fidelity": choice.fidelity if choice else np.nan,
                }
            )
    table = pd.DataFrame(rows, columns=list(MATRIX_COLUMNS))
    return table.astype({"inferred": "boolean", "line": "Int64"})


def _about(scenario: Scenario) -> dict[str, str]:
    stands = scenario.stands_for
    return {
        "scenario": scenario.id,
        "report": stands.report if stands else "",
        "kind": stands.kind if stands else "",
    }


def _named(names: Sequence[str], chosen: np.ndarray) -> str:
    return "; ".join(name for name, is_chosen in zip(names, chosen, strict=True) if is_chosen)
