"""Coordinated individual plan (SIP): who does what is known to all, after a meeting of all."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Handovers, Queries
from sim.care.standing import for_people, professions_around
from sim.core.arrays import B, F
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession

_WEEKS_PER_YEAR = 52


class CoordinatedPlan(Means):
    """One plan across the principals for each enrolled person, made and followed up in meetings."""

    MECHANISM = (
        "For part of those in need a plan says who does what and what matters to the person: care fits better, "
        "hand-overs carry more information and are lost less often, and daily care need not ask about the plan. It "
        "costs the time of calling the meeting, the minutes of every profession around the person in the meeting, "
        "and in follow-ups part of them again: minutes that care managers and home nurses then lack for other work."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Make plans as fast as meetings can be called; who calls them works in needs assessment."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("plans_per_10000_inhabitants"),
            intake_minutes=self.setting("calling_minutes"),
            intake_profession=Profession.CARE_MANAGER,
        )

    def eligible(self, here: Here, day: int) -> B:
        """Say who is in need and among the share who are asked; those reached by one means are reached by all."""
        world = here.world
        reached = self.setting("share_reached") * here.coverage
        luck = world.luck.uniform(Purpose.COVERAGE, np.arange(len(world.population)))
        return np.asarray(world.population.complex_needs & (world.recent_use > 0) & (luck < reached))

    def plan_fit(self, here: Here, batch: Contacts) -> F:
        """Let contacts build on what matters to the person."""
        return here.enrolled[batch.person] * self.setting("plan_fit") * here.fidelity

    def handover_information_gain(self, here: Here, batch: Handovers) -> F:
        """Let the plan carry part of what would not cross."""
        return here.enrolled[batch.person] * self.setting("information_gain") * here.fidelity

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F:
        """Lose fewer hand-overs, since it is written down who acts."""
        strength = here.enrolled[batch.person] * here.fidelity
        return np.asarray(1.0 - (1.0 - self.setting("loss_factor")) * strength)

    def query_rate_factor(self, here: Here, batch: Queries) -> F:
        """Spare daily care some of its questions."""
        strength = here.enrolled[batch.person] * here.fidelity
        return np.asarray(1.0 - (1.0 - self.setting("query_factor")) * strength)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the first meeting of this week's new people, and follow-ups of all others spread over the year."""
        around = professions_around(here.world)
        new = here.enrolled & (here.enrolled_days == here.age_days)
        follow_up = self.setting("follow_ups_per_year") / _WEEKS_PER_YEAR * self.setting("follow_up_share")
        meetings = np.where(new, here.final_fidelity, follow_up * here.fidelity)
        work = []
        for label, minutes in self.settings_by_label("meeting_minutes").items():
            profession = Profession[label.upper()]
            people = np.flatnonzero(here.enrolled & around[profession])
            work += for_people(here.world, profession, people, minutes * meetings[people])
        return work
