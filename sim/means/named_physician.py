"""Named physician: each person with home care has a physician of their own at the health centre."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Queries
from sim.care.standing import for_people
from sim.core.arrays import B, F
from sim.core.vocabulary import Profession


class NamedPhysician(Means):
    """The same physician whenever it can wait, known to home nurses by name."""

    MECHANISM = (
        "People with home help or home nursing get a named physician at their health centre: they meet that one when "
        "it can wait, the two come to know each other, and home nurses know whom to ask and need to ask less often. "
        "It costs physician minutes to take each person on and to keep up with them every week, and waiting for "
        "one's own."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Name physicians as far as their lists have room; who has one already keeps that one."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("patients_per_10000_inhabitants"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.GENERAL_PRACTITIONER,
            caseload=self.setting("caseload"),
            introduction_familiarity=self.setting("introduction_familiarity"),
        )

    def eligible(self, here: Here, day: int) -> B:
        """Say who has home help or home nursing now."""
        return np.asarray((here.world.home_help > 0) | (here.world.home_nursing > 0))

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Let home nurses know whom to ask."""
        return here.enrolled[batch.person] * self.setting("query_reach_gain") * here.fidelity

    def query_rate_factor(self, here: Here, batch: Queries) -> F:
        """Leave fewer questions open."""
        strength = here.enrolled[batch.person] * here.fidelity
        return np.asarray(1.0 - (1.0 - self.setting("query_factor")) * strength)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the physicians' time for keeping up with their people."""
        minutes = self.setting("minutes_per_patient_week") * here.fidelity
        return for_people(here.world, Profession.GENERAL_PRACTITIONER, np.flatnonzero(here.enrolled), minutes)
