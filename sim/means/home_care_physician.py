"""Home-care physician: a physician for people with home nursing, reachable in hours of cover."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, Offer, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Queries, Turns
from sim.care.standing import for_people
from sim.core.arrays import B, F
from sim.core.vocabulary import Profession, Responder


class HomeCarePhysician(Means):
    """A general practitioner with time set aside for home nursing: on the phone, and on visits."""

    MECHANISM = (
        "People with home nursing have a physician with time set aside for them. In the hours of cover she may be "
        "called when an acute turn strikes and can come home, so that care at home becomes possible more often, and "
        "home nurses reach a physician more often when they must ask. It costs physician minutes for an intake, a "
        "weekly round with the home nurse, and every acute visit, all taken from the health centres."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Take in people with home nursing, after a review of their care by the physician."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("patients_per_10000_inhabitants"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.GENERAL_PRACTITIONER,
        )

    def eligible(self, here: Here, day: int) -> B:
        """Say who has home nursing now."""
        return np.asarray(here.world.home_nursing > 0)

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Offer to come when called, in the hours and on the days of cover."""
        hour, weekday = batch.time_days % 1.0 * 24, batch.time_days // 1 % 7
        covered = (hour >= self.setting("from_hour")) & (hour < self.setting("to_hour"))
        covered &= weekday < self.setting("days_per_week")
        called = covered * here.enrolled[batch.person] * self.setting("called_probability") * here.fidelity
        work = (
            (Profession.GENERAL_PRACTITIONER, self.setting("visit_physician_minutes")),
            (Profession.HOME_NURSE, self.setting("visit_nurse_minutes")),
        )
        return [Offer(Responder.HOME_CARE_PHYSICIAN, called, self.setting("home_possible_gain"), work)]

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Answer home nurses' questions about enrolled people."""
        return here.enrolled[batch.person] * self.setting("query_reach_gain") * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the weekly round from physician and home nurse, by the number of people enrolled."""
        people = np.flatnonzero(here.enrolled)
        minutes = self.settings_by_label("round_minutes_per_patient_week")
        return [
            work
            for label, each in minutes.items()
            for work in for_people(here.world, Profession[label.upper()], people, each * here.fidelity)
        ]
