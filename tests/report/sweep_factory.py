"""Sweeps whose tables are written by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pandas as pd

from sim.analysis.sweep import LEVELS_OFF_COLUMNS, SWEEP_COLUMNS
from sim.outcomes.outcome import all_outcomes
from sim.report.results import Results
from sim.report.sweep_results import SweepRead

Difference = Callable[[str, float, float], float]
"""Of an outcome at x and y."""
HALF = 2.0
"""Half the width of every interval."""


def sweep_read(
    results: Results,
    outcomes: Sequence[str],
    axes: Sequence[Sequence[float]],
    difference: Difference,
    *,
    groups: Sequence[tuple[str, str]] = (("all", "all"),),
    labels: Sequence[str] = (),
    enough: tuple[float, bool, float] | None = None,
    against: bool = True,
    n: int = 5,
) -> SweepRead:
    """Return a sweep; `enough` is the first value that nothing betters, whether it is the last, and the gain after."""
    rows: list[dict[str, Any]] = []
    for (by, group), outcome in product(groups, outcomes):
        about = {"group_by": by, "group": group, **_about(outcome)}
        for point, (x, y) in enumerate(product(axes[0], axes[1] if len(axes) > 1 else [float("nan")])):
            value, first = difference(outcome, x, y), difference(outcome, axes[0][0], axes[-1][0])
            there = {"point": point, "x": x, "y": y, **about}
            levels = _ends("mean", 100.0 + (value if not against else 0.0), n)
            if against:
                rows.append({**there, "scenario": "baseline", **_ends("mean", 100.0, n)})
                levels = _ends("mean", 100.0 + value, n) | _ends("difference", value, n)
            rows.append({**there, "scenario": "all_four", **levels, **_ends("change", value - first, n)})
    return SweepRead(
        results=results,
        table=pd.DataFrame(rows).reindex(columns=list(SWEEP_COLUMNS)),
        enough=None if enough is None else _enough(outcomes, groups, enough, n),
        about={
            "title": {"en": "Mine", "sv": "Min"},
            "summary": {"en": "Why?", "sv": "Varför?"},
            "source": "me",
            "assumptions": {"en": "None.", "sv": "Inga."},
            "axes": [_axis(number, values, labels) for number, values in enumerate(axes)],
            "moves": [{"name": "gap.loss_scale", "along": ["axis_0"], "at": [], "times": False}],
            "keep": {"gap.chase_minutes": 15.0},
            "scenario": {"id": "all_four", "title": {"en": "All four together", "sv": "Alla fyra tillsammans"}},
            "against": {"id": "baseline", "title": {"en": "Today's care", "sv": "Dagens vård"}} if against else None,
            "outcomes": list(outcomes),
            "groups": [list(group) for group in groups],
        },
    )


def _about(outcome: str) -> dict[str, str]:
    one = all_outcomes()[outcome]
    return {"outcome": outcome, "unit": one.unit, "aim": one.aim, "better": one.better}


def _ends(name: str, value: float, n: int) -> dict[str, float]:
    prefix = "" if name == "mean" else f"{name}_"
    half = HALF if n > 1 else float("nan")
    found = {name: value, f"{prefix}low": value - half, f"{prefix}high": value + half}
    return found if name == "change" else found | {f"{prefix}n": n}


def _axis(number: int, values: Sequence[float], labels: Sequence[str]) -> dict[str, Any]:
    names = ({"en": "contact persons", "sv": "fasta vårdkontakter"}, {"en": "staff", "sv": "personal"})
    units = ({"en": "per 10,000 inhabitants", "sv": "per 10 000 invånare"}, {"en": "share", "sv": "andel"})
    return {
        "id": f"axis_{number}",
        "title": names[number],
        "unit": units[number],
        "values": list(values),
        "labels": [{"en": one, "sv": one} for one in labels],
    }


def _enough(
    outcomes: Sequence[str], groups: Sequence[tuple[str, str]], enough: tuple[float, bool, float], n: int
) -> pd.DataFrame:
    x, last, gain = enough
    row = {"of": "difference", "point": round(x), "x": x, "last": last, "n": n}
    after = {"gain_after": gain, "gain_after_low": gain - 1.0, "gain_after_high": gain + 1.0}
    rows = [
        {"group_by": by, "group": group, **_about(outcome), **row, **after}
        for (by, group), outcome in product(groups, outcomes)
    ]
    return pd.DataFrame(rows, columns=list(LEVELS_OFF_COLUMNS))
