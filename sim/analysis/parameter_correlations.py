"""Tell which parameters move the differences of a comparison whose runs had a parameter set each.

No runs are made for it: where every replication has another parameter set, the rank correlation of a difference with
a parameter over the sets says how much that parameter, and whatever goes with it in the sets, decides of the
difference. In a fitted ensemble parameters go together, and each replication has its own luck, so that a correlation
names what to look at with `mellanrum sensitivity`; it is no effect of the parameter.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from sim.analysis.differences import Pairs, pair_with_baseline
from sim.analysis.judgement import judgement
from sim.analysis.many import adjust_within
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import all_outcomes

F64 = npt.NDArray[np.float64]

COLUMNS = (
    *("scenario", "baseline", "group_by", "group", "outcome", "unit", "parameter"),
    *("rank_correlation", "low", "high", "n", "p_value", "p_adjusted"),
)
GROUPS = (("all", "all"), ("complex_needs", "yes"))
"""Those whose differences are looked at: everybody, and people with complex needs."""
_NORMAL_95 = float(stats.norm.ppf(0.975))


def parameter_correlations(outcomes: Matrix, sets: pd.DataFrame, baseline: str = "baseline") -> pd.DataFrame:
    """Return Spearman's rank correlation of headline differences with each parameter that varies.

    The replication of a run is the number of its set in `sets`, whose other columns are the parameters. The interval
    is that of Bonett and Wright (2000) by Fisher's z, the p-value that of the t approximation, `p_adjusted` allows
    for all rows of the same scenario and people (Benjamini and Hochberg). Empty below the fewest sets that
    judgement.yaml asks for: with fewer, even a strong relation cannot be told from chance among so many parameters.
    """
    headline = [name for name, outcome in all_outcomes().items() if outcome.headline]
    parameters = sets.drop(columns="parameter_set")
    varying = parameters.loc[:, parameters.nunique() > 1]
    parts = [
        _of_scenario(pairs, varying, headline, baseline)
        for pairs in pair_with_baseline(outcomes, baseline)
        if len(pairs.runs) >= judgement().fewest_sets and len(varying.columns)
    ]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(COLUMNS))


def _of_scenario(pairs: Pairs, parameters: pd.DataFrame, headline: list[str], baseline: str) -> pd.DataFrame:
    """Return the rows of one scenario, a cell after the other, all parameters of each."""
    cells = pairs.cells
    wanted = cells["outcome"].isin(headline).to_numpy() & [
        (by, group) in GROUPS for by, group in zip(cells["group_by"], cells["group"], strict=True)
    ]
    moved = np.isfinite(pairs.differences).all(axis=0) & (np.ptp(pairs.differences, axis=0) > 0.0)
    places = np.flatnonzero(wanted & moved)
    own = parameters.to_numpy(np.float64)[pairs.runs["replication"].to_numpy()]
    correlation, n = rank_correlations(pairs.differences[:, places], own), len(own)
    low, high = interval(correlation, n)
    p_value = two_sided(correlation, n)
    count = len(parameters.columns)
    table = cells.iloc[np.repeat(places, count)].reset_index(drop=True)
    family = table["group_by"].to_numpy(dtype=object)
    table = table.assign(
        scenario=pairs.scenario,
        baseline=baseline,
        parameter=list(parameters.columns) * len(places),
        rank_correlation=correlation.ravel(),
        low=low.ravel(),
        high=high.ravel(),
        n=n,
        p_value=p_value.ravel(),
        p_adjusted=adjust_within(p_value.ravel(), family),
    )
    return table[list(COLUMNS)]


def rank_correlations(values: F64, parameters: F64) -> F64:
    """Return Spearman's rank correlations, shape (columns of `values`, columns of `parameters`)."""
    first, second = (stats.rankdata(table, axis=0) for table in (values, parameters))
    first, second = (ranks - ranks.mean(axis=0) for ranks in (first, second))
    norms = np.sqrt((first**2).sum(axis=0))[:, None] * np.sqrt((second**2).sum(axis=0))[None, :]
    found: F64 = np.divide(first.T @ second, norms, out=np.full(norms.shape, np.nan), where=norms > 0.0)
    return np.clip(found, -1.0, 1.0)


def interval(correlation: F64, n: int) -> tuple[F64, F64]:
    """Return the 95 % interval of rank correlations over `n` sets."""
    half = _NORMAL_95 * np.sqrt((1.0 + correlation**2 / 2.0) / (n - 3))
    with np.errstate(divide="ignore"):
        middle = np.arctanh(correlation)
    return np.tanh(middle - half), np.tanh(middle + half)


def two_sided(correlation: F64, n: int) -> F64:
    """Return the p-value of no relation at all, by the t approximation."""
    with np.errstate(divide="ignore"):
        t = correlation * np.sqrt((n - 2) / (1.0 - correlation**2))
    p_value: F64 = 2.0 * stats.t.sf(np.abs(t), n - 2)
    return p_value
