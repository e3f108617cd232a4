"""Measure what a run costs place by place: time and memory per person and per contact, beside Western Värmland's.

    python benchmarks/scale.py [--json] [--places stockholm_lan gotland] [--scenario baseline] [--years 1]

Every place runs in a process of its own, the whole of what a worker does: simulate, measure all outcomes and
distributions, and a row per person (leave it out with --no-persons), then store the result. The reference place is
always measured, with the same years. Memory is the most that the process held, less what Python and the libraries
take; time is CPU time. `benchmarks/cluster_cost.py` reckons from the JSON what a large study costs on a cluster.
"""

from __future__ import annotations

import argparse
import json
import pickle
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.real_model import count_contacts, peak_megabytes  # needs the path set above

if TYPE_CHECKING:
    import pandas as pd

    from sim.config.scenario import Scenario

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = "vastra_varmland"
LARGEST_RATIO = 1.2
"""A large place may take this much more per person than the reference place."""
SMALL_SHARE, SMALL_YEARS = 0.01, 0.05


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run of one place."""

    place: str
    persons: int
    stations: int
    contacts: int
    days: int
    """Days simulated, warm-up included."""
    load_seconds: float
    """CPU time to read and check the files."""
    simulate_seconds: float
    measure_seconds: float
    """CPU time to measure outcomes, distributions and persons."""
    imports_megabytes: float
    simulate_megabytes: float
    """Most held by the end of the simulation."""
    peak_megabytes: float
    """Most held by the end."""
    job_bytes: int
    """What is sent to a worker."""
    small_bytes: int
    """What comes back: outcomes and distributions."""
    outcome_file_bytes: int
    person_file_bytes: int

    @property
    def seconds(self) -> float:
        """Return CPU time of a run in a worker that is already warm."""
        return self.simulate_seconds + self.measure_seconds

    @property
    def kilobytes_per_person(self) -> float:
        """Return peak memory above the libraries', per person."""
        return (self.peak_megabytes - self.imports_megabytes) * 1000 / self.persons

    def summary(self, reference: Measurement) -> dict[str, Any]:
        """Return everything measured, per person and contact, and beside the reference."""
        return asdict(self) | {
            "seconds": self.seconds,
            "microseconds_per_person": self.seconds / self.persons * 1e6,
            "microseconds_per_contact": self.seconds / self.contacts * 1e6,
            "kilobytes_per_person": self.kilobytes_per_person,
            "time_per_person_ratio": self.seconds / self.persons / (reference.seconds / reference.persons),
            "time_per_contact_ratio": self.seconds / self.contacts / (reference.seconds / reference.contacts),
            "memory_per_person_ratio": self.kilobytes_per_person / reference.kilobytes_per_person,
        }


def load(options: argparse.Namespace, place: str, share: float = 1.0, years: float | None = None) -> Scenario:
    """Load the scenario on a place; `years` means a short run without warm-up."""
    from sim.config.loader import load_scenario

    return load_scenario(
        options.scenario,
        place=place,
        years=options.years if years is None else years,
        warmup_years=options.warmup_years if years is None else 0.0,
        sample_share=share,
    )


def measure_here(options: argparse.Namespace, place: str) -> Measurement:
    """Measure one place in this process."""
    from sim.outcomes.distributions import distributions
    from sim.outcomes.persons import persons
    from sim.outcomes.table import measure_all
    from sim.run import simulate

    small = simulate(load(options, REFERENCE, SMALL_SHARE, SMALL_YEARS), 0)  # imports and caches
    for measure in (measure_all, distributions, persons):
        measure(small)
    started = time.process_time()
    scenario = load(options, place, options.sample)
    loaded = time.process_time()
    imports = peak_megabytes()
    observation = simulate(scenario, options.seed)
    simulated, simulate_megabytes = time.process_time(), peak_megabytes()
    tables = {"outcomes": measure_all(observation), "distributions": distributions(observation)}
    if options.persons:
        tables["persons"] = persons(observation)
    measured, peak = time.process_time(), peak_megabytes()
    sizes = stored_bytes(tables)
    return Measurement(
        place=place,
        persons=len(observation.people),
        stations=len(observation.stations.name),
        contacts=sum(count_contacts(observation)),
        days=round(observation.end_days),
        load_seconds=loaded - started,
        simulate_seconds=simulated - loaded,
        measure_seconds=measured - simulated,
        imports_megabytes=imports,
        simulate_megabytes=simulate_megabytes,
        peak_megabytes=peak,
        job_bytes=len(pickle.dumps(scenario)),
        small_bytes=len(pickle.dumps({name: table for name, table in tables.items() if name != "persons"})),
        outcome_file_bytes=sizes["outcomes"] + sizes["distributions"],
        person_file_bytes=sizes.get("persons", 0),
    )


def stored_bytes(tables: dict[str, pd.DataFrame]) -> dict[str, int]:
    """Write tables as a worker stores them and return the size of each file."""
    from sim.batch.tables import write_parquet

    sizes = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, table in tables.items():
            path = Path(folder) / f"{name}.parquet"
            write_parquet([table], path)
            sizes[name] = path.stat().st_size
    return sizes


def measure_apart(options: argparse.Namespace, place: str) -> Measurement:
    """Measure one place in a process of its own."""
    command = [sys.executable, str(Path(__file__).resolve()), "--alone", place]
    for name in ("scenario", "years", "warmup_years", "seed", "sample"):
        command += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    command += [] if options.persons else ["--no-persons"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        raise SystemExit(f"the run of {place} failed:\n{done.stderr}")
    return Measurement(**json.loads(done.stdout))


def show(found: dict[str, Any]) -> None:
    """Print one line per place."""
    print(f"{found['scenario']}, {found['years']:g} years after {found['warmup_years']:g} of warm-up")
    print(f"{'place':18}{'people':>10}{'contacts':>12}{'CPU s':>8}{'us/person':>11}{'us/contact':>12}", end="")
    print(f"{'peak MB':>9}{'KB/person':>11}{'x time':>8}{'x memory':>10}")
    for one in found["places"]:
        print(
            f"{one['place']:18}{one['persons']:10,}{one['contacts']:12,}{one['seconds']:8.1f}"
            f"{one['microseconds_per_person']:11.1f}{one['microseconds_per_contact']:12.2f}"
            f"{one['peak_megabytes']:9,.0f}{one['kilobytes_per_person']:11.2f}"
            f"{one['time_per_person_ratio']:8.2f}{one['memory_per_person_ratio']:10.2f}"
        )
    print(f"x: per person, beside {REFERENCE}; at most {LARGEST_RATIO} is wanted of a larger place")


def read_options(arguments: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    from sim.config.lookup import place_files

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--places", nargs="+", default=sorted(place_files()), metavar="PLACE")
    parser.add_argument("--scenario", default="baseline")
    parser.add_argument("--years", type=float, default=1.0)
    parser.add_argument("--warmup-years", type=float, default=0.0)
    parser.add_argument("--sample", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-persons", dest="persons", action="store_false", help="no row per person")
    parser.add_argument("--json", action="store_true", help="machine-readable output")
    parser.add_argument("--alone", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def main(arguments: list[str] | None = None) -> None:
    """Measure the reference and every place, each in its own process, and print."""
    options = read_options(arguments)
    if options.alone:
        print(json.dumps(asdict(measure_here(options, options.alone))))
        return
    reference = measure_apart(options, REFERENCE)
    measured = [measure_apart(options, place) for place in options.places if place != REFERENCE]
    found: dict[str, Any] = {
        "scenario": options.scenario,
        "years": options.years,
        "warmup_years": options.warmup_years,
        "sample": options.sample,
        "reference": REFERENCE,
        "places": [one.summary(reference) for one in sorted([reference, *measured], key=lambda one: one.persons)],
    }
    if options.json:
        print(json.dumps(found, indent=2))
    else:
        show(found)


if __name__ == "__main__":
    main()
