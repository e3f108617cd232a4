"""Informal cooperation: professionals of different units who know each other and call each other."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.implementation import ImplementationParameters
from sim.care.questions import Handovers, Queries
from sim.care.standing import from_each
from sim.care.stations import BETWEEN_PRINCIPALS, BETWEEN_UNITS
from sim.core.arrays import F
from sim.core.parameter import read_group
from sim.core.vocabulary import Profession

_INSIDE = set(Profession) - {Profession.HOME_HELP_WORKER, Profession.EMERGENCY_PHYSICIAN}
_START_WEEKS = 26
_WEEKS_PER_YEAR = 52


class InformalCooperation(Means):
    """Worked-up contacts between professions, beside any team; they last as long as the people stay."""

    MECHANISM = (
        "Professionals of different units in one municipality, who have met and shadowed each other, reach each other "
        "with less chasing at hand-overs, answer home nurses' questions at the first call more often, and settle "
        "matters before they become disputes; with those who serve the whole place the contacts are thinner. It costs "
        "network meetings and shadowing, also of everybody who is new, and wears off where staff are often replaced."
    )

    def _closeness(self, here: Here, batch: Handovers) -> F:
        """Return how well sender and receiver know each other through the network, 0-1."""
        municipality = here.world.stations.facts.municipality
        one, other = municipality[batch.from_station], municipality[batch.to_station]
        for_all = (one < 0) | (other < 0)
        close = np.where(one == other, 1.0, np.where(for_all, self.setting("closeness_across_place"), 0.0))
        # Colleagues in one unit know each other anyway.
        apart = batch.distance >= BETWEEN_UNITS
        return np.asarray(close * apart * here.offered[batch.person] * here.fidelity)

    def handover_reach_gain(self, here: Here, batch: Handovers) -> F:
        """Spare part of the chasing by phone."""
        return np.asarray(self._closeness(here, batch) * self.setting("handover_reach_gain"))

    def dispute_factor(self, here: Here, batch: Handovers) -> F:
        """Settle some matters between principals before they become disputes."""
        settled = (1.0 - self.setting("dispute_factor")) * self._closeness(here, batch)
        return np.where(batch.distance >= BETWEEN_PRINCIPALS, 1.0 - settled, 1.0)

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Be answered at the first call more often: home nurses ask the health centre where they live."""
        return np.asarray(here.offered[batch.person] * self.setting("query_reach_gain") * here.fidelity)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take network meetings, and shadowing: by all in the first half-year, by newcomers as staff are replaced."""
        turnover = read_group(ImplementationParameters, "implementation", here.world.register).staff_turnover_per_year
        shadowing = 1.0 / _START_WEEKS if week < _START_WEEKS else turnover / _WEEKS_PER_YEAR
        each = self.setting("shadowing_minutes_per_staff") * shadowing
        each += self.setting("meeting_minutes_per_staff_year") / _WEEKS_PER_YEAR
        each *= here.coverage * float(here.final_fidelity > 0)
        return from_each(here, each, _INSIDE)
