"""Show what the same luck buys: variance of paired against unpaired differences, on the real model.

    python benchmarks/paired_variance.py [--sample 0.1] [--replications 8] [--jobs 2] [--json]

For each scenario and headline outcome: variance of (scenario - baseline) over replications with the same luck,
divided by the variance it would have with luck of its own (the sum of the two variances). Below 0.5 is what is
asked for; 0.02 means that fifty times fewer runs do. Prints the median and range over outcomes per scenario.
"""

from __future__ import annotations

import argparse
import json
import sys

import numpy as np
import pandas as pd

from sim.batch.assemble import together
from sim.batch.batch import run_batch
from sim.batch.executors import local_pool
from sim.batch.jobs import plan_jobs
from sim.batch.progress import choose_progress
from sim.batch.work import simulate_and_measure
from sim.config.loader import load_scenario
from sim.outcomes.outcome import all_outcomes

SCENARIOS = ("team", "patient_coordinator", "joint_financing")


def variance_ratios(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return the ratio per scenario (columns) and headline outcome (rows); NaN where nothing varies."""
    headline = [name for name, one in all_outcomes().items() if one.headline]
    whole = outcomes[(outcomes["group_by"] == "all") & outcomes["outcome"].isin(headline)]
    wide = whole.pivot_table(index="replication", columns=["scenario", "outcome"], values="value")
    ratios = {}
    for scenario in sorted(set(whole["scenario"]) - {"baseline"}):
        paired = (wide[scenario] - wide["baseline"]).var()
        ratios[scenario] = paired / (wide[scenario].var() + wide["baseline"].var())
    order = [name for name in headline if name in wide["baseline"].columns]
    return pd.DataFrame(ratios).loc[order].replace([np.inf, -np.inf], np.nan)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=float, default=0.1)
    parser.add_argument("--replications", type=int, default=8)
    parser.add_argument("--years", type=float, default=2.0)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    scenarios = [
        load_scenario(name, years=options.years, sample_share=options.sample) for name in ("baseline", *SCENARIOS)
    ]
    jobs = plan_jobs(scenarios, replications=options.replications, base_seed=1, code="benchmark")
    batch = run_batch(
        jobs,
        pool=local_pool(options.jobs),
        work=simulate_and_measure,
        progress=choose_progress(sys.stderr, options.json),
    )
    ratios = variance_ratios(together(batch.results, "outcomes"))
    if options.json:
        print(json.dumps({"sample": options.sample, "replications": options.replications, "ratio": ratios.to_dict()}))
        return
    print(ratios.to_string(float_format=lambda value: f"{value:.3f}"))
    print("\nvariance of the paired difference / of the unpaired one:")
    for scenario in ratios:
        found = ratios[scenario].dropna()
        over = found[found > 0.5].index.tolist()
        said = f"median {found.median():.3f}, {found.min():.3f} to {found.max():.3f}"
        print(f"  {scenario:20s} {said}; above 0.5: {', '.join(over) or 'none'}")


if __name__ == "__main__":
    main()
