"""Ask a means at a closed list of decision points; none of them is an outcome.

A means inherits from `Means`, overrides the decision points it acts on and answers for a whole batch at a
time. How several answers combine is fixed per decision point (see `combining`), so that the order of means
never matters: smallest distance, product of factors, closing part of the gap to 1, sum, union, or.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from sim.care.answers import (
    BedAlternative,
    EnrolmentRule,
    GainShare,
    Offer,
    RestAtHome,
    RosterPolicy,
    StandingWork,
    Support,
)
from sim.care.questions import Bookings, Contacts, Handovers, Needs, Queries, Steps, Turns
from sim.core.arrays import B, F, I
from sim.core.parameter import Parameter
from sim.core.vocabulary import Profession

if TYPE_CHECKING:
    from sim.care.world import World


@dataclass(slots=True)
class Here:
    """The state of one means in one run; the means itself holds none."""

    index: int
    world: World
    coverage: float
    start_days: float
    ramp_days: float
    final_fidelity: float
    fidelity: float = 0.0
    """Now; follows an S-curve from the start."""
    started: bool = False
    idle: bool = False
    """Covers nobody or is never carried out, so that it need not be asked."""
    age_days: float = 0.0
    """Days since the start."""
    head_start_days: float = 0.0
    """How far other means' support has brought it ahead of its own ramp."""
    enrolled: B = field(default_factory=lambda: np.zeros(0, bool))
    """One element per person; means for everybody have nobody enrolled by name."""
    enrolled_days: F = field(default_factory=lambda: np.zeros(0))
    """Age of the means, in days, when each person was last enrolled; -1 = never."""
    offered: B = field(default_factory=lambda: np.zeros(0, bool))
    """Luck of coverage, one element per person."""
    contact_staff: I = field(default_factory=lambda: np.zeros(0, np.int32))
    """Named contact person (staff number) of each person; -1 = none."""

    @property
    def joint_systems(self) -> float:
        """How much of what goes through IT systems shared between principals works today: 1, less in an outage.

        What a means gives by way of such a system is multiplied by this; what people give each other is not.
        """
        return self.world.disturbances.now("joint_systems_down_share")


class Means:
    """A coordination means: neutral at every decision point until a subclass answers."""

    MECHANISM: ClassVar[str] = ""
    """In plain words: which mechanism changes from what to what, for whom, at what cost."""

    def __init__(self, settings: Mapping[str, Parameter]) -> None:
        self._settings = {name: parameter.value for name, parameter in settings.items()}
        self._numbers = {name: float(x) for name, x in self._settings.items() if isinstance(x, (int, float))}

    def setting(self, name: str) -> float:
        """Return a setting that is one number."""
        try:
            return self._numbers[name]
        except KeyError:
            raise TypeError(f"{name}: expected one number, found {self._settings[name]!r}") from None

    def settings_by_label(self, name: str) -> Mapping[str, float]:
        """Return a setting that has a number for each label."""
        value = self._settings[name]
        if not isinstance(value, Mapping):
            raise TypeError(f"{name}: expected numbers by label, found {value!r}")
        return value

    # --- who is in it, and how it takes hold

    def enrolment(self, here: Here) -> EnrolmentRule | None:
        """Say how people are enrolled; None = the means concerns everybody."""
        return None

    def eligible(self, here: Here, day: int) -> B:
        """Say whom it is for, one element per person; those with the highest recent use come first."""
        return here.world.population.complex_needs & (here.world.recent_use > 0)

    def supports_fidelity(self, here: Here) -> Support | None:
        """Answer with what helps every new way of working to take hold and stay; gains close gaps to 1."""
        return None

    # --- the gap

    def handover_distance(self, here: Here, batch: Handovers) -> I | None:
        """Answer with distances; the smallest of all answers counts."""
        return None

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on lead time; answers multiply."""
        return None

    def handover_spread_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the spread of lead time (sd of its log); answers multiply."""
        return None

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the probability of loss; answers multiply."""
        return None

    def handover_work_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the minutes of sender and receiver; answers multiply."""
        return None

    def handover_reach_gain(self, here: Here, batch: Handovers) -> F | None:
        """Answer with shares of the chasing by phone that is spared; closes the gap to 1."""
        return None

    def dispute_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the probability of a dispute; answers multiply."""
        return None

    def dispute_length_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the length of a dispute; answers multiply."""
        return None

    def handover_information_gain(self, here: Here, batch: Handovers) -> F | None:
        """Answer with shares of the lost information that crosses after all; closes the gap to 1."""
        return None

    def may_decide(self, here: Here, batch: Steps) -> F | None:
        """Answer with the probability that the next step is decided and done on the spot; closes the gap to 1."""
        return None

    # --- needs and bookings

    def participation_gain(self, here: Here, person: I) -> F | None:
        """Answer with shares of the gap to full participation that close."""
        return None

    def self_care(self, here: Here, batch: Needs) -> F | None:
        """Answer with the probability that the person can deal with the need without care; closes the gap to 1."""
        return None

    def seek_delay_factor(self, here: Here, person: I) -> F | None:
        """Answer with factors on the delay until a person seeks help; answers multiply."""
        return None

    def booking_lag_factor(self, here: Here, batch: Bookings) -> F | None:
        """Answer with factors on the booking lag (planning habit); answers multiply."""
        return None

    def urgency_shift(self, here: Here, batch: Bookings) -> F | None:
        """Answer with what is added to urgency (0-1) when staff choose whom to see first; answers add."""
        return None

    # --- contacts

    def known_share_gain(self, here: Here, batch: Contacts) -> F | None:
        """Answer with shares of the unknown that become known at a contact; closes the gap to 1."""
        return None

    def consent_gain(self, here: Here, person: I) -> F | None:
        """Answer with the probability that a person who had not consented to shared records does; closes the gap."""
        return None

    def plan_fit(self, here: Here, batch: Contacts) -> F | None:
        """Answer with how well a plan fits what matters to the person and is known to all, 0-1; closes the gap."""
        return None

    def joint_visit_probability(self, here: Here, batch: Contacts) -> F | None:
        """Answer with the probability that the next profession takes part in this visit; closes the gap to 1."""
        return None

    def digital_probability(self, here: Here, batch: Contacts) -> F | None:
        """Answer with the probability that a visit is held by video or message; closes the gap to 1."""
        return None

    def direct_minutes_factor(self, here: Here, batch: Contacts) -> F | None:
        """Answer with factors on the direct minutes of a contact; answers multiply."""
        return None

    def documentation_factor(self, here: Here, batch: Contacts) -> F | None:
        """Answer with factors on documentation minutes; answers multiply."""
        return None

    def recorded_factor(self, here: Here, batch: Contacts) -> F | None:
        """Answer with factors on how much of what staff know at a contact their record keeps; answers multiply."""
        return None

    def detour_factor(self, here: Here, batch: Contacts) -> F | None:
        """Answer with factors on the probability of being sent the wrong way; answers multiply."""
        return None

    def return_visit(self, here: Here, batch: Contacts) -> F | None:
        """Answer with the probability of a return visit that the need does not call for; closes the gap to 1."""
        return None

    def helps_with_next_step(self, here: Here, person: I) -> B | None:
        """Answer whom somebody helps with the next step; or."""
        return None

    # --- stalled episodes

    def scan_per_day(self, here: Here, person: I) -> F | None:
        """Answer with the daily probability that a lost or slow hand-over is found; union of answers."""
        return None

    def push_share(self, here: Here) -> float:
        """Answer with the share of the remaining delay that a push removes; the largest counts."""
        return 0.0

    # --- daily care

    def query_rate_factor(self, here: Here, batch: Queries) -> F | None:
        """Answer with factors on how often daily care must ask a physician; answers multiply."""
        return None

    def query_reach_gain(self, here: Here, batch: Queries) -> F | None:
        """Answer with shares of the gap to 'always reached' that close."""
        return None

    def notice_gain(self, here: Here, person: I) -> F | None:
        """Answer with shares of the early signs that go unseen today and are seen; closes the gap to 1."""
        return None

    def roster_policy(self, here: Here, profession: Profession) -> RosterPolicy | None:
        """Answer with how daily care is staffed around a client; the policy with the smallest group counts."""
        return None

    def visit_minutes_factor(self, here: Here, person: I) -> F | None:
        """Answer with factors on the granted minutes of a visit in daily care; answers multiply."""
        return None

    def visit_documentation_factor(self, here: Here, person: I) -> F | None:
        """Answer with factors on the documentation of a visit in daily care; answers multiply."""
        return None

    # --- acute turns, beds and the way home

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Offer somebody who may answer acute turns; all offers stand side by side."""
        return []

    def bed_alternatives(self, here: Here, person: int, severity: float) -> list[BedAlternative]:
        """Offer care somewhere else than in a hospital bed; all stand side by side."""
        return []

    def rest_at_home(self, here: Here, person: int, severity: float) -> RestAtHome | None:
        """Offer to care at home for the last part of a hospital stay; the first of all answers by responder counts."""
        return None

    def short_term_places(self, here: Here) -> float:
        """Answer with short-term places that come on top, where people who are ready wait; answers add."""
        return 0.0

    def discharge_planning_start(self, here: Here, person: int) -> float | None:
        """Answer with the share of the stay after which planning starts; the earliest counts."""
        return None

    def preparation_factor(self, here: Here, person: int) -> float | None:
        """Answer with a factor on the time to make a home ready; answers multiply."""
        return None

    def discharge_information_gain(self, here: Here, person: int) -> float | None:
        """Answer with the share of what is not sent home today that is sent; closes the gap to 1."""
        return None

    def follow_up_gain(self, here: Here, person: int) -> float | None:
        """Answer with the share of follow-ups that nobody asks for today and are asked for; closes the gap to 1."""
        return None

    # --- money and work

    def pools_money(self, here: Here) -> float:
        """Answer with how far the parties decide as one purse, 0-1; the largest counts."""
        return 0.0

    def shares_gain(self, here: Here) -> GainShare | None:
        """Answer with a promise to share what is saved; the strongest counts."""
        return None

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Declare this week's staff time beside contacts."""
        return []

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Declare this week's cost beside staff time."""
        return 0.0
