"""Guidelines: shared care programmes that say who does what, and what comes next."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Contacts, Handovers
from sim.care.standing import by_municipalities, from_all_together, from_each
from sim.core.arrays import F, I
from sim.core.vocabulary import PHYSICIANS, Profession

_WRITERS = (
    *PHYSICIANS,
    Profession.PRIMARY_CARE_NURSE,
    Profession.SPECIALIST_NURSE,
    Profession.PSYCHIATRIC_NURSE,
    Profession.HOME_NURSE,
)
_WRITING_WEEKS = 26


class Guidelines(Means):
    """Written guidelines that all parties follow through the whole chain; they fit standard courses best."""

    MECHANISM = (
        "Everybody knows the next step: fewer are sent the wrong way, hand-overs take more alike long, and a few less "
        "are lost; for people with complex needs less so, since guidelines are written for one disease at a time. It "
        "costs a little more documentation at every contact, physicians' and nurses' time to write and update the "
        "guidelines, and an introduction for them all."
    )

    def _fit(self, here: Here, person: I) -> F:
        """Return how far guidelines are followed for each person, 0-1."""
        complex_needs = here.world.population.complex_needs[person]
        fit = np.where(complex_needs, self.setting("fit_with_complex_needs"), 1.0)
        return np.asarray(fit * here.offered[person] * here.fidelity)

    def detour_factor(self, here: Here, batch: Contacts) -> F:
        """Send fewer people the wrong way."""
        return np.asarray(1.0 - (1.0 - self.setting("detour_factor")) * self._fit(here, batch.person))

    def handover_spread_factor(self, here: Here, batch: Handovers) -> F:
        """Make lead times more alike."""
        return np.asarray(1.0 - (1.0 - self.setting("spread_factor")) * self._fit(here, batch.person))

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F:
        """Lose a few less, since the receiver knows what to expect."""
        return np.asarray(1.0 - (1.0 - self.setting("loss_factor")) * self._fit(here, batch.person))

    def documentation_factor(self, here: Here, batch: Contacts) -> F:
        """Write down what the guideline asks for."""
        more = self.setting("documentation_factor") - 1.0
        return np.asarray(1.0 + more * here.offered[batch.person] * here.fidelity)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take writing and introduction in the first half-year and updating ever after, by the size of each station."""
        strength = here.coverage * float(here.final_fidelity > 0)
        if week >= _WRITING_WEEKS:
            updating = by_municipalities(here, self.setting("updating_minutes_per_municipality_week"))
            return from_all_together(here, updating * strength, _WRITERS)
        writing = by_municipalities(here, self.setting("writing_minutes_per_municipality")) / _WRITING_WEEKS
        introduction = self.setting("introduction_minutes_per_staff") / _WRITING_WEEKS
        return [
            *from_all_together(here, writing * strength, _WRITERS),
            *from_each(here, introduction * strength, _WRITERS),
        ]
