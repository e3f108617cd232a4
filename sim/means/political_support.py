"""Political support: those who own the system follow the change, and clear the way for it."""

from __future__ import annotations

from sim.care.answers import StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, by_municipalities, from_all_together
from sim.core.vocabulary import Profession

_WHO_REPORT = (Profession.PRIMARY_CARE_NURSE, Profession.HOME_NURSE, Profession.CARE_MANAGER)


class PoliticalSupport(Means):
    """An outspoken political will, with politicians and chief officials who take part."""

    MECHANISM = (
        "Every other means takes hold sooner, and falls back less when a champion leaves or staff change, because "
        "obstacles are cleared away and nobody doubts that it is meant. Alone it changes nothing for patients. It "
        "costs meetings of politicians and officials, and a little staff time for reports to them."
    )

    def supports_fidelity(self, here: Here) -> Support:
        """Speed up and hold on to all new ways of working."""
        strength = here.fidelity * here.coverage
        return Support(
            speed_gain=self.setting("speed_gain") * strength,
            persistence_gain=self.setting("persistence_gain") * strength,
        )

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the time for reports to those who decide."""
        minutes = by_inhabitants(here, self.setting("reporting_minutes_per_10000_inhabitants_week"))
        return from_all_together(here, minutes * here.fidelity * here.coverage, _WHO_REPORT)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the meetings of politicians and officials."""
        return by_municipalities(here, self.setting("meetings_sek_per_municipality_year")) / 52
