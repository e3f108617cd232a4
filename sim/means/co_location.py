"""Co-location: health centre and the municipality's care under one roof."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers, Queries
from sim.care.standing import from_each
from sim.core.arrays import F, table_of
from sim.core.vocabulary import Profession

UNDER_ONE_ROOF = (
    Profession.GENERAL_PRACTITIONER,
    Profession.PRIMARY_CARE_NURSE,
    Profession.COUNSELLOR,
    Profession.HOME_NURSE,
    Profession.THERAPIST,
    Profession.CARE_MANAGER,
    Profession.SOCIAL_WORKER,
)
_IS_UNDER_IT = table_of(UNDER_ONE_ROOF, len(Profession))
_MOVING_WEEKS = 26


class CoLocation(Means):
    """Those who hand over to each other meet in the corridor; organisations and responsibilities stay apart."""

    MECHANISM = (
        "Between health centre, home nursing, rehabilitation, needs assessment and social services of the same "
        "municipality hand-overs arrive sooner, fewer must be chased by phone, and home nurses reach somebody who can "
        "answer more often, because they work in one building. Principals, records and budgets are as far apart as "
        "before. It costs rebuilt premises, staff time for the move, and joint workplace meetings ever after."
    )

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Let hand-overs under one roof arrive sooner."""
        return np.asarray(1.0 - (1.0 - self.setting("lead_factor")) * self._strength(here, batch))

    def handover_reach_gain(self, here: Here, batch: Handovers) -> F:
        """Spare part of the chasing under one roof."""
        return self.setting("reach_gain") * self._strength(here, batch)

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Let home nurses find physician or nurse in the building."""
        return here.offered[batch.person] * self.setting("query_reach_gain") * here.fidelity

    def _strength(self, here: Here, batch: Handovers) -> F:
        """Return how far each hand-over passes between people under one roof."""
        facts = here.world.stations.facts
        under_it = _IS_UNDER_IT[facts.profession]
        same_place = facts.municipality[batch.from_station] == facts.municipality[batch.to_station]
        same_place &= under_it[batch.from_station] & under_it[batch.to_station]
        return np.asarray(same_place * here.offered[batch.person] * here.fidelity)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the move in the first half-year, and joint workplace meetings."""
        moving = self.setting("moving_minutes_per_staff") / _MOVING_WEEKS if week < _MOVING_WEEKS else 0.0
        minutes = moving * float(here.final_fidelity > 0)
        minutes += self.setting("meeting_minutes_per_staff_week") * here.fidelity
        return from_each(here, minutes * here.coverage, UNDER_ONE_ROOF)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for premises by the number of inhabitants."""
        return self.setting("premises_sek_per_inhabitant_year") * len(here.world.population) / 52
