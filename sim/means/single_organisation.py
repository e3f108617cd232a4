"""Single organisation: what today belongs to several principals gets one management and one budget."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers
from sim.care.standing import from_each
from sim.core.arrays import B, F, I, positions
from sim.core.parameter import Parameter
from sim.core.purposes import Purpose
from sim.core.vocabulary import UnitKind

_MERGER_WEEKS = 52


class SingleOrganisation(Means):
    """Units of region and municipalities merge into one organisation."""

    MECHANISM = (
        "Between units that merge, hand-overs across principals, domains and organisations become hand-overs between "
        "units of one organisation (coordination distance 2): sooner, surer, and without disputes about who is "
        "responsible; one budget chooses what is cheapest for the whole, and no invoices are sent. During the change "
        "hand-overs take longer, because people change places and routines. It concerns everybody in the place. It "
        "costs hours of all who are merged in the first year, and the overhead of a larger organisation ever after."
    )

    def __init__(self, settings: Mapping[str, Parameter]) -> None:
        super().__init__(settings)
        merged = self.settings_by_label("merged_share")
        self._merged_share = np.array([merged.get(kind.name.lower(), 0.0) for kind in UnitKind])

    def _inside(self, here: Here, station: I) -> F:
        """Return for each station the share of its kind of units that is part of the organisation."""
        return np.asarray(self._merged_share[here.world.stations.facts.unit_kind[station]])

    def _merge(self, here: Here, batch: Handovers, strength: float) -> B:
        """Say which hand-overs stay inside the organisation, as far as it has taken hold."""
        world = here.world
        both = self._inside(here, batch.from_station) * self._inside(here, batch.to_station)
        merged = here.offered[batch.person] & (both > 0)
        at = positions(merged)
        luck = world.luck.uniform(Purpose.ONE_ORGANISATION, world.episodes.key[batch.episode[at]])
        merged[at] = luck < both[at] * strength
        return merged

    def handover_distance(self, here: Here, batch: Handovers) -> I:
        """Make it the distance between units inside; fidelity is the share of hand-overs that go the new way."""
        merged = self._merge(here, batch, here.fidelity)
        return np.where(merged, np.minimum(batch.distance, round(self.setting("distance_inside"))), batch.distance)

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Slow hand-overs down while people change places and routines; it passes in the course of a year."""
        passing = max(1.0 - here.age_days / self.setting("friction_days"), 0.0)
        if passing <= 0:
            return np.ones(len(batch.person))
        changing = self._merge(here, batch, here.final_fidelity)
        return np.where(changing, 1.0 + self.setting("friction_at_start") * passing, 1.0)

    def pools_money(self, here: Here) -> float:
        """Decide as one purse: one organisation has one budget."""
        return self.setting("one_budget") * here.fidelity * here.coverage

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the hours of the merger in its first year from all who are merged."""
        if week >= _MERGER_WEEKS:
            return []
        each = self.setting("merger_minutes_per_staff") / _MERGER_WEEKS
        inside = self._inside(here, np.arange(len(here.world.stations)))
        return from_each(here, inside * each * here.coverage * float(here.final_fidelity > 0))

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay the overhead of size by the number of inhabitants."""
        return self.setting("size_cost_sek_per_inhabitant_year") * len(here.world.population) / 52
