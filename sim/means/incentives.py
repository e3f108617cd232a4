"""Incentives: how providers are paid, contract by contract, and what they do more or less of because of it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.care.answers import StandingWork
from sim.care.decisions import Here, Means
from sim.care.questions import Bookings, Contacts, Handovers
from sim.care.standing import by_inhabitants, from_each
from sim.core.arrays import F, I
from sim.core.parameter import Parameter
from sim.core.vocabulary import UnitKind

CONTRACTS: dict[str, tuple[UnitKind, ...]] = {
    "primary_care": (UnitKind.HEALTH_CENTRE,),
    "specialist_care": (UnitKind.SPECIALIST_CLINIC,),
    "psychiatry": (UnitKind.PSYCHIATRIC_CLINIC,),
    "home_care": (UnitKind.HOME_NURSING, UnitKind.MUNICIPAL_REHABILITATION, UnitKind.HOME_HELP),
    "needs_assessment": (UnitKind.NEEDS_ASSESSMENT, UnitKind.SOCIAL_SERVICES),
}
"""Units paid under one contract; what is under none (emergency department, wards) does not respond."""

_CONTRACT_OF = np.array(
    [next((i for i, kinds in enumerate(CONTRACTS.values()) if kind in kinds), len(CONTRACTS)) for kind in UnitKind]
)
_HOME_CARE = list(CONTRACTS).index("home_care")

Mix = Mapping[str, F]
"""Shares of pay by principle, and how far pay is modified, one element per contract, the last for none."""


class Incentives(Means):
    """Reimbursement as behaviour; everything is relative to today's contracts, so the same ones change nothing."""

    MECHANISM = (
        "Providers respond to how each contract pays, relative to today's. The larger the part paid by activity, the "
        "sooner visits are offered, the shorter they are, and the more return visits are made; the smaller, the other "
        "way round. Coordination that is paid directly, or pay that covers several providers or a whole episode, makes "
        "both sides of a hand-over take more care: fewer are lost, with more minutes for each. Fixed, target and "
        "episode pay that does not follow the weight of the patient puts people with complex needs later in line. "
        "Targets and values must be documented. It costs those minutes, reports of what is paid directly, and "
        "officials who keep the contracts."
    )

    def __init__(self, settings: Mapping[str, Parameter]) -> None:
        super().__init__(settings)
        today, agreed = self._today(), self._agreed()
        self._change = {name: agreed[name] - today[name] for name in agreed}
        self._avoidance = self._avoids(agreed) - self._avoids(today)
        self._coordination = self._response(self.settings_by_label("coordination_response"))
        self._documentation = self._response(self.settings_by_label("documentation_response"))

    def _today(self) -> Mix:
        return _mix(
            activity=self.settings_by_label("today_activity"),
            target=self.settings_by_label("today_target"),
            episode=self.settings_by_label("today_episode"),
            value_based=self.settings_by_label("today_value_based"),
            weighted=self.settings_by_label("today_weighted"),
            direct=self.settings_by_label("today_direct"),
            aggregated=self.settings_by_label("today_aggregated"),
        )

    def _agreed(self) -> Mix:
        return _mix(
            activity=self.settings_by_label("activity"),
            target=self.settings_by_label("target"),
            episode=self.settings_by_label("episode"),
            value_based=self.settings_by_label("value_based"),
            weighted=self.settings_by_label("weighted"),
            direct=self.settings_by_label("direct"),
            aggregated=self.settings_by_label("aggregated"),
        )

    def _response(self, slopes: Mapping[str, float]) -> F:
        """Return for each contract the sum of all responses to what changes in it."""
        return np.asarray(sum(slope * self._change[name] for name, slope in slopes.items()))

    def _avoids(self, mix: Mix) -> F:
        """Return for each contract how much later in line heavy patients stand under a mix, as urgency."""
        slopes = self.settings_by_label("avoidance_response")
        return np.asarray(sum(slope * mix[name] for name, slope in slopes.items()) * (1.0 - mix["weighted"]))

    # --- visits offered

    def return_visit(self, here: Here, batch: Contacts) -> F:
        """Offer return visits where more is paid by activity than today."""
        more = np.maximum(self._at(here, self._change["activity"], batch.station), 0.0)
        return self.setting("return_visit_response") * more * _strength(here, batch.person)

    def booking_lag_factor(self, here: Here, batch: Bookings) -> F:
        """Offer visits sooner where more is paid by activity than today, later where less is."""
        more = self._at(here, self._change["activity"], batch.station)
        return 1.0 - self.setting("offered_sooner_response") * more * _strength(here, batch.person)

    def direct_minutes_factor(self, here: Here, batch: Contacts) -> F:
        """Make visits shorter where more is paid by activity than today, longer where less is."""
        more = self._at(here, self._change["activity"], batch.station)
        return 1.0 - self.setting("shorter_visits_response") * more * _strength(here, batch.person)

    def visit_minutes_factor(self, here: Here, person: I) -> F:
        """Carry out granted time faster where daily care is paid by activity and not by time."""
        more = float(self._change["activity"][_HOME_CARE])
        return 1.0 - self.setting("shorter_visits_response") * more * _strength(here, person)

    def urgency_shift(self, here: Here, batch: Bookings) -> F:
        """Put people with complex needs later in line where they do not pay, sooner where weighting sees to it."""
        heavy = here.world.population.complex_needs[batch.person]
        return -self._at(here, self._avoidance, batch.station) * heavy * _strength(here, batch.person)

    # --- coordination and documentation

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F:
        """Lose fewer hand-overs where coordination pays, both sides counted alike."""
        return np.asarray(np.maximum(1.0 - self._of_both_sides(here, batch), 0.0))

    def handover_work_factor(self, here: Here, batch: Handovers) -> F:
        """Take the minutes that more care takes."""
        more = self.setting("work_per_coordination") * self._of_both_sides(here, batch)
        return np.asarray(np.maximum(1.0 + more, 0.0))

    def _of_both_sides(self, here: Here, batch: Handovers) -> F:
        sides = [self._at(here, self._coordination, station) for station in (batch.from_station, batch.to_station)]
        return 0.5 * (sides[0] + sides[1]) * _strength(here, batch.person)

    def documentation_factor(self, here: Here, batch: Contacts) -> F:
        """Document what is paid for."""
        return 1.0 + self._at(here, self._documentation, batch.station) * _strength(here, batch.person)

    def visit_documentation_factor(self, here: Here, person: I) -> F:
        """Document what is paid for in daily care."""
        return 1.0 + float(self._documentation[_HOME_CARE]) * _strength(here, person)

    def _at(self, here: Here, of_contract: F, station: I) -> F:
        """Return what holds for each station's contract; 0 where there is none."""
        kind = here.world.stations.facts.unit_kind[station]
        return np.asarray(of_contract[_CONTRACT_OF[kind]])

    # --- cost

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Take the reports of coordination that is paid directly, from all staff of a contract."""
        stations = np.arange(len(here.world.stations))
        reported = np.maximum(self._at(here, self._change["direct"], stations), 0.0)
        return from_each(here, self.setting("report_minutes_per_staff_week") * reported * here.fidelity * here.coverage)

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Pay officials who negotiate and follow up, by how much the contract that changes most does."""
        largest = max(float(np.abs(change).max()) for change in self._change.values())
        officials = by_inhabitants(here, self.setting("contracts_sek_per_10000_inhabitants_year"))
        return officials * min(largest, 1.0) / 52


def _strength(here: Here, person: I) -> F:
    return here.offered[person] * here.fidelity


def _mix(*, weighted: Mapping[str, float], direct: Mapping[str, float], aggregated: Mapping[str, float],
         **principles: Mapping[str, float]) -> Mix:  # fmt: skip
    """Return a mix in the order of the contracts; what no principle claims is fixed, and 1 is all there is."""
    shares = {name: _by_contract(labels) for name, labels in principles.items()}
    claimed = np.asarray(sum(shares.values()))
    mix = {name: share / np.maximum(claimed, 1.0) for name, share in shares.items()}
    mix["fixed"] = np.maximum(1.0 - claimed, 0.0)
    modified = {"weighted": weighted, "direct": direct, "aggregated": aggregated}
    return mix | {name: _by_contract(labels) for name, labels in modified.items()}


def _by_contract(labels: Mapping[str, float]) -> F:
    """Return a number for each contract, and 0 at the end for units that are under none."""
    return np.array([*(labels[contract] for contract in CONTRACTS), 0.0])
