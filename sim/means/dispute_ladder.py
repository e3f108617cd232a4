"""Dispute ladder: a local group settles most disputes, councils with a mandate settle the rest, step by step."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import by_inhabitants, from_all_together
from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_LOCAL_GROUP = (
    Profession.CARE_MANAGER,
    Profession.SOCIAL_WORKER,
    Profession.HOME_NURSE,
    Profession.PRIMARY_CARE_NURSE,
)


class DisputeLadder(Means):
    """Three steps with a mandate each: local group, regional council, central council (tvistetrappa)."""

    MECHANISM = (
        "Where principals disagree about a person, a local group that meets often decides most cases within days; what "
        "it cannot agree on goes to a regional council, and the last to a central council, each with its own time. The "
        "length of a dispute changes from today's mean to the expected time up the ladder, for everybody covered; "
        "disputes are not prevented. It costs the local groups' time every week, and the councils."
    )

    def expected_days(self) -> float:
        """Return how long a dispute takes on the ladder, in the mean: every step's time for those who reach it."""
        to_regional = 1.0 - self.setting("local_decides_share")
        to_central = to_regional * (1.0 - self.setting("regional_decides_share"))
        return (
            self.setting("local_days") + to_regional * self.setting("regional_days")
            + to_central * self.setting("central_days")
        )  # fmt: skip

    def dispute_length_factor(self, here: Here, batch: Handovers) -> F:
        """Put the expected time up the ladder in the place of today's; it may also be longer."""
        today = here.world.register["gap.dispute_mean_days"].value
        if not isinstance(today, float):
            raise TypeError(f"gap.dispute_mean_days: expected one number, found {today!r}")
        relative = self.expected_days() / today
        factor = 1.0 - (1.0 - relative) * here.fidelity * here.offered[batch.person]
        return np.where(batch.distance >= BETWEEN_PRINCIPALS, factor, 1.0)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the local groups' meetings, by the number of people they are for."""
        minutes = by_inhabitants(here, self.setting("local_group_minutes_per_10000_inhabitants_week"))
        return from_all_together(here, minutes * here.fidelity * here.coverage, _LOCAL_GROUP)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the officials of the regional and the central council."""
        return by_inhabitants(here, self.setting("councils_sek_per_10000_inhabitants_year")) / 52
