"""Find the smallest set of means that reaches a given share of the joint effect of all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.factorial import with_interval
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]
COLUMNS = (
    *("outcome", "unit", "aim", "better", "size", "means", "mean", "low", "high", "n", "share_of_joint"),
    *("reaches", "smallest", "more_than_all", "not_told_apart"),
)
_MOST_NAMED = 20
_Interval = Callable[[F64], tuple[F64, F64, F64]]


def best_sets(
    values: F64, factors: Sequence[str], outcome: Outcome, reach: float, *, of_next_run: bool = False
) -> pd.DataFrame:
    """Return, per number of means, the set that comes furthest in the direction of the joint effect.

    `values[set, replication]` as in `shapley`. `reaches` says whether its mean is at least `reach` of the joint
    mean, `smallest` marks the first such row. `more_than_all` says that the set comes clearly further than all
    together: the interval of the paired difference lies on that side. `not_told_apart` names other sets of that
    size whose paired difference from the best one has an interval that includes zero: the choice among them is
    open (20 at most).
    """
    players = len(factors)
    effect = values - values[0]
    joint = float(effect[-1].mean())
    sign = -1.0 if joint < 0 else 1.0
    sizes = np.array([int(one).bit_count() for one in range(len(values))])
    interval = partial(with_interval, of_next_run=of_next_run)
    mean, low, high = interval(effect)
    rows = []
    for size in range(1, players + 1):
        members = np.flatnonzero(sizes == size)
        best = int(members[np.argmax(sign * mean[members])])
        others = members[members != best]
        rows.append(
            {
                "outcome": outcome.id,
                "unit": outcome.unit,
                "aim": outcome.aim,
                "better": outcome.better,
                "size": size,
                "means": _names(best, factors),
                "mean": mean[best],
                "low": low[best],
                "high": high[best],
                "n": values.shape[1],
                "share_of_joint": mean[best] / joint if joint else np.nan,
                "reaches": bool(joint and mean[best] / joint >= reach - 1e-12),
                "more_than_all": _further(sign * (effect[best] - effect[-1]), interval),
                "not_told_apart": _alike(effect, best, others, factors, interval),
            }
        )
    table = pd.DataFrame(rows)
    first = table["reaches"] & (table["reaches"].cumsum() == 1)
    return table.assign(smallest=first)[list(COLUMNS)]


def _further(difference: F64, interval: _Interval) -> bool:
    _, (low,), (high,) = interval(difference[None, :])
    return bool(low > 0.0 and np.isfinite(high))


def _alike(effect: F64, best: int, others: npt.NDArray[np.int64], factors: Sequence[str], interval: _Interval) -> str:
    if not len(others):
        return ""
    _, low, high = interval(effect[others] - effect[best])
    open_choice = others[~((low > 0.0) | (high < 0.0))]
    return "; ".join(_names(int(one), factors) for one in open_choice[:_MOST_NAMED])


def _names(one: int, factors: Sequence[str]) -> str:
    return "+".join(name for place, name in enumerate(factors) if (one >> place) & 1)
