"""Self-governing team: ten to twelve who plan and decide themselves, for forty to sixty clients."""

from __future__ import annotations

import numpy as np

from sim.care.answers import RosterPolicy, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Queries, Steps
from sim.care.standing import for_staff
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession

TEAM = (Profession.HOME_HELP_WORKER, Profession.HOME_NURSE)
_DECIDED_IN_TEAM = (
    (Profession.HOME_NURSE, Profession.CARE_MANAGER),
    (Profession.CARE_MANAGER, Profession.HOME_NURSE),
)
_TRAINING_WEEKS = 26


class SelfGoverningTeam(Means):
    """Home care in small teams without managers or a ladder of delegation, supported by coaches."""

    MECHANISM = (
        "Home help and home nursing work in small teams that plan their own visits: fewer different people come to a "
        "client, the time granted is set by those who meet the client and is somewhat shorter, less is written, "
        "changes are noticed more often, fewer questions go to a physician, and what home nurse and care manager "
        "would hand to each other is often decided on the spot, without a separate assessment. It costs the team's "
        "planning time every week, training in the first half-year, and coaches."
    )

    def roster_policy(self, here: Here, profession: Profession) -> RosterPolicy | None:
        """Let a few of the team come to each client, of home help and of home nursing."""
        if profession not in TEAM:
            return None
        return RosterPolicy(
            group_size=round(self.setting("staff_per_client")),
            kept_in_group=self.setting("kept_in_group"),
            share_of_clients=here.coverage * here.fidelity,
        )

    def visit_minutes_factor(self, here: Here, person: I) -> F:
        """Let those who meet the client set the time."""
        return self._factor(here, person, self.setting("visit_minutes_factor"))

    def visit_documentation_factor(self, here: Here, person: I) -> F:
        """Write less."""
        return self._factor(here, person, self.setting("visit_documentation_factor"))

    def query_rate_factor(self, here: Here, batch: Queries) -> F:
        """Ask a physician less often, since the team knows the client and carries the whole of the care."""
        return self._factor(here, batch.person, self.setting("query_factor"))

    def notice_gain(self, here: Here, person: I) -> F:
        """See part of the early signs that go unseen today."""
        return np.asarray(here.offered[person] * self.setting("notice_gain") * here.fidelity)

    def may_decide(self, here: Here, batch: Steps) -> F:
        """Decide in the team what home nurse and care manager would hand to each other."""
        profession = here.world.stations.facts.profession
        one, other = profession[batch.from_station], profession[batch.to_station]
        in_team = np.zeros(len(batch.person), bool)
        for first, second in _DECIDED_IN_TEAM:
            in_team |= (one == first) & (other == second)
        client = self._clients(here)[batch.person] & here.offered[batch.person]
        return np.asarray(in_team * client * self.setting("may_decide") * here.fidelity)

    def _factor(self, here: Here, person: I, factor: float) -> F:
        return np.asarray(1.0 - (1.0 - factor) * here.offered[person] * here.fidelity)

    def _clients(self, here: Here) -> B:
        """Say who has home help or home nursing now."""
        return np.asarray((here.world.home_help > 0) | (here.world.home_nursing > 0))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take training in the first half-year, and the team's planning for good."""
        training = self.setting("training_minutes_per_staff") / _TRAINING_WEEKS if week < _TRAINING_WEEKS else 0.0
        minutes = training * float(here.final_fidelity > 0)
        minutes += self.setting("planning_minutes_per_staff_week") * here.fidelity
        return for_staff(here.world, TEAM, minutes * here.coverage)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the coaches, by the number of teams that today's clients make."""
        teams = (self._clients(here) & here.world.alive).sum() / self.setting("clients_per_team")
        return float(teams / self.setting("teams_per_coach") * self.setting("coach_sek_per_year") / 52)
