"""Early supported discharge: a team of the ward gives the last part of a hospital stay at home."""

from __future__ import annotations

from sim.care.answers import RestAtHome, StandingWork
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, for_inhabitants
from sim.core.vocabulary import Profession, Responder


class EarlySupportedDischarge(Means):
    """Rehabilitation and nursing at home by those who planned the discharge."""

    MECHANISM = (
        "When the first part of the clinical care is over and the ward has made its preparations, a team gives the "
        "rest of it at home if it has a place free and care at home would do: likely for a mild illness, rarely for a "
        "severe one. Nobody lies in the bed for the end of the care. It costs therapists' and home nurses' minutes "
        "for each day at home, the team's time for coordination, and cars and equipment for each place."
    )

    def rest_at_home(self, here: Here, person: int, severity: float) -> RestAtHome | None:
        """Offer the last part of a stay at home, with a probability of doing that falls with severity."""
        if not here.offered[person]:
            return None
        would_do = self.setting("suitable_base") - self.setting("suitable_severity_slope") * severity
        return RestAtHome(
            responder=Responder.WARD_TEAM,
            probability=min(max(would_do, 0.0), 1.0) * here.fidelity,
            places=self._places(here) / here.world.scenario.sample_share,
            after_share=self.setting("after_share_of_stay"),
            stay_factor=self.setting("stay_factor"),
            daily_work=(
                (Profession.THERAPIST, self.setting("therapist_minutes_per_day")),
                (Profession.HOME_NURSE, self.setting("nurse_minutes_per_day")),
            ),
        )

    def _places(self, here: Here) -> float:
        """Return the places for the people in the model."""
        return by_inhabitants(here, self.setting("places_per_10000_inhabitants"))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the team's time for meetings and for talks with wards, by the number of places."""
        each = self.setting("coordination_minutes_per_place_week") * self.setting("places_per_10000_inhabitants")
        return for_inhabitants(here.world, Profession.THERAPIST, each * here.fidelity * here.coverage)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for cars and equipment, place by place."""
        return self.setting("fixed_cost_sek_per_place_year") * self._places(here) / 52
