"""Shared gain: whoever makes a saving possible gets part of it."""

from __future__ import annotations

from sim.care.answers import GainShare, StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, from_all_together, from_each
from sim.core.vocabulary import Profession

_WHO_RECKON = (Profession.CARE_MANAGER, Profession.SOCIAL_WORKER)
_FULL_TIME_MINUTES_PER_WEEK = 2400.0


class SharedGain(Means):
    """A promise, kept beforehand: half of what is gained goes to those who carry the change."""

    MECHANISM = (
        "Where support at home would do instead of a hospital bed, the region pays the municipality its costs and half "
        "of what is saved, so the municipality agrees more often; money moves from region to municipality. Staff who "
        "are promised half of the productivity gain as shorter hours resist other means less, so these take hold "
        "sooner. It costs the staff's half of the expected gain in working time, from the start, and administration."
    )

    def shares_gain(self, here: Here) -> GainShare:
        """Promise the municipality its costs and its share of what is saved."""
        strength = self.setting("trust") * here.fidelity * here.coverage
        return GainShare(strength=strength, municipality_share=self.setting("municipality_share"))

    def supports_fidelity(self, here: Here) -> Support:
        """Let staff take to new ways of working sooner."""
        return Support(speed_gain=self.setting("speed_gain") * here.fidelity * here.coverage)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the staff's part of the expected gain as time they do not work, and the reckoning of savings."""
        strength = here.fidelity * here.coverage
        gain = self.setting("expected_productivity_gain") * self.setting("staff_share")
        shorter = from_each(here, gain * _FULL_TIME_MINUTES_PER_WEEK * strength)
        minutes = by_inhabitants(here, self.setting("reckoning_minutes_per_10000_inhabitants_week"))
        return shorter + from_all_together(here, minutes * strength, _WHO_RECKON)
