"""Coordinators: named contact persons who look for what has stalled and push it."""

from __future__ import annotations

from collections.abc import Sequence

from mesa import Agent, Model


class Coordinator(Agent):
    """A contact person among a unit's staff."""

    __slots__ = ("staff",)

    def __init__(self, model: Model, staff: int) -> None:
        super().__init__(model)
        self.staff = staff

    def choose(self, stalled: Sequence[tuple[float, int]], at_most: int) -> list[int]:
        """Push the most severe first, as many as there is time for; ties go to the older episode."""
        return [episode for _, episode in sorted(stalled, key=lambda pair: (-pair[0], pair[1]))[:at_most]]
