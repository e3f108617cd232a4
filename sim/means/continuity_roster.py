"""Continuity roster: home help is planned so that few and familiar people come."""

from __future__ import annotations

import numpy as np

from sim.care.answers import RosterPolicy, StandingWork
from sim.care.decisions import Here, Means
from sim.care.standing import for_people
from sim.core.vocabulary import Profession


class ContinuityRoster(Means):
    """Continuity comes first when the roster is drawn up; everything else about home help is as before."""

    MECHANISM = (
        "Each client of home help has a group of about seven who may come, instead of thirteen, and the roster sees to "
        "it that one of them is on duty more often. Those who come know the client better and notice changes sooner. "
        "It costs planning time, and minutes of waiting and detours because staff are less free to be sent where "
        "they are nearest."
    )

    def roster_policy(self, here: Here, profession: Profession) -> RosterPolicy | None:
        """Set the size of the group around a client of home help."""
        if profession != Profession.HOME_HELP_WORKER:
            return None
        return RosterPolicy(
            group_size=round(self.setting("group_size")),
            kept_in_group=self.setting("kept_in_group"),
            share_of_clients=here.coverage * here.fidelity,
        )

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take planning and lost flexibility from home help, by the number of clients."""
        clients = np.flatnonzero((here.world.home_help > 0) & here.world.alive)
        minutes = self.setting("planning_minutes_per_client_week") + self.setting("flexibility_minutes_per_client_week")
        return for_people(
            here.world, Profession.HOME_HELP_WORKER, clients, minutes * here.coverage * here.fidelity
        )  # fmt: skip
