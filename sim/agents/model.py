"""Set people and staff into the care system: the Mesa model of one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import simpy
from mesa import Agent, Model

from sim.agents.clinician import Clinician
from sim.agents.coordinator import Coordinator
from sim.agents.home_care_worker import HomeCareWorker
from sim.agents.patient import Patient
from sim.care.actors import Cast, ClinicianAgent, HomeCareAgent
from sim.care.home_care_parameters import HomeCareParameters
from sim.care.system import CareSystem
from sim.care.world import World
from sim.core.parameter import read_group
from sim.core.vocabulary import Profession

A = TypeVar("A")
_HOME_CARE = (Profession.HOME_HELP_WORKER, Profession.HOME_NURSE)


class _MadeWhenAsked(dict[int, A]):
    """Agents by number, made when first asked for a decision: until then their columns say everything."""

    def __init__(self, make: Callable[[int], A]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> A:
        agent = self[number] = self._make(number)
        return agent


class CareModel(Model):
    """Everybody in a place, and the care system they meet in; SimPy is its only clock."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(seed=seed)
        self.env = simpy.Environment()
        cast = self._cast(world)
        self.system = CareSystem(world, self.env, cast)

    def _cast(self, world: World) -> Cast:
        clinicians: dict[int, ClinicianAgent] = {}
        home_care: dict[int, HomeCareAgent] = {}
        p = read_group(HomeCareParameters, "home_care", world.register)
        for station, staff in _staff(world):
            profession = world.stations.facts.profession[station]
            if profession in _HOME_CARE:
                home_care[staff] = HomeCareWorker(self, staff, station, p.pass_on_probability, p.pass_on_stranger_share)
            else:
                clinicians[staff] = Clinician(self, staff, station)
        return Cast(
            patients=_MadeWhenAsked(lambda person: Patient(self, person)),
            clinicians=clinicians,
            home_care=home_care,
            # Anybody of a unit may be named as a contact person.
            coordinators=_MadeWhenAsked(lambda staff: Coordinator(self, staff)),
        )

    def run_until(self, end_days: float) -> None:
        """Let time pass."""
        self.env.run(until=end_days)

    def release(self) -> None:
        """Let go of the model: Mesa 3.3 keeps every model alive through a counter on the class."""
        Agent._ids.pop(self, None)


def _staff(world: World) -> Iterator[tuple[int, int]]:
    first = world.stations.first_staff
    for station in range(len(world.stations)):
        for staff in range(int(first[station]), int(first[station + 1])):
            yield station, staff
