"""Municipal short-term ward: those who are ready to leave hospital wait there for their home, not in a bed."""

from __future__ import annotations

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, for_inhabitants
from sim.core.vocabulary import Profession


class MunicipalShortTermWard(Means):
    """The municipality's ward at the hospital, for people whose home is not ready yet."""

    MECHANISM = (
        "Who is ready to leave hospital but waits for plan and home moves, as long as there is a place, to the "
        "municipality's ward at the hospital instead of waiting in a hospital bed: the bed is free, no invoice is "
        "sent, no function is lost in bed, and the wait itself is as long as before. It costs the price of every day "
        "in a place, minutes of home nurses, therapists and physicians for each place, and premises and staff for "
        "places that stand empty."
    )

    def short_term_places(self, here: Here) -> float:
        """Add the ward's places, for the whole place."""
        return self._places(here) / here.world.scenario.sample_share * here.fidelity * here.coverage

    def _places(self, here: Here) -> float:
        """Return the places for the people in the model."""
        return by_inhabitants(here, self.setting("places_per_10000_inhabitants"))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take rounds, taking over and training, by the number of places; daily care is in the price of a day."""
        places = self.setting("places_per_10000_inhabitants") * here.fidelity * here.coverage
        return [
            work
            for label, minutes in self.settings_by_label("minutes_per_place_week").items()
            for work in for_inhabitants(here.world, Profession[label.upper()], minutes * places)
        ]

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for premises at the hospital and for staff of places that stand empty."""
        return self.setting("fixed_cost_sek_per_place_year") * self._places(here) / 52
