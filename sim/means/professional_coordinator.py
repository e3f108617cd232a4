"""Professional coordinator: somebody who keeps an eye on the chain between professions, not on the person."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import for_people
from sim.care.stations import BETWEEN_UNITS
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession


class ProfessionalCoordinator(Means):
    """A nurse at the health centre with the list of hand-overs that are under way; patients do not meet her."""

    MECHANISM = (
        "Of people with complex needs, hand-overs between units that are lost or slow are found on a daily list and "
        "pushed, the most severe first and so many a day as there is time for, and the others arrive a little sooner, "
        "since lead times are watched. Where a person has a contact person as well, the two may leave a matter to each "
        "other. It costs a primary care nurse's minutes for "
        "every person watched, every week."
    )

    def _watched(self, here: Here, person: I) -> B:
        return np.asarray(here.offered[person] & here.world.population.complex_needs[person])

    def scan_per_day(self, here: Here, person: I) -> F:
        """Find what has stalled."""
        return np.asarray(self._watched(here, person) * self.setting("scan_per_day") * here.fidelity)

    def push_share(self, here: Here) -> float:
        """Shorten the delay that is left; nothing while nobody is at work."""
        return self.setting("push_share") * float(here.fidelity * here.coverage > 0)

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Keep lead times between units, since somebody watches them."""
        watched = self._watched(here, batch.person) & (batch.distance >= BETWEEN_UNITS)
        return np.asarray(1.0 - (1.0 - self.setting("lead_factor")) * watched * here.fidelity)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the coordinators' time at the health centres, by the number of people they watch."""
        people = np.flatnonzero(here.world.alive)
        people = people[self._watched(here, people)]
        each = self.setting("minutes_per_person_week") * here.fidelity
        return for_people(here.world, Profession.PRIMARY_CARE_NURSE, people, each)
