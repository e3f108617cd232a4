"""Phone care coach: a nurse who rings those who come to the emergency department again and again."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, Offer, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Needs, Turns
from sim.care.standing import for_people
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession, Responder

_HALF_YEAR_DAYS = 182


class PhoneCareCoach(Means):
    """Coaching by telephone strengthens the person's own ability; it does not take over."""

    MECHANISM = (
        "People with several visits to the emergency department in half a year are coached by telephone: they "
        "can take part better in their own care, deal with some needs themselves, have somebody to ring in office "
        "hours when things get worse, and a stalled hand-over is found now and then. It costs nurses' minutes for an "
        "intake, for calls every week, and for every acute turn answered."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Take in those with the highest recent use; the coach's time is that of the health centres' nurses."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("patients_per_10000_inhabitants"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.PRIMARY_CARE_NURSE,
        )

    def eligible(self, here: Here, day: int) -> B:
        """Say who has come to the emergency department often enough in half a year."""
        return here.world.ed_visits_since(day - _HALF_YEAR_DAYS) >= self.setting("ed_visits_in_half_a_year")

    def participation_gain(self, here: Here, person: I) -> F:
        """Strengthen the ability to steer one's own care."""
        return here.enrolled[person] * self.setting("participation_gain") * here.fidelity

    def self_care(self, here: Here, batch: Needs) -> F:
        """Let people deal with part of their needs themselves; the less, the more severe the need."""
        mild = 1.0 - batch.severity
        return here.enrolled[batch.person] * self.setting("self_care") * mild * here.fidelity

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Be there on the phone in office hours."""
        may_call = batch.office_hours & here.enrolled[batch.person]
        reached = may_call * self.setting("reach_in_office_hours") * here.fidelity
        work = (
            (Profession.PRIMARY_CARE_NURSE, self.setting("answer_nurse_minutes")),
            (Profession.GENERAL_PRACTITIONER, self.setting("answer_physician_minutes")),
        )
        return [Offer(Responder.CARE_COACH, reached, 0.0, work)]

    def scan_per_day(self, here: Here, person: I) -> F:
        """Find now and then what has stalled, when person and coach talk it through."""
        return here.enrolled[person] * self.setting("scan_per_day") * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the coaches' calls, by the number of people enrolled."""
        minutes = self.setting("minutes_per_patient_week") * here.fidelity
        return for_people(here.world, Profession.PRIMARY_CARE_NURSE, np.flatnonzero(here.enrolled), minutes)
