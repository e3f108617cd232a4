"""Contact person: somebody named who can be reached, looks for what has stalled, and pushes it."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, Offer, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Turns
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession, Responder


class PatientCoordinator(Means):
    """A named nurse at the health centre for each enrolled person."""

    MECHANISM = (
        "Each enrolled person has a named nurse at the health centre, who is met first there, can be reached in office "
        "hours when things get worse, finds lost and slow hand-overs in her daily round and pushes them, and makes up "
        "for part of a low ability to take part. It costs her minutes per person and week, and an intake."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Enrol those with the highest recent use; the named nurse works at the person's health centre."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("patients_per_10000_inhabitants"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.PRIMARY_CARE_NURSE,
            caseload=self.setting("caseload"),
            introduction_familiarity=self.setting("introduction_familiarity"),
        )

    def participation_gain(self, here: Here, person: I) -> F:
        """Make up for part of what the person cannot steer alone."""
        return here.enrolled[person] * self.setting("participation_gain") * here.fidelity

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Be reachable in office hours."""
        may_call = batch.office_hours & here.enrolled[batch.person]
        reached = may_call * self.setting("reach_in_office_hours") * here.fidelity
        work = (
            (Profession.PRIMARY_CARE_NURSE, self.setting("answer_nurse_minutes")),
            (Profession.GENERAL_PRACTITIONER, self.setting("answer_physician_minutes")),
        )
        return [Offer(Responder.CONTACT_PERSON, reached, 0.0, work)]

    def scan_per_day(self, here: Here, person: I) -> F:
        """Find what has stalled."""
        return here.enrolled[person] * self.setting("scan_per_day") * here.fidelity

    def push_share(self, here: Here) -> float:
        """Shorten the delay that is left; nothing while nobody is at work."""
        return self.setting("push_share") * float(here.fidelity * here.coverage > 0)

    def helps_with_next_step(self, here: Here, person: I) -> B:
        """Help with the next step."""
        return here.enrolled[person] & (here.fidelity > 0)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the contact persons' time for their patients."""
        stations = here.world.stations
        people = np.flatnonzero(here.enrolled)
        count = np.bincount(stations.of_person[people, Profession.PRIMARY_CARE_NURSE], minlength=len(stations))
        each = self.setting("minutes_per_patient_week") * here.fidelity
        return [StandingWork(int(s), float(count[s]) * each) for s in np.flatnonzero(count)]
