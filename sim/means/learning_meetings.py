"""Learning meetings: those who work together look at their results together, and change what does not work."""

from __future__ import annotations

from sim.care.answers import StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, from_each


class LearningMeetings(Means):
    """Learning follow-up (lärande uppföljning): results made visible, and worked through in workshops."""

    MECHANISM = (
        "Every other means takes hold sooner and falls back less, because staff of all professions see together what "
        "works and what does not. Alone it changes nothing for patients. It costs meeting time of all professions, "
        "time of those who prepare, and a facilitator."
    )

    def supports_fidelity(self, here: Here) -> Support:
        """Speed up and hold on to all new ways of working."""
        strength = here.fidelity * here.coverage
        return Support(
            speed_gain=self.setting("speed_gain") * strength,
            persistence_gain=self.setting("persistence_gain") * strength,
        )

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the meetings from every profession, by the share of staff who take part."""
        per_year = self.setting("meetings_per_year") * (
            self.setting("meeting_minutes") + self.setting("preparation_minutes")
        )
        each = per_year / 52 * self.setting("taking_part_share")
        return from_each(here, each * here.fidelity * here.coverage)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay somebody who gathers the results and leads the meetings."""
        return by_inhabitants(here, self.setting("facilitator_sek_per_10000_inhabitants_year")) / 52
