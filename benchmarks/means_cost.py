"""Measure what means cost in computing time: none, all listed but off, not started yet, and all on; as ratios.

    python benchmarks/means_cost.py [--json] [--profile] [--sample 1.0] [--years 1] [--repeats 5]

All variants are run by turns in one process, so that the machine's drift cancels; the ratio to the baseline beside it
counts, and of all repeats the median. CPU time from scenario to observation counts. Means that are off must give the
baseline's own bytes, which is checked here too.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import hashlib
import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.where_time_goes import time_by_module  # needs the path set above

if TYPE_CHECKING:
    from sim.config.scenario import MeansChoice, Scenario
    from sim.core.observation import Observation

BASELINE, OFF, LATE, ON = "baseline", "all off", "not started", "all on"
LARGEST_OFF, LARGEST_ON = 1.05, 1.5
"""At most; off would be 1, but for what measuring itself is off by."""
SHOWN_MODULES = 25


def every_means(coverage: float = 1.0, start_days: float = 0.0) -> tuple[MeansChoice, ...]:
    """Choose every means with its shipped settings, at once in full."""
    from sim.config.loader import load_means_settings
    from sim.config.scenario import MeansChoice
    from sim.means import all_means

    return tuple(
        MeansChoice(
            id=one, start_days=start_days, fidelity=1.0, ramp_days=0.0, coverage=coverage,
            settings=load_means_settings(one),
        )
        for one in all_means()
    )  # fmt: skip


def variants(options: argparse.Namespace) -> dict[str, Scenario]:
    """Return the scenarios that are compared, the baseline first."""
    from sim.config.loader import load_scenario

    base = load_scenario(
        "baseline", place=options.place, years=options.years, warmup_years=options.warmup_years,
        sample_share=options.sample,
    )  # fmt: skip
    chosen = {BASELINE: (), OFF: every_means(coverage=0.0), LATE: every_means(start_days=1e6), ON: every_means()}
    return {name: replace(base, means=means) for name, means in chosen.items()}


def fingerprint(observation: Observation) -> str:
    """Return a short text that changes with any bit of what happened."""
    digest = hashlib.sha256()
    for table in sorted(observation.tables):
        for column, values in sorted(observation.tables[table].items()):
            digest.update(f"{table}.{column}".encode())
            digest.update(values.tobytes())
    return digest.hexdigest()


def measure(options: argparse.Namespace) -> dict[str, Any]:
    """Run all variants by turns and return seconds, contacts and ratios to the baseline."""
    from sim.run import simulate

    scenarios = variants(options)
    for scenario in scenarios.values():  # imports and caches
        simulate(replace(scenario, sample_share=0.01, years=0.05, warmup_years=0.0), 0)
    seconds: dict[str, list[float]] = {name: [] for name in scenarios}
    prints, contacts = {}, {}
    for repeat in range(options.repeats):
        for name, scenario in scenarios.items():
            gc.collect()
            started = time.process_time()
            observation = simulate(scenario, options.seed)
            seconds[name].append(time.process_time() - started)
            if not repeat:
                prints[name] = fingerprint(observation)
                contacts[name] = len(observation.tables["contacts"]["time_days"])
            people = len(observation.people)
            del observation
    for name in (OFF, LATE):
        if prints[name] != prints[BASELINE]:
            raise SystemExit(f"means that are {name} have changed results: they must give the baseline's bytes")
    return summary(seconds, contacts) | {"people": people, "means": len(scenarios[ON].means)}


def summary(seconds: dict[str, list[float]], contacts: dict[str, int]) -> dict[str, Any]:
    """Return the median seconds of each variant and the median of its ratios to the baseline beside it."""
    beside = seconds[BASELINE]
    return {
        "variants": {
            name: {
                "cpu_seconds": median(all_),
                "ratio": median(one / base for one, base in zip(all_, beside, strict=True)),
                "contacts": contacts[name],
            }
            for name, all_ in seconds.items()
        },
        "largest_ratio_off": LARGEST_OFF,
        "largest_ratio_on": LARGEST_ON,
    }


def profile_here(options: argparse.Namespace) -> list[tuple[str, float]]:
    """Run all means once under the profiler."""
    from sim.run import simulate

    scenario = variants(options)[ON]
    simulate(replace(scenario, sample_share=0.01, years=0.05, warmup_years=0.0), 0)
    profile = cProfile.Profile()
    profile.runcall(simulate, scenario, options.seed)
    return time_by_module(profile)


def show(found: dict[str, Any]) -> None:
    """Print the variants and, if asked for, where the time goes."""
    print(f"{found['means']} means, {found['people']:,} people")
    print(f"{'':12}{'CPU s':>8}{'ratio':>8}{'contacts':>12}")
    for name, one in found["variants"].items():
        print(f"{name:12}{one['cpu_seconds']:8.2f}{one['ratio']:8.2f}{one['contacts']:12,}")
    print(f"the ratio should be at most {LARGEST_OFF} for means that are off, and {LARGEST_ON} for all on")
    for name, share in found.get("profile", [])[:SHOWN_MODULES]:
        print(f"{share:8.1%}  {name}")


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--place", help="a shipped place; western Värmland unless said otherwise")
    parser.add_argument(
        "--sample", type=float, default=1.0, help="share of people and capacity; a small one shows more"
    )
    parser.add_argument("--years", type=float, default=1.0)
    parser.add_argument("--warmup-years", type=float, default=0.5, help="half the study time, as shipped")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--profile", action="store_true", help="say where the time of all means goes")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    options = read_options(arguments)
    found = measure(options)
    if options.profile:
        found["profile"] = profile_here(options)
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
