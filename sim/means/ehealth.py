"""E-health: booking, messages, video and the own record for those who can use them."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Bookings, Contacts, Needs
from sim.care.standing import for_people, from_each
from sim.core.arrays import F, I, table_of
from sim.core.vocabulary import NeedKind, Profession

_HANDS_ON = table_of((NeedKind.WOUND_AND_NURSING, NeedKind.FUNCTIONAL_DECLINE), len(NeedKind))
_TAUGHT = set(Profession) - {Profession.HOME_HELP_WORKER}
_START_WEEKS = 13
_WEEKS_PER_YEAR = 52


class EHealth(Means):
    """Services that let people take part in their own care; those who need coordination most can use them least."""

    MECHANISM = (
        "People seek help sooner, are booked with less delay, may be met by video or message instead of a visit, bring "
        "what they have read in their own record, and deal with a few mild needs themselves: the more, the better they "
        "are able to take part, and not at all below a threshold. Writing is easy, so some write again without need. "
        "It costs a licence per inhabitant, nurses' time for messages and support, and an introduction for staff."
    )

    def _use(self, here: Here, person: I) -> F:
        """Return how far each person uses the services, 0-1: from nothing at the threshold to full ability."""
        needed = self.setting("participation_needed")
        able = (here.world.participation[person] - needed) / (1.0 - needed)
        return np.asarray(np.maximum(able, 0.0) * here.offered[person])

    def _gain(self, here: Here, person: I, full: float) -> F:
        """Return what each person has of something that is `full` for those who use the services fully."""
        return np.asarray(self._use(here, person) * full * here.fidelity * here.joint_systems)

    def seek_delay_factor(self, here: Here, person: I) -> F:
        """Seek help sooner."""
        return np.asarray(1.0 - self._gain(here, person, 1.0 - self.setting("seek_delay_factor")))

    def booking_lag_factor(self, here: Here, batch: Bookings) -> F:
        """Choose a time oneself, gaps in the calendar included."""
        return np.asarray(1.0 - self._gain(here, batch.person, 1.0 - self.setting("booking_lag_factor")))

    def digital_probability(self, here: Here, batch: Contacts) -> F:
        """Meet by video or message, where no hands are needed."""
        hands_on = _HANDS_ON[here.world.episodes.kind[batch.episode]]
        return np.asarray(self._gain(here, batch.person, self.setting("digital_probability")) * ~hands_on)

    def known_share_gain(self, here: Here, batch: Contacts) -> F:
        """Tell at a contact what the own record says about care elsewhere."""
        return self._gain(here, batch.person, self.setting("known_share_gain"))

    def self_care(self, here: Here, batch: Needs) -> F:
        """Let people deal with milder needs themselves: the milder, the more likely."""
        return np.asarray(self._gain(here, batch.person, self.setting("self_care")) * (1.0 - batch.severity))

    def return_visit(self, here: Here, batch: Contacts) -> F:
        """Be written to again, without need."""
        return self._gain(here, batch.person, self.setting("extra_contact_probability"))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take nurses' time for messages and support by use, and an introduction of all staff but home help."""
        everybody = np.flatnonzero(here.world.alive)
        each = self.setting("support_minutes_per_100_users_week") / 100
        support = self._gain(here, everybody, each)
        work = for_people(here.world, Profession.PRIMARY_CARE_NURSE, everybody, support)
        if week < _START_WEEKS:
            introduction = self.setting("introduction_minutes_per_staff") / _START_WEEKS
            work += from_each(here, introduction * here.coverage * float(here.final_fidelity > 0), _TAUGHT)
        return work

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay licence and operation by the number of inhabitants."""
        return self.setting("licence_sek_per_inhabitant_year") * len(here.world.population) / _WEEKS_PER_YEAR
