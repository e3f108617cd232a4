"""Fit parameters to data made from known ones, again and again: does the fit find what is known to be true?

    python benchmarks/synthetic_truth.py --data-sets 20

Each data set is one run of a simulator at parameters drawn at random, plus the error of observation and the
discrepancy that the fit allows for. Counted: how often history matching keeps the truth, and how often the 90 %
interval of a parameter holds it, for parameters that the fit calls identified and for the others. `recover` takes any
simulator on the unit cube; here it is a toy with eight parameters, of which two only act by their sum and two hardly or
not at all.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from calibration.identified import not_told_apart, parameter_summary
from calibration.implausibility import F64, Aim
from calibration.levels import NothingLeftError
from calibration.matching import Simulate, match_history
from calibration.posterior import draw_posterior
from calibration.waves import SAMPLE, not_ruled_out

TOY_DIMENSIONS = 8
TOY_NOISE_SD = np.array([0.06, 0.05, 0.08, 0.10, 0.05, 0.06, 0.08, 0.04])


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often the fit found what is true."""

    data_sets: int
    kept: int
    """Data sets in which history matching did not rule the truth out."""
    identified_cases: int
    """Parameters called identified, over all data sets."""
    identified_held: int
    """Of those, how many have the truth in their 90 % interval."""


def toy(points: F64, seed: int) -> F64:
    """Return eight outputs: 0 to 3 are told by several, 4 and 5 by their sum, 6 by next to nothing, 7 by nothing."""
    a, b, c, d, e, f, g, _ = points.T
    expected = [
        0.8 * a + 0.3 * b**2,
        0.7 * b + 0.4 * np.sin(3.0 * c),
        c - 0.5 * a * b,
        0.6 * np.exp(d) + 0.2 * a,
        0.8 * d + 0.3 * c + 0.02 * g,
        0.9 * (e + f),
        0.25 * (e + f) ** 2 + 0.2 * a,
        0.5 * a - 0.5 * d + 0.02 * g,
    ]
    noise = np.random.default_rng(seed).standard_normal((len(points), len(expected)))
    return np.stack(expected, axis=1) + TOY_NOISE_SD * noise


def made_aims(
    outputs: F64, names: Sequence[str], *, observation_sd: float, discrepancy_sd: float, seed: int
) -> list[Aim]:
    """Return aims as a study would have found them in a world that gave these outputs, shape (aims,)."""
    away = np.random.default_rng(seed).standard_normal((2, len(outputs)))
    seen = outputs + observation_sd * away[0] + discrepancy_sd * away[1]
    return [
        Aim(id=name, value=float(value), observation_variance=observation_sd**2, discrepancy_variance=discrepancy_sd**2)
        for name, value in zip(names, seen, strict=True)
    ]


def recover(
    simulate: Simulate, truth: F64, names: Sequence[str], *, waves: int, runs: int, sample: int, sd: float, seed: int
) -> pd.DataFrame:
    """Return for one data set and each parameter: truth, interval, whether it holds, and whether the truth was kept."""
    world = simulate(truth[None, :], 10_000 + seed)[0]
    aims = made_aims(world, names, observation_sd=sd, discrepancy_sd=sd / 2.0, seed=20_000 + seed)
    try:
        match = match_history(simulate, len(truth), aims, waves=waves, runs=runs, seed=1000 * seed, sample=sample)
    except NothingLeftError:
        return pd.DataFrame(
            {"data_set": seed, "parameter": [str(i) for i in range(len(truth))], "truth": truth, "kept": False}
        )
    posterior = draw_posterior(match.spaces[-1], match.waves, seed=seed)
    table = parameter_summary(posterior.points)
    table.insert(0, "data_set", seed)
    table["truth"] = truth
    table["holds"] = (table["low"] <= truth) & (truth <= table["high"])
    table["kept"] = bool(not_ruled_out(truth[None, :], match.waves)[0])
    table["share_left"] = match.spaces[-1].share
    table["effective"] = posterior.importance_sample_size
    pairs = not_told_apart(posterior.points)
    table["pairs"] = "; ".join(f"{row.first}-{row.second}" for row in pairs.itertuples())
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-sets", type=int, default=20)
    parser.add_argument("--waves", type=int, default=3)
    parser.add_argument("--runs", type=int, default=120, help="runs a wave")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="points that stand for a space")
    parser.add_argument("--sd", type=float, default=0.05, help="standard error of the observations")
    given = parser.parse_args()
    names = [f"output_{number}" for number in range(len(TOY_NOISE_SD))]
    tables = []
    for seed in range(1, given.data_sets + 1):
        start = time.process_time()
        truth = np.random.default_rng(seed).random(TOY_DIMENSIONS)
        tables.append(
            recover(toy, truth, names, waves=given.waves, runs=given.runs, sample=given.sample, sd=given.sd, seed=seed)
        )
        one = tables[-1].iloc[0]
        print(
            f"data set {seed}: kept {one['kept']}, left {one.get('share_left', 0):.2g}, effective sample "
            f"{one.get('effective', 0):.0f}, cannot be told apart: {one.get('pairs', '')}; "
            f"{time.process_time() - start:.1f} s",
            flush=True,
        )
    print_counts(pd.concat(tables, ignore_index=True))


def counts(table: pd.DataFrame) -> Counts:
    """Count over the tables of all data sets; a fit that ruled everything out has lost the truth."""
    identified = table[table["identified"].eq(True).fillna(False)]
    return Counts(
        data_sets=int(table["data_set"].nunique()),
        kept=int(table.groupby("data_set")["kept"].first().sum()),
        identified_cases=len(identified),
        identified_held=int(identified["holds"].sum()),
    )


def print_counts(table: pd.DataFrame) -> None:
    """Print how often the truth was kept and how often the intervals hold it, parameter by parameter."""
    found = counts(table)
    print(f"\nTruth not ruled out: {found.kept} of {found.data_sets}")
    print("parameter  sd ratio  identified in  interval holds truth in")
    for name, rows in table.groupby("parameter"):
        print(f"{name:>9}  {rows['sd_ratio'].mean():8.2f}  {rows['identified'].sum():>13}  {rows['holds'].sum():>6}")
    share = 20 * found.identified_held / max(found.identified_cases, 1)
    cases = f"{found.identified_held} of {found.identified_cases} cases"
    print(f"Identified: the 90 % interval holds the truth in {share:.1f} of 20 on average ({cases})")


if __name__ == "__main__":
    main()
