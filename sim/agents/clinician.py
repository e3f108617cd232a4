"""Clinicians: physicians, nurses and others who see patients; in the emergency department they decide on beds."""

from __future__ import annotations

from mesa import Agent, Model


class Clinician(Agent):
    """A clinician with a place in a station."""

    __slots__ = ("staff", "station")

    def __init__(self, model: Model, staff: int, station: int) -> None:
        super().__init__(model)
        self.staff = staff
        self.station = station

    def admits(self, probability: float, luck: float) -> bool:
        """Decide whether a patient needs a bed, given how likely physicians are to say so."""
        return luck < probability
