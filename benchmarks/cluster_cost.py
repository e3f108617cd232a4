r"""Reckon what a study over many regions and parameter sets costs on a cluster, from what `scale.py` measured.

    python benchmarks/scale.py --places jonkoping stockholm_lan --sample 0.25 \
        --years 2 --warmup-years 1 --json > scale.json
    python benchmarks/cluster_cost.py scale.json [--regions stockholm_lan:1 jonkoping:9] [--parameter-sets 100]

Every run is one task for one core. Time and memory of a region are those of its stand-in, measured at the study's
length and scaled from the sample to everybody (both grow in proportion to people; scale.py shows how nearly).
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

CORES = (10, 100, 1_000)
START_UP_SECONDS = 5.0
"""Assumed: a worker starts Python and imports the libraries, once."""
HEADROOM = 1.25
"""Memory to ask for, beside the measured peak."""
MINUTE, HOUR, GIGABYTE = 60.0, 3600.0, 1e9


@dataclass(frozen=True, slots=True)
class Region:
    """Regions of one kind, each run as its stand-in."""

    name: str
    count: int
    people: float
    seconds: float
    megabytes: float
    job_bytes: float
    small_bytes: float
    outcome_file_bytes: float
    person_file_bytes: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What the whole study takes."""

    runs: int
    core_hours: float
    longest_run_hours: float
    largest_worker_gigabytes: float
    sent_gigabytes: float
    returned_gigabytes: float
    outcome_disk_gigabytes: float
    person_disk_gigabytes: float
    wall_hours: dict[int, float]
    """By number of cores."""


def regions_of(found: dict[str, Any], wanted: list[str]) -> list[Region]:
    """Return the regions, e.g. `stockholm_lan:1`, from measurements of a sample scaled to everybody."""
    measured = {one["place"]: one for one in found["places"]}
    whole = 1.0 / found["sample"]
    regions = []
    for name, _, count in (text.partition(":") for text in wanted):
        if name not in measured:
            raise SystemExit(f"{name} was not measured; the file holds {', '.join(measured)}")
        one = measured[name]
        regions.append(
            Region(
                name=name,
                count=int(count or 1),
                people=one["persons"] * whole,
                seconds=one["seconds"] * whole,
                megabytes=one["imports_megabytes"] + (one["peak_megabytes"] - one["imports_megabytes"]) * whole,
                job_bytes=one["job_bytes"],
                small_bytes=one["small_bytes"],
                outcome_file_bytes=one["outcome_file_bytes"],
                person_file_bytes=one["person_file_bytes"] * whole,
            )
        )
    return regions


def reckon(regions: list[Region], runs_per_region: int, cores: tuple[int, ...] = CORES) -> Cost:
    """Return the cost of as many runs of every region."""
    each = [(region, region.count * runs_per_region) for region in regions]
    seconds = sum(runs * region.seconds for region, runs in each)
    longest = max(region.seconds for region in regions)

    def gigabytes(name: str) -> float:
        return sum(runs * float(getattr(region, name)) for region, runs in each) / GIGABYTE

    return Cost(
        runs=sum(runs for _, runs in each),
        core_hours=seconds / HOUR,
        longest_run_hours=longest / HOUR,
        largest_worker_gigabytes=max(region.megabytes for region in regions) * HEADROOM / 1000,
        sent_gigabytes=gigabytes("job_bytes"),
        returned_gigabytes=gigabytes("small_bytes"),
        outcome_disk_gigabytes=gigabytes("outcome_file_bytes"),
        person_disk_gigabytes=gigabytes("person_file_bytes"),
        wall_hours={n: wall_hours(each, n) for n in cores},
    )


def wall_hours(each: list[tuple[Region, int]], cores: int) -> float:
    """Return the time until the last run ends, when cores take the longest runs first and none waits.

    List scheduling: no later than the mean load of a core plus one longest run, no sooner than either; the upper
    bound is given.
    """
    total = sum(runs * region.seconds for region, runs in each)
    longest = max(region.seconds for region, _ in each)
    return (total / cores + longest * (1 - 1 / cores) + START_UP_SECONDS) / HOUR


def show(regions: list[Region], cost: Cost, runs_per_region: int) -> None:
    """Print the arithmetic and the result."""
    print(f"{'region':16}{'number':>8}{'people':>12}{'CPU min/run':>13}{'peak GB':>9}{'runs':>9}{'core hours':>12}")
    for one in regions:
        runs = one.count * runs_per_region
        print(
            f"{one.name:16}{one.count:8}{one.people:12,.0f}{one.seconds / MINUTE:13.2f}{one.megabytes / 1000:9.1f}"
            f"{runs:9,}{runs * one.seconds / HOUR:12,.0f}"
        )
    print(f"all{'':39}{'':16}{cost.runs:9,}{cost.core_hours:12,.0f}")
    for cores, hours in cost.wall_hours.items():
        print(f"{cores:6,} cores: at most {hours:,.1f} hours")
    print(f"memory for a worker: {cost.largest_worker_gigabytes:.0f} GB for the largest region ({HEADROOM:g} x peak)")
    print(f"network: {cost.sent_gigabytes:.1f} GB sent to workers, {cost.returned_gigabytes:.1f} GB back")
    print(f"disk: {cost.outcome_disk_gigabytes:.1f} GB of outcomes; rows per person, if wanted, ", end="")
    print(f"{cost.person_disk_gigabytes:,.0f} GB")


def main(arguments: list[str] | None = None) -> None:
    """Read measurements, reckon and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("measured", type=Path, help="JSON that benchmarks/scale.py printed")
    parser.add_argument("--regions", nargs="+", default=["stockholm_lan:1", "jonkoping:9"], metavar="PLACE:NUMBER")
    parser.add_argument("--parameter-sets", type=int, default=100)
    parser.add_argument("--scenarios", type=int, default=2, help="a baseline and what is set beside it")
    parser.add_argument("--replications", type=int, default=5)
    options = parser.parse_args(arguments)
    found = json.loads(options.measured.read_text(encoding="utf-8"))
    regions = regions_of(found, options.regions)
    runs_per_region = options.parameter_sets * options.scenarios * options.replications
    days = found["places"][0]["days"]
    print(f"{options.parameter_sets} parameter sets x {options.scenarios} scenarios x {options.replications} ", end="")
    print(f"replications = {runs_per_region:,} runs of {days} days for each region")
    show(regions, reckon(regions, runs_per_region), runs_per_region)


if __name__ == "__main__":
    main()
