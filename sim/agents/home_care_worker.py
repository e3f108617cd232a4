"""Home-care staff: they see people day by day and decide whether a sign is worth a call."""

from __future__ import annotations

from mesa import Agent, Model


class HomeCareWorker(Agent):
    """A member of home help or home nursing."""

    __slots__ = ("pass_on_probability", "staff", "station", "stranger_share")

    def __init__(
        self, model: Model, staff: int, station: int, pass_on_probability: float, stranger_share: float
    ) -> None:
        super().__init__(model)
        self.staff = staff
        self.station = station
        self.pass_on_probability = pass_on_probability
        self.stranger_share = stranger_share

    def passes_on(self, familiarity: float, luck: float) -> bool:
        """Decide whether an early sign is worth a call; who knows the client well is surer of it."""
        return luck < self.pass_on_probability * (self.stranger_share + familiarity)
