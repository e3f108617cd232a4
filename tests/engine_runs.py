"""Small runs of the real engine, shared by all tests that need one; equal requests are run once per process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import numpy.typing as npt

from sim.agents.model import CareModel
from sim.care.world import World
from sim.config.loader import load_means_settings, load_scenario
from sim.config.scenario import MeansChoice, Scenario
from sim.core.observation import Observation
from sim.core.parameter import Parameter, Value
from sim.means import means_class
from sim.run import simulate

ALL_FOUR = ("integrated_records", "joint_financing", "mdt", "mobile_response", "patient_coordinator")

Columns = Mapping[str, npt.NDArray[np.generic]]


@cache
def scenario(
    name: str = "baseline", sample_share: float = 0.03, years: float = 0.3, warmup_years: float = 0.1
) -> Scenario:
    """Load a shipped scenario, small."""
    return load_scenario(name, years=years, warmup_years=warmup_years, sample_share=sample_share)


def with_parameters(base: Scenario, values: Mapping[str, Value]) -> Scenario:
    """Set parameters of the register."""
    changed = {name: replace(base.parameters[name], value=value) for name, value in values.items()}
    return replace(base, parameters={**base.parameters, **changed})


def settings_of(means_id: str, **values: float) -> dict[str, Parameter]:
    """Return the shipped settings of a means with some values changed."""
    settings = load_means_settings(means_id)
    return {name: replace(p, value=values.get(name, p.value)) for name, p in settings.items()}


def choice(
    means_id: str, *, fidelity: float = 1.0, coverage: float = 1.0, ramp_days: float = 0.0, **settings: float
) -> MeansChoice:
    """Choose a means that starts with the study period, at once in full unless said otherwise."""
    return MeansChoice(
        id=means_id,
        start_days=0.0,
        fidelity=fidelity,
        ramp_days=ramp_days,
        coverage=coverage,
        settings=settings_of(means_id, **settings),
    )


def with_means(base: Scenario, *choices: MeansChoice) -> Scenario:
    """Set the means of a scenario."""
    return replace(base, means=tuple(choices))


def with_staff(base: Scenario, profession: str, factor: float) -> Scenario:
    """Multiply the full-time equivalents of a profession in the whole place."""
    units = []
    for unit in base.place.units:
        staff = tuple(
            one.model_copy(update={"full_time_equivalents": _times(one.full_time_equivalents, factor)})
            if one.profession == profession
            else one
            for one in unit.staff
        )
        units.append(unit.model_copy(update={"staff": staff}))
    return replace(base, place=base.place.model_copy(update={"units": tuple(units)}))


def with_beds(base: Scenario, factor: float) -> Scenario:
    """Multiply the beds of all wards; beds for planned care that is not modelled stay as they are."""
    units = tuple(
        unit.model_copy(update={"places": _times(unit.places, factor)}) if unit.kind == "ward" else unit
        for unit in base.place.units
    )
    return replace(base, place=base.place.model_copy(update={"units": units}))


def _times(number, factor: float):
    return number.model_copy(update={"value": number.value * factor})


def world_of(base: Scenario, seed: int = 1) -> World:
    """Set up the world of a run without running it."""
    means = [means_class(one.id)(one.settings) for one in base.means]
    return World(base, means, seed)


@cache
def observed(
    name: str = "baseline",
    seed: int = 1,
    sample_share: float = 0.03,
    years: float = 0.3,
    warmup_years: float = 0.1,
) -> Observation:
    """Run a shipped scenario once; the observation must not be changed."""
    return simulate(scenario(name, sample_share, years, warmup_years), seed)


class Live:
    """A run that can be looked into while it goes on."""

    def __init__(self, base: Scenario, seed: int = 1, change: Callable[[World], None] | None = None) -> None:
        self.world = world_of(base, seed)
        if change is not None:
            change(self.world)
        self.model = CareModel(self.world, seed)
        self.system = self.model.system
        self.rates = [queue.rate for queue in self.world.stations.queues]
        """How fast each station works while nobody is away beyond what is usual."""

    def run(self, look: Callable[[Live], None] | None = None, every_days: int = 7) -> dict[str, Columns]:
        """Run to the end, looking in between; return the tables of the log."""
        for day in range(every_days, self.world.days, every_days):
            self.model.run_until(day)
            if look is not None:
                look(self)
        self.model.run_until(self.world.days)
        if look is not None:
            look(self)
        self.model.release()
        return self.world.log.tables()


def different_tables(one: Mapping[str, Columns], other: Mapping[str, Columns]) -> list[str]:
    """Name the columns that are not the same bit for bit."""
    assert one.keys() == other.keys()
    return [
        f"{table}.{column}"
        for table, columns in one.items()
        for column, values in columns.items()
        if values.tobytes() != other[table][column].tobytes()
    ]


def fingerprint(tables: Mapping[str, Columns]) -> str:
    """Return a short text that changes with any bit of any table."""
    digest = hashlib.sha256()
    for table in sorted(tables):
        for column in sorted(tables[table]):
            digest.update(f"{table}.{column}:".encode())
            digest.update(tables[table][column].tobytes())
    return digest.hexdigest()
