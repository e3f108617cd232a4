"""Technical communication: systems that carry messages, medication lists and plans between organisations."""

from __future__ import annotations

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Handovers, Queries
from sim.care.standing import from_each
from sim.care.stations import BETWEEN_ORGANISATIONS
from sim.core.arrays import F
from sim.core.vocabulary import Profession

_INSIDE = set(Profession) - {Profession.HOME_HELP_WORKER}
_TRAINING_WEEKS = 13
_WEEKS_PER_YEAR = 52


class TechnicalCommunication(Means):
    """Messages and shared lists beside the records, which stay apart."""

    MECHANISM = (
        "Of people who consent, more of what the sender knows comes along at hand-overs between organisations, and "
        "more is sent home from hospital, the medication list above all. Between organisations messages travel faster, "
        "and home nurses' questions are answered by message more often. It costs a licence, training, and time every "
        "week for one more system beside the record."
    )

    def handover_information_gain(self, here: Here, batch: Handovers) -> F:
        """Let part of what is lost on the way come along, between organisations and with consent."""
        apart = batch.distance >= BETWEEN_ORGANISATIONS
        may = apart & here.offered[batch.person] & here.world.consents(batch.person)
        return np.asarray(may * self.setting("handover_information_gain") * here.fidelity * here.joint_systems)

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F:
        """Send at once, not by post or telefax, between organisations."""
        reached = (batch.distance >= BETWEEN_ORGANISATIONS) & here.offered[batch.person]
        working = here.fidelity * here.joint_systems
        return np.asarray(1.0 - (1.0 - self.setting("lead_factor")) * reached * working)

    def discharge_information_gain(self, here: Here, person: int) -> float:
        """Send the medication list and the summary home with consent."""
        if not (here.offered[person] and here.world.consents(np.array([person]))[0]):
            return 0.0
        return self.setting("discharge_information_gain") * here.fidelity * here.joint_systems

    def query_reach_gain(self, here: Here, batch: Queries) -> F:
        """Answer home nurses' questions by message."""
        gain = self.setting("query_reach_gain") * here.fidelity * here.joint_systems
        return np.asarray(here.offered[batch.person] * gain)

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take training in the first quarter, and one more system every week, from everybody but home help."""
        each = self.setting("double_system_minutes_per_staff_week")
        if week < _TRAINING_WEEKS:
            each += self.setting("training_minutes_per_staff") / _TRAINING_WEEKS
        each *= here.coverage * float(here.final_fidelity > 0)
        return from_each(here, each, _INSIDE)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay licence and operation by the number of inhabitants."""
        return self.setting("licence_sek_per_inhabitant_year") * len(here.world.population) / _WEEKS_PER_YEAR
