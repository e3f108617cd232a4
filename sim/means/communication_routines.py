"""Communication routines: agreed ways of calling, writing and acknowledging between units."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import from_each
from sim.care.stations import BETWEEN_UNITS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_INSIDE = set(Profession) - {Profession.HOME_HELP_WORKER}
_INTRODUCTION_WEEKS = 26


class CommunicationRoutines(Means):
    """Everybody knows whom to call, what to write and that it must be acknowledged."""

    MECHANISM = (
        "Hand-overs between units are acknowledged, so fewer are lost; they take more alike long and a little less "
        "time, and there is less chasing since it is known whom to call. It costs a few more minutes for each "
        "hand-over on both sides, an introduction of all staff but home help, and upkeep."
    )

    def _strength(self, here: Here, batch: Handovers) -> F:
        """Return how far the routines are followed in each hand-over, 0-1; inside a unit nobody needs them."""
        return np.asarray((batch.distance >= BETWEEN_UNITS) * here.offered[batch.person] * here.fidelity)

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F:
        """Miss what has not been acknowledged."""
        return np.asarray(1.0 - (1.0 - self.setting("loss_factor")) * self._strength(here, batch))

    def handover_spread_factor(self, here: Here, batch: Handovers) -> F:
        """Make lead times more alike."""
        return np.asarray(1.0 - (1.0 - self.setting("spread_factor")) * self._strength(here, batch))

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Send what is complete and goes to the right place at once."""
        return np.asarray(1.0 - (1.0 - self.setting("lead_factor")) * self._strength(here, batch))

    def handover_work_factor(self, here: Here, batch: Handovers) -> F:
        """Take more minutes, to fill in and to acknowledge."""
        return np.asarray(1.0 + (self.setting("work_factor") - 1.0) * self._strength(here, batch))

    def handover_reach_gain(self, here: Here, batch: Handovers) -> F:
        """Know whom to call, and when."""
        return np.asarray(self._strength(here, batch) * self.setting("reach_gain"))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take an introduction in the first half-year and upkeep every week from everybody but home help."""
        each = self.setting("upkeep_minutes_per_staff_week")
        if week < _INTRODUCTION_WEEKS:
            each += self.setting("introduction_minutes_per_staff") / _INTRODUCTION_WEEKS
        each *= here.coverage * float(here.final_fidelity > 0)
        return from_each(here, each, _INSIDE)
