"""Weekly group: those who meet a person meet each other every week, around one person at a time (NäraVårdGrupp)."""

from __future__ import annotations

import numpy as np

from sim.care.answers import EnrolmentRule, Offer, StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Handovers, Turns
from sim.care.standing import for_people, professions_around
from sim.core.arrays import B, F, I
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.vocabulary import Profession, Responder

_WEEKS_PER_YEAR = 52


class WeeklyGroup(Means):
    """A group around each focus person: self-chosen contact person, consent to share, weekly meeting."""

    MECHANISM = (
        "Those with the greatest needs get a group of the staff who meet them, first one per mille of the people, "
        "then more in steps. The person chooses a contact person, who can be reached in office hours, and consents "
        "to shared data; the weekly meeting finds and pushes what has stalled, settles who does what and keeps the "
        "plan to what matters to the person, so that fewer hand-overs end in dispute. It costs a weekly meeting of "
        "every profession around each person, a first meeting, and a committee that supports the groups."
    )

    def enrolment(self, here: Here) -> EnrolmentRule:
        """Take in those with the highest recent use, up to the share of the people that the steps have come to."""
        return EnrolmentRule(
            weekly_intake_per_municipality=self.setting("weekly_intake_per_municipality"),
            places_per_10000=self.share_now(here) * 10_000,
            intake_minutes=self.setting("intake_minutes"),
            intake_profession=Profession.HOME_NURSE,
            caseload=self.setting("caseload"),
            introduction_familiarity=self.setting("introduction_familiarity"),
        )

    def share_now(self, here: Here) -> float:
        """Return the share of the people that the groups are for, which grows in steps of equal length."""
        shares = [self.setting("first_share"), self.setting("second_share"), self.setting("third_share"),
                  self.setting("fourth_share")]  # fmt: skip
        step = int(here.age_days / (self.setting("years_per_step") * DAYS_PER_YEAR))
        return shares[min(step, int(self.setting("steps")) - 1, len(shares) - 1)]

    def eligible(self, here: Here, day: int) -> B:
        """Let it be for anybody in touch with care; those with the highest recent use come first."""
        return here.world.recent_use > 0

    def consent_gain(self, here: Here, person: I) -> F:
        """Ask for consent, and mostly get it."""
        return here.enrolled[person] * self.setting("consent_gain") * here.fidelity

    def plan_fit(self, here: Here, batch: Contacts) -> F:
        """Let contacts build on what the group has settled."""
        return here.enrolled[batch.person] * self.setting("plan_fit") * here.fidelity

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Let the contact person answer in office hours, on the phone or at home."""
        may_call = batch.office_hours & here.enrolled[batch.person]
        reached = may_call * self.setting("reach_in_office_hours") * here.fidelity
        work = (
            (Profession.HOME_NURSE, self.setting("answer_nurse_minutes")),
            (Profession.GENERAL_PRACTITIONER, self.setting("answer_physician_minutes")),
        )
        return [Offer(Responder.WEEKLY_GROUP, reached, self.setting("home_possible_gain"), work)]

    def scan_per_day(self, here: Here, person: I) -> F:
        """Find what has stalled: the group asks every week."""
        return here.enrolled[person] * self.setting("scan_per_day") * here.fidelity

    def push_share(self, here: Here) -> float:
        """Shorten the delay that is left; nothing while nobody is at work."""
        return self.setting("push_share") * float(here.fidelity * here.coverage > 0)

    def helps_with_next_step(self, here: Here, person: I) -> B:
        """Help with the next step."""
        return here.enrolled[person] & (here.fidelity > 0)

    def dispute_factor(self, here: Here, batch: Handovers) -> F:
        """Settle part of the disputes in the group or its committee."""
        strength = here.enrolled[batch.person] * here.fidelity
        return np.asarray(1.0 - (1.0 - self.setting("dispute_factor")) * strength)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take this week's meeting from each profession around each person; the first takes longer."""
        around = professions_around(here.world)
        new = here.enrolled & (here.enrolled_days == here.age_days)
        meetings = np.where(new, self.setting("first_meeting_factor") * here.final_fidelity, here.fidelity)
        work = []
        for label, minutes in self.settings_by_label("meeting_minutes_per_person_week").items():
            profession = Profession[label.upper()]
            people = np.flatnonzero(here.enrolled & around[profession])
            work += for_people(here.world, profession, people, minutes * meetings[people])
        return work

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for the committee, and for leading the meetings of each group."""
        inhabitants = len(here.world.population) / 10_000
        committee = self.setting("committee_sek_per_10000_inhabitants_year") * inhabitants
        leading = self.setting("leading_sek_per_person_year") * int(here.enrolled.sum())
        return (committee + leading) / _WEEKS_PER_YEAR
