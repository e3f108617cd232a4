"""Send invoices: money that moves between principals."""

from __future__ import annotations

from sim.care.world import World
from sim.core.vocabulary import PaymentKind


class Invoices:
    """What the municipality pays the region for people who wait in a bed."""

    def __init__(self, world: World) -> None:
        self._w = world
        prices = world.place.prices
        self._per_day_sek = prices.delayed_discharge_day_sek.value
        self._free_days = prices.delayed_discharge_free_days.value

    def delayed_days(self, person: int, ready_days: float | None, now_days: float) -> None:
        """Invoice the days beyond the free ones, in whole days as the law counts; none with one purse."""
        w = self._w
        apart = 1.0 - w.pooled_money(person)
        if ready_days is None or apart <= 0.0:
            return
        days = int(now_days - ready_days - self._free_days)
        if days > 0:
            payer = w.municipality_principal[w.population.municipality[person]]
            amount = days * self._per_day_sek * apart
            w.log.payments.row(now_days, payer, w.region_principal, PaymentKind.DELAYED_DISCHARGE_INVOICE, amount)
