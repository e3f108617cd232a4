"""The scenarios that come with the program, read once, for the tests of the library."""

from __future__ import annotations

from functools import cache

from calibration.initiatives import Entry, read_initiatives
from sim.config.loader import load_scenario
from sim.config.lookup import scenario_files
from sim.config.scenario import Scenario
from sim.config.stands_for import StandsFor

NAMES = sorted(scenario_files())
SYSTEMS = [name for name in NAMES if name.startswith("initiatives/")]


@cache
def scenario(name: str) -> Scenario:
    return load_scenario(name)


def on(name: str) -> set[str]:
    return {means.id for means in scenario(name).means}


def stands(name: str) -> StandsFor:
    found = scenario(name).stands_for
    assert found is not None, name
    return found


DESCRIBED = [name for name in NAMES if scenario(name).stands_for is not None]
WITH_CELLS = [name for name in SYSTEMS if stands(name).stated()]
ENTRIES: dict[str, Entry] = {entry.id: entry for entry in read_initiatives().entries}
