"""Multi-professional team: shared meetings, distance one inside the team, joint visits."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Handovers, Queries
from sim.care.stations import WITHIN_UNIT
from sim.core.arrays import B, F, I, positions, table_of
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession

TEAM = (
    Profession.GENERAL_PRACTITIONER,
    Profession.PRIMARY_CARE_NURSE,
    Profession.HOME_NURSE,
    Profession.THERAPIST,
    Profession.CARE_MANAGER,
)
_IN_TEAM = table_of(TEAM, len(Profession))


class MultiProfessionalTeam(Means):
    """A team across principals around enrolled people; it takes everybody's time in meetings."""

    MECHANISM = (
        "For enrolled people, hand-overs between general practitioner, primary care nurse, home nurse, therapist and "
        "care manager become hand-overs within one unit (coordination distance 1); several professions may come to "
        "the same visit; home nurses' questions are answered in the team more often. It costs an intake meeting per "
        "person and a weekly meeting of all five professions."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Enrol those with the highest recent use, as the team has room."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("team_size_patients"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.HOME_NURSE,
        )

    def _in_team(self, here: Here, station: I) -> B:
        return np.asarray(_IN_TEAM[here.world.stations.facts.profession[station]])

    def handover_distance(self, here: Here, batch: Handovers) -> I:
        """Make it distance 1 inside the team; fidelity is the share of hand-overs that go through the team."""
        inside = here.enrolled[batch.person] & self._in_team(here, batch.to_station)
        inside &= self._in_team(here, batch.from_station)
        world, at = here.world, positions(inside)
        luck = world.luck.uniform(Purpose.THROUGH_TEAM, world.episodes.key[batch.episode[at]])
        through_team = at[luck < here.fidelity]
        distance = batch.distance.copy()
        distance[through_team] = np.minimum(distance[through_team], WITHIN_UNIT)
        return distance

    def joint_visit_probability(self, here: Here, batch: Contacts) -> F:
        """Let the next profession come along to visits of the team."""
        inside = here.enrolled[batch.person] & self._in_team(here, batch.station)
        return np.where(inside, self.setting("joint_visit_probability") * here.fidelity, 0.0)

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Answer home nurses' questions about enrolled people in the team."""
        return here.enrolled[batch.person] * self.setting("gp_reachability_gain") * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the weekly meeting from every profession of the team, by the number of people enrolled."""
        world = here.world
        minutes = self.setting("meeting_minutes_per_patient_week") * here.fidelity
        people = np.flatnonzero(here.enrolled)
        work = []
        for profession in TEAM:
            count = np.bincount(world.stations.of_person[people, profession], minlength=len(world.stations))
            work += [StandingWork(int(s), float(count[s]) * minutes) for s in np.flatnonzero(count)]
        return work
