"""Joint board: one political body decides what today takes the same decision twice."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import by_inhabitants, by_municipalities, from_all_together
from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_WHO_PREPARE_MATTERS = (Profession.CARE_MANAGER, Profession.SOCIAL_WORKER)


class JointBoard(Means):
    """A joint board (gemensam nämnd) or a federation (kommunalförbund) of region and municipalities."""

    MECHANISM = (
        "Where principals disagree about a person, there is one body with a mandate for both, so a dispute is over "
        "sooner; it does not prevent disputes. What it decides stays decided, so other means fall back less when a "
        "champion leaves. It applies to everybody in the place. It costs a board, a secretariat, and time of care "
        "managers and social workers who prepare its matters."
    )

    def dispute_length_factor(self, here: Here, batch: Handovers) -> F:
        """Shorten disputes between principals: one decision instead of two alike."""
        factor = 1.0 - (1.0 - self.setting("dispute_length_left")) * here.fidelity * here.offered[batch.person]
        return np.where(batch.distance >= BETWEEN_PRINCIPALS, factor, 1.0)

    def supports_fidelity(self, here: Here) -> Support:
        """Let what the board has decided outlast those who began it."""
        return Support(persistence_gain=self.setting("persistence_gain") * here.fidelity * here.coverage)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the preparation of matters."""
        minutes = by_inhabitants(here, self.setting("preparation_minutes_per_10000_inhabitants_week"))
        return from_all_together(here, minutes * here.fidelity * here.coverage, _WHO_PREPARE_MATTERS)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the board, by those who send members to it, and the secretariat."""
        board = by_municipalities(here, self.setting("board_sek_per_municipality_year"))
        return (board + by_inhabitants(here, self.setting("secretariat_sek_per_10000_inhabitants_year"))) / 52
