"""Choose between a hospital bed and more support at home when both would do: whose money counts?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.care.answers import GainShare
from sim.care.hospital_parameters import HospitalParameters
from sim.care.world import World
from sim.core.parameter import read_group
from sim.core.vocabulary import PaymentKind, Profession, WorkCause, WorkKind

if TYPE_CHECKING:
    from sim.care.emergency import EmergencyParameters


class Arrangement:
    """The question put to the municipality when somebody could be cared for at home with more support."""

    def __init__(self, world: World, parameters: EmergencyParameters) -> None:
        self._w, self._p = world, parameters
        prices, hospital = world.place.prices, read_group(HospitalParameters, "hospital", world.register)
        self._bed_cost_sek = prices.bed_day_sek.value * hospital.stay_mean_days
        stations = world.stations.facts
        minute = {p: float(stations.sek_per_minute[stations.profession == p].mean()) for p in
                  (Profession.HOME_HELP_WORKER, Profession.HOME_NURSE)}  # fmt: skip
        help_minutes = parameters.support_home_help_hours_per_day * 60
        per_day = help_minutes * minute[Profession.HOME_HELP_WORKER]
        per_day += parameters.support_home_nurse_minutes_per_day * minute[Profession.HOME_NURSE]
        self._support_cost_sek = per_day * parameters.support_days * (1 + prices.overhead_share.value)

    def _share_gain(self, person: int, shared: GainShare, now_days: float) -> None:
        """Let the region pay the municipality its costs and its share of what is saved."""
        w = self._w
        gain = self._bed_cost_sek - self._support_cost_sek
        amount = (self._support_cost_sek + shared.municipality_share * gain) * shared.strength
        payee = w.municipality_principal[w.population.municipality[person]]
        w.log.payments.row(now_days, w.region_principal, payee, PaymentKind.SHARED_GAIN, amount)

    def found(self, person: int, severity: float, now_days: float, luck_possible: float, luck_agree: float) -> bool:
        """Return whether support at home is arranged instead of a bed; its work is taken down.

        The bed is the region's cost, the support the municipality's. With separate purses the municipality sees
        only its own side and agrees now and then; with one purse the cheaper arrangement for the whole is chosen,
        as far as staff can be found within hours.
        """
        w, p = self._w, self._p
        served = w.home_help[person] > 0 or w.home_nursing[person] > 0 or w.special_housing[person]
        if not (served or w.frailty[person] > 0.3):
            return False
        if luck_possible >= p.alternative_base * (1.0 - severity):
            return False
        pooled = w.decisions.largest("pools_money")
        cheaper = self._support_cost_sek < self._bed_cost_sek
        with_one_purse = p.agreement_with_one_purse if cheaper else 0.0
        shared = w.decisions.shared_gain()
        # Who is promised its costs and part of what is saved gains by agreeing, as with one purse.
        willing = pooled if shared is None else max(pooled, shared.strength)
        agrees = p.agreement_probability + (with_one_purse - p.agreement_probability) * willing
        if luck_agree >= agrees:
            return False
        if shared is not None and cheaper:
            self._share_gain(person, shared, now_days)
        stations = w.stations.of_person[person]
        for profession, minutes in (
            (Profession.HOME_HELP_WORKER, p.support_home_help_hours_per_day * 60),
            (Profession.HOME_NURSE, p.support_home_nurse_minutes_per_day),
        ):
            for day in range(round(p.support_days)):
                w.work.add_one(
                    now_days + day, int(stations[profession]), person, WorkKind.DIRECT, WorkCause.EXTRA_SUPPORT,
                    minutes,
                )  # fmt: skip
        return True
