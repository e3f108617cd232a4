"""Participation: patients and those close to them take part in planning and decisions."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Needs
from sim.care.standing import from_each
from sim.core.arrays import F, I
from sim.core.vocabulary import Profession

_PLANNING = set(Profession) - {Profession.HOME_HELP_WORKER, Profession.EMERGENCY_PHYSICIAN}
_START_WEEKS = 26
_WEEKS_PER_YEAR = 52


class Participation(Means):
    """Plan and decide together with the person and those close."""

    MECHANISM = (
        "Those who are asked to plan and decide become better able to steer their own care, their plans fit what "
        "matters to them and are known to those they meet, and now and then they deal with a need themselves. It costs "
        "time in every contact, since deciding together takes longer, and training of those who plan."
    )

    def participation_gain(self, here: Here, person: I) -> F:
        """Close part of the gap to full ability to take part."""
        return here.offered[person] * self.setting("participation_gain") * here.fidelity

    def plan_fit(self, here: Here, batch: Contacts) -> F:
        """Make plans that fit what matters to the person."""
        return here.offered[batch.person] * self.setting("plan_fit") * here.fidelity

    def self_care(self, here: Here, batch: Needs) -> F:
        """Let people deal with milder needs themselves: the milder, the more likely."""
        able = here.offered[batch.person] * self.setting("self_care") * here.fidelity
        return np.asarray(able * (1.0 - batch.severity))

    def direct_minutes_factor(self, here: Here, batch: Contacts) -> F:
        """Take longer over deciding together."""
        longer = self.setting("direct_minutes_factor") - 1.0
        return np.asarray(1.0 + longer * here.offered[batch.person] * here.fidelity)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take training from those who plan with people: more in the first half-year, then so much a year."""
        if week < _START_WEEKS:
            each = self.setting("training_minutes_per_staff") / _START_WEEKS
        else:
            each = self.setting("yearly_training_minutes_per_staff") / _WEEKS_PER_YEAR
        each *= here.coverage * float(here.final_fidelity > 0)
        return from_each(here, each, _PLANNING)
