"""Patients: they decide where to turn when things get worse."""

from __future__ import annotations

from mesa import Agent, Model

from sim.care.actors import Crisis, Help
from sim.core.vocabulary import AcuteAnswer


class Patient(Agent):
    """A person of the place: a thin view on one row of the world's columns."""

    __slots__ = ("person",)

    def __init__(self, model: Model, person: int) -> None:
        super().__init__(model)
        self.person = person

    def in_crisis(self, crisis: Crisis) -> tuple[AcuteAnswer, Help | None]:
        """Turn first to whoever answers and may do it at home; else wait it out, or go to hospital.

        Several may answer; the person takes the one with whom care at home is most likely.
        """
        reached = [help_ for help_ in crisis.helps if help_.reached]
        if reached:
            best = max(reached, key=lambda help_: help_.home_possible)
            if crisis.luck_home < best.home_possible:
                return AcuteAnswer.ANSWERED_AT_HOME, best
            return AcuteAnswer.EMERGENCY_DEPARTMENT, None
        if crisis.luck_wait < crisis.wait_out:
            return AcuteAnswer.WAITED_OUT, None
        return AcuteAnswer.EMERGENCY_DEPARTMENT, None
