"""Formal agreement: free-standing principals write down who does what, who pays, and how it is followed up."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import by_inhabitants, by_municipalities, from_all_together
from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_WHO_KNOW_THE_WORK = (
    Profession.CARE_MANAGER,
    Profession.SOCIAL_WORKER,
    Profession.HOME_NURSE,
    Profession.PRIMARY_CARE_NURSE,
)
_NEGOTIATION_WEEKS = 26


class FormalAgreement(Means):
    """Region and municipalities stay apart and bind themselves by an agreement."""

    MECHANISM = (
        "Between principals it is written down who is responsible, so that fewer hand-overs end in a dispute and "
        "somewhat fewer are lost; and what is agreed on does not rest on single persons, so other means fall back less "
        "when a champion leaves. It applies to everybody whom the agreement covers. It costs negotiation in the first "
        "half year and follow-up ever after, by staff who know the work and by officials."
    )

    def dispute_factor(self, here: Here, batch: Handovers) -> F:
        """Leave only a share of the disputes between principals."""
        return self._between_principals(here, batch, self.setting("dispute_share_left"))

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F:
        """Let somewhat fewer hand-overs between principals fall between the chairs."""
        return self._between_principals(here, batch, self.setting("loss_share_left"))

    def _between_principals(self, here: Here, batch: Handovers, left: float) -> F:
        factor = 1.0 - (1.0 - left) * here.fidelity * here.offered[batch.person]
        return np.where(batch.distance >= BETWEEN_PRINCIPALS, factor, 1.0)

    def supports_fidelity(self, here: Here) -> Support:
        """Let what is agreed on outlast those who began it."""
        return Support(persistence_gain=self.setting("persistence_gain") * here.fidelity * here.coverage)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take negotiation in the first half year, and follow-up ever after."""
        minutes = by_inhabitants(here, self.setting("follow_up_minutes_per_10000_inhabitants_week")) * here.fidelity
        if week < _NEGOTIATION_WEEKS:
            negotiation = by_municipalities(here, self.setting("negotiation_minutes_per_municipality"))
            minutes += negotiation / _NEGOTIATION_WEEKS * float(here.final_fidelity > 0)
        return from_all_together(here, minutes * here.coverage, _WHO_KNOW_THE_WORK)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the officials who keep the agreement."""
        return by_municipalities(here, self.setting("officials_sek_per_municipality_year")) / 52
