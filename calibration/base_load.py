"""Find the base load of every profession: what is left of its declared utilisation when modelled work is counted.

Base load stands for all work that is not modelled. It cannot be read anywhere, so it is inferred: in the baseline,
after warm-up, utilisation measured must be utilisation declared. Run it after any change to demand or staff:

    python -m calibration.base_load vastra_varmland --write
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from sim.config.folders import scenarios_folder
from sim.config.loader import load_scenario
from sim.config.place import Place
from sim.core.observation import Observation
from sim.core.vocabulary import Profession, label
from sim.run import simulate

_DECIMALS = 3


def modelled_shares(observation: Observation) -> dict[str, float]:
    """Return modelled minutes as a share of paid minutes, by profession."""
    stations = observation.stations
    minutes = np.zeros(len(stations.name))
    for table, columns in (
        ("contacts", ("direct_minutes", "reading_in_minutes", "documentation_minutes", "travel_minutes")),
        ("visits", ("direct_minutes", "travel_minutes", "documentation_minutes")),
        ("work", ("minutes",)),
    ):
        rows = observation.table(table)
        total = sum(rows[column] for column in columns)
        minutes += np.bincount(rows["station"], total, minlength=len(minutes))
    paid = stations.paid_minutes_per_day * (observation.end_days - observation.start_days)
    return {
        label(p): float(minutes[stations.profession == p].sum() / paid[stations.profession == p].sum())
        for p in Profession
        if (stations.profession == p).any()
    }


def base_loads(place: Place, shares: dict[str, float]) -> dict[str, float]:
    """Return the base load of each profession, 0 where modelled work alone exceeds the declared utilisation."""
    declared: dict[str, float] = {}
    for unit in place.units:
        for staff in unit.staff:
            declared[staff.profession] = staff.utilisation.value
    return {p: round(max(declared[p] - share, 0.0), _DECIMALS) for p, share in shares.items()}


def write_base_loads(path: Path, loads: dict[str, float]) -> None:
    """Set the values in a place file, and nothing else of it; ranges widen to hold them.

    A place that extends another has them by profession, all anew.
    """
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 120
    document = yaml.load(path.read_text(encoding="utf-8"))
    if "extends" in document:
        document["base_load_share"] = CommentedMap((profession, _entry(value)) for profession, value in loads.items())
    for unit in document.get("units", []):
        for staff in unit.get("staff", []):
            entry = staff["base_load_share"]
            value = loads[staff["profession"]]
            entry["value"] = value
            entry["low"] = min(entry["low"], round(max(value - 0.1, 0.0), 2))
            entry["high"] = max(entry["high"], round(min(value + 0.05, 0.98), 2))
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(document, file)


def _entry(value: float) -> CommentedMap:
    """Return a base load as a place that extends another writes it, by profession."""
    low, high = round(max(value - 0.1, 0.0), 2), round(max(value, min(value + 0.05, 0.98)), 3)
    entry = CommentedMap(value=value, low=low, high=high, unit="share", source="assumption")
    entry.fa.set_flow_style()
    return entry


def main() -> None:
    """Measure, print and on request write base loads."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("place")
    parser.add_argument("--write", action="store_true", help="set the values in the shipped place file")
    parser.add_argument("--sample", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scenario = load_scenario("baseline", place=arguments.place, years=1, warmup_years=1, sample_share=arguments.sample)
    shares = modelled_shares(simulate(scenario, arguments.seed))
    loads = base_loads(scenario.place, shares)
    for profession, share in shares.items():
        print(f"{profession:24s} modelled {share:.3f}  base load {loads[profession]:.3f}")
    if arguments.write:
        write_base_loads(scenarios_folder() / "places" / f"{arguments.place}.yaml", loads)


if __name__ == "__main__":
    main()
