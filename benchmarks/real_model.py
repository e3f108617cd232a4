"""Measure the real model against a bare SimPy loop: speed as a ratio, growth with people, peak memory.

    python benchmarks/real_model.py [--json] [--profile] [--persons 10000 60000 240000] [--years 0.5]

Every size runs in a process of its own, with the bare loop measured in that process before and after, so that
the machine's drift cancels; of model and loop alike the median of three repeats counts. Contacts are booked
contacts, emergency visits and roster visits; "queued" leaves the roster visits out of the count, not out of the
time. All CPU time from scenario to observation counts.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import bare_simpy  # needs the path set above
from benchmarks.where_time_goes import time_by_module

if TYPE_CHECKING:
    from sim.config.scenario import Scenario
    from sim.core.observation import Observation

ROOT = Path(__file__).resolve().parents[1]
PERSONS = (10_000, 60_000, 240_000)
SMALLEST_RATIO, LARGEST_EXPONENT = 6.0, 1.1
SHOWN_MODULES = 15
BARE_SIMPY = "each contact is a new process that requests one of 25 servers, holds it and releases it"
LASTING_SIMPY = "100 processes last; each requests one of 25 servers, holds it and releases it, again and again"


@dataclass(frozen=True, slots=True)
class Measurement:
    """One size of population."""

    persons: int
    booked_contacts: int
    emergency_visits: int
    roster_visits: int
    cpu_seconds: float
    bare_contacts_per_second: float
    """Bare SimPy with a new process for each contact."""
    lasting_contacts_per_second: float
    """Bare SimPy with processes that last, each having contact after contact."""
    peak_megabytes: float
    imports_megabytes: float
    """Memory before the run: Python and the libraries."""

    @property
    def contacts(self) -> int:
        return self.queued + self.roster_visits

    @property
    def queued(self) -> int:
        return self.booked_contacts + self.emergency_visits

    def summary(self) -> dict[str, float]:
        """Return everything measured and what follows from it."""
        all_rate, queued_rate = self.contacts / self.cpu_seconds, self.queued / self.cpu_seconds
        return asdict(self) | {
            "contacts_per_second": all_rate,
            "ratio_to_bare": all_rate / self.bare_contacts_per_second,
            "ratio_to_lasting": all_rate / self.lasting_contacts_per_second,
            "queued_ratio_to_bare": queued_rate / self.bare_contacts_per_second,
            "queued_ratio_to_lasting": queued_rate / self.lasting_contacts_per_second,
            "bytes_per_person": (self.peak_megabytes - self.imports_megabytes) * 1e6 / self.persons,
        }


def scenario_of_size(name: str, persons: int, years: float, warmup_years: float) -> Scenario:
    """Load a scenario and scale people and capacity together, to more than the place has if need be."""
    from sim.config.loader import load_scenario

    scenario = load_scenario(name, years=years, warmup_years=warmup_years)
    inhabitants = sum(municipality.total for municipality in scenario.place.municipalities)
    return replace(scenario, sample_share=persons / inhabitants)


def count_contacts(observation: Observation) -> tuple[int, int, int]:
    """Return booked contacts, emergency visits and roster visits of the whole run, warm-up included."""
    from sim.core.vocabulary import Profession

    tables = observation.tables
    in_emergency = tables["contacts"]["profession"] == Profession.EMERGENCY_PHYSICIAN
    booked = len(in_emergency) - int(in_emergency.sum())
    return booked, len(tables["ed_departures"]["time_days"]), len(tables["visits"]["time_days"])


def peak_megabytes() -> float:
    """Return the most memory this process has held; `getrusage` on Linux would include the parent's."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1000
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def bare_rates() -> tuple[float, float]:
    """Return contacts per second of bare SimPy now: a process per contact, and lasting processes."""
    rate = bare_simpy.contacts_per_second
    return rate(loop=bare_simpy.run), rate(loop=bare_simpy.run_lasting)


def measure_here(options: argparse.Namespace, persons: int) -> Measurement:
    """Measure one size in this process."""
    from sim.run import simulate

    simulate(scenario_of_size(options.scenario, 600, 0.05, 0.0), 0)  # imports and caches
    scenario = scenario_of_size(options.scenario, persons, options.years, options.warmup_years)
    bare_before, lasting_before = bare_rates()
    imports = peak_megabytes()
    seconds, peak = [], 0.0
    for _ in range(options.repeats):
        observation = None  # the run before must not be in memory still
        gc.collect()
        started = time.process_time()
        observation = simulate(scenario, options.seed)
        seconds.append(time.process_time() - started)
        peak = peak or peak_megabytes()
    assert observation is not None, "there is at least one repeat"
    bare_after, lasting_after = bare_rates()
    booked, emergency, roster = count_contacts(observation)
    return Measurement(
        persons=len(observation.people),
        booked_contacts=booked,
        emergency_visits=emergency,
        roster_visits=roster,
        cpu_seconds=median(seconds),
        bare_contacts_per_second=(bare_before + bare_after) / 2,
        lasting_contacts_per_second=(lasting_before + lasting_after) / 2,
        peak_megabytes=peak,
        imports_megabytes=imports,
    )


def measure_apart(options: argparse.Namespace, persons: int) -> Measurement:
    """Measure one size in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--alone", str(persons)]
    for name in ("scenario", "years", "warmup_years", "seed", "repeats"):
        command += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"the run with {persons:,} people failed:\n{done.stderr}")
    return Measurement(**json.loads(done.stdout))


def growth_exponent(sizes: list[Measurement]) -> float | None:
    """Return the slope of log time over log people, time in units of the bare loop; None for one size."""
    import numpy as np

    if len(sizes) < 2:
        return None
    people = np.log([size.persons for size in sizes])
    time_used = np.log([size.cpu_seconds * size.bare_contacts_per_second for size in sizes])
    return float(np.polyfit(people, time_used, 1)[0])


def profile_here(options: argparse.Namespace, persons: int) -> list[tuple[str, float]]:
    """Run once under the profiler."""
    from sim.run import simulate

    simulate(scenario_of_size(options.scenario, 600, 0.05, 0.0), 0)
    scenario = scenario_of_size(options.scenario, persons, options.years, options.warmup_years)
    profile = cProfile.Profile()
    profile.runcall(simulate, scenario, options.seed)
    return time_by_module(profile)


def show(found: dict[str, Any]) -> None:
    """Print sizes, growth and profile."""
    print(f"{'people':>9}{'contacts':>12}{'queued':>11}{'CPU s':>8}{'contacts/s':>12}", end="")
    print(f"{'x bare':>8}{'queued':>8}{'x lasting':>11}{'queued':>8}{'peak MB':>9}{'KB/person':>11}")
    for size in found["sizes"]:
        queued = size["booked_contacts"] + size["emergency_visits"]
        print(
            f"{size['persons']:9,}{queued + size['roster_visits']:12,}{queued:11,}{size['cpu_seconds']:8.2f}"
            f"{size['contacts_per_second']:12,.0f}{size['ratio_to_bare']:8.2f}{size['queued_ratio_to_bare']:8.2f}"
            f"{size['ratio_to_lasting']:11.2f}{size['queued_ratio_to_lasting']:8.2f}{size['peak_megabytes']:9,.0f}"
            f"{size['bytes_per_person'] / 1000:11.1f}"
        )
    first = found["sizes"][0]
    print(
        f"bare: SimPy with a new process for each contact, {first['bare_contacts_per_second']:,.0f} contacts/s;", end=""
    )
    print(f" the ratio should be at least {SMALLEST_RATIO:g}")
    print(f"lasting: SimPy with 100 processes that last, {first['lasting_contacts_per_second']:,.0f} contacts/s")
    print("queued: roster visits left out of the count, not out of the time")
    if found["growth_exponent"] is not None:
        print(f"growth: time ~ people^{found['growth_exponent']:.2f}; at most {LARGEST_EXPONENT} is wanted")
    if "profile" in found:
        print(f"\nwhere the time goes ({found['profile_persons']:,} people, under the profiler)")
        for name, share in found["profile"][:SHOWN_MODULES]:
            print(f"{share:8.1%}  {name}")


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--persons", type=int, nargs="+", default=list(PERSONS))
    parser.add_argument("--scenario", default="baseline")
    parser.add_argument("--years", type=float, default=0.5)
    parser.add_argument("--warmup-years", type=float, default=0.25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeats", type=int, default=3, help="runs of each size; the median of their times counts")
    parser.add_argument("--profile", action="store_true", help="say where the time goes, at the smallest size")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument("--alone", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure every size, each in its own process, and print."""
    options = read_options(arguments)
    if options.alone:
        print(json.dumps(asdict(measure_here(options, options.alone))))
        return
    sizes = [measure_apart(options, persons) for persons in sorted(options.persons)]
    found: dict[str, Any] = {
        "bare_simpy": BARE_SIMPY,
        "lasting_simpy": LASTING_SIMPY,
        "scenario": options.scenario,
        "years": options.years,
        "warmup_years": options.warmup_years,
        "sizes": [size.summary() for size in sizes],
        "growth_exponent": growth_exponent(sizes),
    }
    if options.profile:
        found["profile_persons"] = min(options.persons)
        found["profile"] = profile_here(options, min(options.persons))
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
