"""Joint budget: one purse for what region and municipalities share."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
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
        facts = here.world.stations.facts
        stations = [s for s in range(len(here.world.stations)) if facts.profession[s] in _ADMINISTRATORS]
        size = facts.staff[stations] * here.world.stations.presence[stations]
        minutes = self.setting("administration_minutes_per_week") * here.world.scenario.sample_share
        minutes *= here.fidelity * here.coverage
        return [StandingWork(s, float(minutes * n / size.sum())) for s, n in zip(stations, size, strict=True)]

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for the secretariat."""
        return self.setting("fixed_cost_sek_per_year") * here.world.scenario.sample_share / 52
