"""Mobile response: acute turns of enrolled people are answered at home."""

from __future__ import annotations

from sim.care.answers import EnrolmentRule, Offer, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Turns
from sim.care.standing import for_inhabitants
from sim.core.vocabulary import Profession, Responder


class MobileResponse(Means):
    """A nurse with a physician on the phone comes home when called, in the hours of cover."""

    MECHANISM = (
        "When an acute turn strikes an enrolled person in the hours of cover, a mobile nurse with a physician on the "
        "phone is called with a given probability, and care at home becomes possible more often. Where the team may, "
        "it admits who needs a bed to a ward, past the emergency department. It costs home-nurse and physician minutes "
        "for every answer, and standby."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Enrol those with the highest recent use."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.setting("patients_per_10000_inhabitants"),
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.HOME_NURSE,
        )

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Offer to come, if called, within the hours of cover."""
        hour = (batch.time_days % 1.0) * 24
        covered = (hour >= self.setting("from_hour")) & (hour < self.setting("to_hour"))
        called = covered * here.enrolled[batch.person] * self.setting("called_probability") * here.fidelity
        work = (
            (Profession.HOME_NURSE, self.setting("visit_minutes")),
            (Profession.GENERAL_PRACTITIONER, self.setting("physician_phone_minutes")),
        )
        gain, admits = self.setting("home_possible_gain"), self.setting("direct_admission_share")
        return [Offer(Responder.MOBILE_TEAM, called, gain, work, direct_admission=admits)]

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take standby from home nursing, by the size of each station, seven days a week."""
        minutes = 7 * self.setting("standby_minutes_per_10000_inhabitants_day")
        return for_inhabitants(here.world, Profession.HOME_NURSE, minutes * here.fidelity * here.coverage)
