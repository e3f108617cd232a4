"""Joint budget: one purse for what region and municipalities share."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import by_inhabitants, from_all_together
from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_ADMINISTRATORS = (Profession.CARE_MANAGER, Profession.SOCIAL_WORKER)


class JointFinancing(Means):
    """Shares locked in advance; the cheapest arrangement for the whole is chosen, and nobody argues who pays."""

    MECHANISM = (
        "Between principals most disputes about who pays vanish, no invoices are sent for people who wait in a bed, "
        "and where a bed and support at home would both do, the arrangement that is cheaper for the whole is chosen. "
        "It costs administration by care managers and social workers, and a secretariat."
    )

    def dispute_factor(self, here: Here, batch: Handovers) -> F:
        """Leave only a share of the disputes between principals."""
        left = self.setting("dispute_share_left")
        factor = 1.0 - (1.0 - left) * here.fidelity * here.coverage
        return np.where(batch.distance >= BETWEEN_PRINCIPALS, factor, 1.0)

    def pools_money(self, here: Here) -> float:
        """Decide as one purse."""
        return here.fidelity * here.coverage

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the administration of the joint budget, by the size of each station."""
        minutes = by_inhabitants(here, self.setting("administration_minutes_per_10000_inhabitants_week"))
        return from_all_together(here, minutes * here.fidelity * here.coverage, _ADMINISTRATORS)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for the secretariat."""
        return by_inhabitants(here, self.setting("fixed_cost_sek_per_10000_inhabitants_year")) / 52
