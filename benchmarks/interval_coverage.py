"""Show how often 95 % intervals hold the truth, over thousands of synthetic studies whose truth is known.

    python benchmarks/interval_coverage.py [--studies 2000] [--bca] [--json]

Rows: what differences are drawn from, and how many replications. Columns: the shown interval (at each end the
wider of paired t and studentised bootstrap), its two parts, the percentile bootstrap and, with --bca, the BCa
bootstrap of scipy. Below that the precision rule: differences of +10, 0 and -10, runs added until the half-width
is a tenth of the difference or 1, and how often the interval it ends with holds the truth.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from sim.analysis.bootstrap import studentised_interval
from sim.analysis.interval import t_half_width, wider_of
from sim.analysis.precision import Precision, Reached, next_replications

F64 = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, int]], F64]

KINDS: dict[str, Draw] = {
    "normal": lambda rng, size: rng.normal(size=size),
    "difference of two skewed (skew 0)": lambda rng, size: rng.exponential(size=size) - rng.exponential(size=size),
    "gamma (skew 1)": lambda rng, size: rng.gamma(4.0, size=size) - 4.0,
    "lognormal (skew 1.8)": lambda rng, size: rng.lognormal(0.0, 0.5, size) - np.exp(0.125),
    "exponential (skew 2)": lambda rng, size: rng.exponential(size=size) - 1.0,
    "lognormal (skew 6.2)": lambda rng, size: rng.lognormal(0.0, 1.0, size) - np.exp(0.5),
}
"""Each with mean 0."""
REPLICATIONS = (5, 8, 10, 20, 50)
RULE = Precision(outcomes=("x",), share=0.1, absolute={}, fewest=8, most=400)
SMALLEST = 1.0
"""Half-width that is always small enough; a tenth of a difference of 10 is as much."""


def shown_interval(values: F64) -> tuple[F64, F64, F64]:
    """Return mean and ends of the interval of each row as the tables show it."""
    n = values.shape[1]
    mean = values.mean(axis=1)
    half = t_half_width(values.std(axis=1, ddof=1), np.full(len(values), n))
    low, high = studentised_interval(values)
    return mean, *wider_of(mean, half, low, high)


def _share(low: F64, high: F64) -> float:
    return float(np.mean((low <= 0.0) & (high >= 0.0)))


def coverage(kind: str, n: int, studies: int, bca: bool) -> dict[str, float]:
    """Return the share of studies whose interval holds 0, by method."""
    values = KINDS[kind](np.random.default_rng(n), (studies, n))
    mean, low, high = shown_interval(values)
    half = t_half_width(values.std(axis=1, ddof=1), np.full(studies, n))
    found = {
        "shown": _share(low, high),
        "paired t": _share(mean - half, mean + half),
        "studentised": _share(*studentised_interval(values)),
    }
    for method in ("percentile", *(["BCa"] if bca else [])):
        one = stats.bootstrap(
            (values,), np.mean, axis=1, n_resamples=999, batch=50, method=method, random_state=np.random.default_rng(1)
        ).confidence_interval
        found[method] = _share(one.low, one.high)
    found["shown width / t"] = float(np.median((high - low) / (2.0 * half)))
    return found


def precision_rule(kind: str, truth: float, sd: float, studies: int) -> dict[str, float]:
    """Return coverage, mean replications and how often the half-width was reached when runs are added in rounds."""
    values = truth + sd * KINDS[kind](np.random.default_rng(7), (studies, RULE.most))
    held, used, met = np.zeros(studies), np.zeros(studies), np.zeros(studies)
    going = {RULE.fewest: np.arange(studies)}
    while going:
        n = min(going)
        who = going.pop(n)
        mean, low, high = shown_interval(values[who, :n])
        for study, middle, lower, upper in zip(who, mean, low, high, strict=True):
            half = max(upper - middle, middle - lower)
            reached = Reached(
                scenario="a",
                outcome="x",
                unit="",
                mean=middle,
                half_width=half,
                target=max(RULE.share * abs(middle), SMALLEST),
                n=n,
            )
            following = next_replications([reached], n, RULE)
            if following is not None:
                going[following] = np.append(going.get(following, np.zeros(0, np.int64)), study)
                continue
            held[study], used[study], met[study] = lower <= truth <= upper, n, reached.is_met
    return {"coverage": held.mean(), "replications": used.mean(), "reached": met.mean()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--bca", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    cells = [(kind, n) for kind in KINDS for n in REPLICATIONS]
    table = pd.DataFrame(
        [{"differences": kind, "n": n, **coverage(kind, n, options.studies, options.bca)} for kind, n in cells]
    )
    rule = pd.DataFrame(
        [
            {"differences": kind, "truth": truth, "sd": sd, **precision_rule(kind, truth, sd, options.studies)}
            for kind in ("normal", "exponential (skew 2)")
            for sd in (1.5, 3.0)
            for truth in (10.0, 0.0, -10.0)
        ]
    )
    if options.json:
        print(json.dumps({"intervals": table.to_dict("records"), "precision": rule.to_dict("records")}))
        return
    print(table.to_string(index=False, float_format=lambda value: f"{value:.3f}"))
    print(
        "\nprecision rule, half-width of a tenth of the difference or 1 asked for, at least",
        RULE.fewest,
        "replications:",
    )
    print(rule.to_string(index=False, float_format=lambda value: f"{value:.3f}"))


if __name__ == "__main__":
    main()
