"""Discharge coordination: planning from the first day, one coordinator each at hospital, municipality and centre."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Bookings, Handovers
from sim.care.standing import for_inhabitants
from sim.core.arrays import F
from sim.core.vocabulary import NeedKind, Profession


class DischargeCoordination(Means):
    """Work as the law on collaboration at discharge has it: early notice, a common plan, a follow-up booked."""

    MECHANISM = (
        "Planning of the way home starts soon after admission instead of a third into the stay, on the ward as with "
        "the municipality, planning hand-overs arrive sooner, the home is made ready sooner, more of what the "
        "hospital knows is sent home, and more people are followed up, sooner. It costs minutes of coordinators in "
        "needs assessment, home nursing, at the health centre and at the hospital every week, and the follow-ups that "
        "are now asked for."
    )

    def discharge_planning_start(self, here: Here, person: int) -> float:
        """Start planning earlier, as far as it is carried out."""
        usual = float(np.asarray(here.world.register["hospital.planning_start_share"].value))
        return usual + min(self.setting("planning_start_share") - usual, 0.0) * self._strength(here, person)

    def preparation_factor(self, here: Here, person: int) -> float:
        """Make the home ready sooner."""
        return 1.0 - (1.0 - self.setting("preparation_factor")) * self._strength(here, person)

    def discharge_information_gain(self, here: Here, person: int) -> float:
        """Send home part of what is not sent today."""
        return self.setting("information_gain") * self._strength(here, person)

    def follow_up_gain(self, here: Here, person: int) -> float:
        """Ask for part of the follow-ups that nobody asks for today."""
        return self.setting("follow_up_gain") * self._strength(here, person)

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Let hand-overs that plan a discharge, and requests for a follow-up, arrive sooner."""
        episodes, given = here.world.episodes, here.offered[batch.person] * here.fidelity
        planning = (episodes.stay[batch.episode] >= 0) * given
        follow_up = (episodes.kind[batch.episode] == NeedKind.DISCHARGE_FOLLOW_UP) * given
        sooner = (1.0 - self.setting("planning_lead_factor")) * planning
        return np.asarray(1.0 - sooner - (1.0 - self.setting("follow_up_factor")) * follow_up)

    def booking_lag_factor(self, here: Here, batch: Bookings) -> F:
        """Let follow-ups be booked for the days after discharge."""
        follow_up = here.world.episodes.kind[batch.episode] == NeedKind.DISCHARGE_FOLLOW_UP
        strength = follow_up * here.offered[batch.person] * here.fidelity
        return np.asarray(1.0 - (1.0 - self.setting("follow_up_factor")) * strength)

    def _strength(self, here: Here, person: int) -> float:
        return float(here.offered[person]) * here.fidelity

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the coordinators' time, by the number of inhabitants."""
        strength = here.fidelity * here.coverage
        return [
            work
            for label, minutes in self.settings_by_label("minutes_per_10000_inhabitants_week").items()
            for work in for_inhabitants(here.world, Profession[label.upper()], minutes * strength)
        ]
