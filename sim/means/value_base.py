"""Value base: all who work with a person say, and try to mean, that care starts from the person."""

from __future__ import annotations

from sim.care.answers import StandingWork, Support
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts
from sim.care.standing import from_each
from sim.core.arrays import F, I

_START_WEEKS = 26
_WEEKS_PER_YEAR = 52


class ValueBase(Means):
    """A shared value base from the person's point of view; alone it moves little, other means lean on it."""

    MECHANISM = (
        "Other new ways of working take hold sooner, and less of them falls back when a champion leaves or staff are "
        "replaced. Plans fit what matters to the person somewhat more often, and some who had refused to share their "
        "records consent, because they trust those they meet. It costs dialogues with all staff, home help included, "
        "at the start and again every year."
    )

    def supports_fidelity(self, here: Here) -> Support:
        """Help every new way of working to take hold and to stay."""
        strength = here.fidelity * here.coverage
        return Support(
            speed_gain=self.setting("speed_gain") * strength,
            persistence_gain=self.setting("persistence_gain") * strength,
        )

    def plan_fit(self, here: Here, batch: Contacts) -> F:
        """Ask what matters to the person."""
        return here.offered[batch.person] * self.setting("plan_fit") * here.fidelity

    def consent_gain(self, here: Here, person: I) -> F:
        """Win the trust of some who would not share their records."""
        return here.offered[person] * self.setting("consent_gain") * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take dialogues from everybody: more in the first half-year, then so much a year."""
        if week < _START_WEEKS:
            each = self.setting("start_dialogue_minutes_per_staff") / _START_WEEKS
        else:
            each = self.setting("yearly_dialogue_minutes_per_staff") / _WEEKS_PER_YEAR
        each *= here.coverage * float(here.final_fidelity > 0)
        return from_each(here, each)
