"""Time the reference workload in Mellanrum's parts beside its peers, in one process.

    python benchmarks/care_network.py [--json] [--persons 10000] [--days 365] [--repeats 3]

What counts is the ratio to a naive Mesa + SimPy model: absolute speed drifts with the machine. CPU time of
build and run; engines take turns, and each ratio is the median over the turns. Ciw is measured on a smaller
network, beside the naive model on that same network. All engines must agree within Monte-Carlo error.
"""

from __future__ import annotations

import argparse
import gc
import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from scipy import stats

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.workload import DISTINCT_STAFF_IN_THEORY, Result, Workload  # needs the path set above

Engine = Callable[[Workload, int], Result]

NAIVE, OURS, CIW = "naive_mesa_simpy", "ours", "ciw_network"
SMALL = Workload(persons=2_000, days=56)
"""For Ciw, whose time grows faster than the network, and for many seeds."""
FALSE_ALARM = 1e-3
"""Chance that any of the agreement checks fails although all engines are right."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One engine on one workload."""

    contacts: int
    seconds: float
    contacts_per_second: float
    ratio_to_naive: float


def load_engines() -> dict[str, Engine]:
    """Return the engines whose libraries are installed."""
    names = [OURS, NAIVE, "plain_simpy"] + ([CIW] if find_spec("ciw") else [])
    return {name: import_module(f"benchmarks.engines.{name}").simulate for name in names}


def time_engines(engines: dict[str, Engine], load: Workload, repeats: int) -> dict[str, Timing]:
    """Run the engines in turn and return medians."""
    seconds: dict[str, list[float]] = {name: [] for name in engines}
    contacts: dict[str, list[int]] = {name: [] for name in engines}
    for engine in engines.values():
        engine(Workload(200, 15), 0)  # imports and caches
    for seed in range(1, repeats + 1):
        for name, engine in engines.items():
            gc.collect()
            started = time.process_time()
            result = engine(load, seed)
            seconds[name].append(time.process_time() - started)
            contacts[name].append(result.contacts)
    rates = {name: [n / s for n, s in zip(contacts[name], seconds[name], strict=True)] for name in engines}
    return {
        name: Timing(
            contacts=round(median(contacts[name])),
            seconds=median(seconds[name]),
            contacts_per_second=median(rates[name]),
            ratio_to_naive=median(own / naive for own, naive in zip(rates[name], rates[NAIVE], strict=True)),
        )
        for name in engines
    }


def compare_statistics(engines: dict[str, Engine], load: Workload, seeds: int) -> dict[str, Any]:
    """Return means per engine and statistic, and whether each engine agrees with the naive one (Welch)."""
    runs = {
        name: [engine(load, seed).statistics(load) for seed in range(100, 100 + seeds)]
        for name, engine in engines.items()
    }
    comparisons = len(runs[NAIVE][0]) * (len(engines) - 1)
    table: dict[str, Any] = {}
    for statistic in runs[NAIVE][0]:
        values = {name: np.array([run[statistic] for run in runs[name]]) for name in engines}
        table[statistic] = {
            name: {
                "mean": float(values[name].mean()),
                "standard_error": float(stats.sem(values[name])),
                "agrees": agrees(values[name], values[NAIVE], FALSE_ALARM / comparisons),
            }
            for name in engines
        }
    return table


def agrees(one: np.ndarray[Any, Any], other: np.ndarray[Any, Any], false_alarm: float) -> bool:
    """Tell whether two samples may have the same mean; samples without spread must be equal."""
    if np.ptp(one) == 0 and np.ptp(other) == 0:
        return bool(one[0] == other[0])
    return bool(stats.ttest_ind(one, other, equal_var=False).pvalue > false_alarm)


def measure(load: Workload, repeats: int, seeds: int) -> dict[str, Any]:
    """Time all engines on all contacts and on queued contacts, and compare what they find."""
    engines = load_engines()
    fast = {name: engine for name, engine in engines.items() if name != CIW}
    queued = Workload(load.persons, load.days, home_care=False)
    measured: dict[str, Any] = {
        "all": time_engines(fast, load, repeats),
        "queued": time_engines(fast, queued, repeats),
    }
    if CIW in engines:
        pair = {name: engines[name] for name in (CIW, NAIVE)}
        small_queued = Workload(SMALL.persons, SMALL.days, home_care=False)
        for part, small in (("all", SMALL), ("queued", small_queued)):
            measured[part][CIW] = time_engines(pair, small, repeats)[CIW]
    agreement = compare_statistics(engines, SMALL, seeds)
    return {
        "workload": asdict(load),
        "ciw_workload": asdict(SMALL) if CIW in engines else None,
        "python": platform.python_version(),
        "repeats": repeats,
        "engines": {name: {part: asdict(measured[part][name]) for part in ("all", "queued")} for name in engines},
        "agreement": agreement,
        "all_agree": all(entry["agrees"] for row in agreement.values() for entry in row.values()),
        "distinct_staff_in_theory": DISTINCT_STAFF_IN_THEORY,
    }


def show(found: dict[str, Any]) -> None:
    """Print ratios, then statistics."""
    load = found["workload"]
    print(f"{load['persons']:,} people, {load['days']} days; CPU time, median of {found['repeats']}")
    print(f"{'engine':18}{'all contacts/s':>16}{'x naive':>9}{'queued/s':>12}{'x naive':>9}")
    for name, parts in found["engines"].items():
        every, queued = parts["all"], parts["queued"]
        print(
            f"{name:18}{every['contacts_per_second']:16,.0f}{every['ratio_to_naive']:9.2f}"
            f"{queued['contacts_per_second']:12,.0f}{queued['ratio_to_naive']:9.2f}"
        )
    if found["ciw_workload"]:
        print(f"(ciw_network and its naive model: {SMALL.persons:,} people, {SMALL.days} days)")
    else:
        print("(Ciw is not installed and left out: pip install ciw)")
    print(f"\nagreement on {SMALL.persons:,} people, {SMALL.days} days: mean +- standard error")
    for statistic, row in found["agreement"].items():
        cells = "".join(
            f"{entry['mean']:13,.2f} +-{entry['standard_error']:9.2f}{' ' if entry['agrees'] else '!'}"
            for entry in row.values()
        )
        print(f"{statistic:30}{cells}")
    print(f"distinct staff in theory: {found['distinct_staff_in_theory']:.2f}")
    print("all engines agree" if found["all_agree"] else "ENGINES DISAGREE where marked !")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, measure, print; returns 1 when the engines disagree."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--persons", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--repeats", type=int, default=3, help="turns of every engine; the median counts")
    parser.add_argument("--seeds", type=int, default=12, help="runs per engine to compare statistics")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    options = parser.parse_args(arguments)
    found = measure(Workload(options.persons, options.days), options.repeats, max(2, options.seeds))
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)
    return 0 if found["all_agree"] else 1


if __name__ == "__main__":
    sys.exit(main())
