"""Home hospital: care at home for people who would otherwise lie in a hospital bed."""

from __future__ import annotations

from sim.care.answers import BedAlternative, StandingWork
from sim.care.decisions import Here, Means
from sim.care.standing import by_inhabitants, for_inhabitants
from sim.core.vocabulary import Profession, Responder


class HomeHospital(Means):
    """Daily visits by home nurses and a physician's round, instead of a bed, for those whom it suits."""

    MECHANISM = (
        "When the emergency department finds that somebody needs a bed, a place in the home hospital is used instead "
        "if one is free and care at home would do: likely for a mild illness, rarely for a severe one, and less often "
        "for somebody who lives alone. Nobody loses function in a bed; the care lasts somewhat longer. It costs home "
        "nurses' and physicians' minutes for each day, nursing time on standby, and medicines and equipment for each "
        "place, used or not."
    )

    def bed_alternatives(self, here: Here, person: int, severity: float) -> list[BedAlternative]:
        """Offer a place, with a probability of doing that falls with severity."""
        if not here.offered[person]:
            return []
        would_do = self.setting("suitable_base") - self.setting("suitable_severity_slope") * severity
        if here.world.population.alone[person]:
            would_do *= self.setting("suitable_alone_factor")
        place = BedAlternative(
            responder=Responder.HOME_HOSPITAL,
            probability=min(max(would_do, 0.0), 1.0) * here.fidelity,
            places=self._places(here) / here.world.scenario.sample_share,
            stay_factor=self.setting("stay_factor"),
            daily_work=(
                (Profession.HOME_NURSE, self.setting("nurse_minutes_per_day")),
                (Profession.GENERAL_PRACTITIONER, self.setting("physician_minutes_per_day")),
            ),
        )
        return [place]

    def _places(self, here: Here) -> float:
        """Return the places for the people in the model."""
        return by_inhabitants(here, self.setting("places_per_10000_inhabitants"))

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take nursing time on standby, by the number of places."""
        minutes = 7 * self.setting("standby_nurse_minutes_per_place_day") * self.setting("places_per_10000_inhabitants")
        return for_inhabitants(here.world, Profession.HOME_NURSE, minutes * here.fidelity * here.coverage)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay for medicines, equipment and cars, place by place."""
        return self.setting("fixed_cost_sek_per_place_year") * self._places(here) / 52
