"""Ask the scenario's means at a closed list of decision points; none of them is an outcome.

A means inherits from `Means`, overrides the decision points it acts on and answers for a whole batch at a
time. How several answers combine is fixed per decision point, so that the order of means never matters:
smallest distance, product of factors, closing part of the gap to 1, sum, union, or.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from sim.core.arrays import B, F, I
from sim.core.parameter import Parameter
from sim.core.vocabulary import Profession, Responder

if TYPE_CHECKING:
    from sim.care.world import World


@dataclass(slots=True)
class Handovers:
    """A batch of hand-overs about to happen."""

    person: I
    episode: I
    severity: F
    from_station: I
    to_station: I
    distance: I


@dataclass(slots=True)
class Contacts:
    """A batch of contacts about to happen."""

    person: I
    episode: I
    station: I
    known_share: F
    """What staff would know without any means."""


@dataclass(slots=True)
class Turns:
    """A batch of acute turns of one day, sorted by time."""

    person: I
    time_days: F
    severity: F
    office_hours: B


@dataclass(slots=True)
class Queries:
    """A batch of questions from daily care to a physician."""

    person: I
    station: I
    known_share: F


@dataclass(slots=True, frozen=True)
class Offer:
    """Somebody who may answer acute turns instead of the hospital, one array element per turn."""

    responder: Responder
    probability: F
    """That this one is called and reached."""
    home_possible_gain: float
    """Added to the probability that care can be given at home."""
    work: tuple[tuple[Profession, float], ...]
    """Minutes of each profession for one answer."""


@dataclass(slots=True, frozen=True)
class StandingWork:
    """Staff time a means takes whatever happens to patients, in one week."""

    station: int
    minutes: float


@dataclass(slots=True, kw_only=True)
class EnrolmentRule:
    """How a means finds its people: how many a week, and how many in all."""

    weekly_intake_per_municipality: float
    places_per_10000: float
    intake_minutes: float
    intake_profession: Profession
    caseload: float | None = None
    """The most people one named contact person may have; None = nobody is named."""
    introduction_familiarity: float = 0.0


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
    enrolled: B = field(default_factory=lambda: np.zeros(0, bool))
    """One element per person; means for everybody have nobody enrolled by name."""
    offered: B = field(default_factory=lambda: np.zeros(0, bool))
    """Luck of coverage, one element per person."""
    contact_staff: I = field(default_factory=lambda: np.zeros(0, np.int32))
    """Named contact person (staff number) of each person; -1 = none."""


class Means:
    """A coordination means: neutral at every decision point until a subclass answers."""

    MECHANISM: ClassVar[str] = ""
    """In plain words: which mechanism changes from what to what, for whom, at what cost."""

    def __init__(self, settings: Mapping[str, Parameter]) -> None:
        self._settings = {name: parameter.value for name, parameter in settings.items()}

    def setting(self, name: str) -> float:
        """Return a setting that is one number."""
        value = self._settings[name]
        if not isinstance(value, (int, float)):
            raise TypeError(f"{name}: expected one number, found {value!r}")
        return float(value)

    def enrolment(self) -> EnrolmentRule | None:
        """Say how people are enrolled; None = the means concerns everybody."""
        return None

    def handover_distance(self, here: Here, batch: Handovers) -> I | None:
        """Answer with distances; the smallest of all answers counts."""
        return None

    def handover_lead_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on lead time; answers multiply."""
        return None

    def handover_loss_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the probability of loss; answers multiply."""
        return None

    def dispute_factor(self, here: Here, batch: Handovers) -> F | None:
        """Answer with factors on the probability of a dispute; answers multiply."""
        return None

    def handover_information_gain(self, here: Here, batch: Handovers) -> F | None:
        """Answer with shares of the lost information that crosses after all; closes the gap to 1."""
        return None

    def known_share_gain(self, here: Here, batch: Contacts) -> F | None:
        """Answer with shares of the unknown that become known at a contact; closes the gap to 1."""
        return None

    def joint_visit_probability(self, here: Here, batch: Contacts) -> F | None:
        """Answer with the probability that the next profession takes part in this visit; closes the gap to 1."""
        return None

    def query_reach_gain(self, here: Here, batch: Queries) -> F | None:
        """Answer with shares of the gap to 'always reached' that close."""
        return None

    def acute_offers(self, here: Here, batch: Turns) -> list[Offer]:
        """Offer somebody who may answer acute turns; all offers stand side by side."""
        return []

    def participation_gain(self, here: Here, person: I) -> F | None:
        """Answer with shares of the gap to full participation that close."""
        return None

    def scan_per_day(self, here: Here, person: I) -> F | None:
        """Answer with the daily probability that a lost or slow hand-over is found; union of answers."""
        return None

    def push_share(self, here: Here) -> float:
        """Answer with the share of the remaining delay that a push removes; the largest counts."""
        return 0.0

    def helps_with_next_step(self, here: Here, person: I) -> B | None:
        """Answer whom somebody helps with the next step; or."""
        return None

    def pools_money(self, here: Here) -> float:
        """Answer with how far the parties decide as one purse, 0-1; the largest counts."""
        return 0.0

    def discharge_planning_start(self, here: Here, person: int) -> float | None:
        """Answer with the share of the stay after which planning starts; the earliest counts."""
        return None

    def standing_work(self, here: Here, week: int) -> list[StandingWork]:
        """Declare this week's staff time beside contacts."""
        return []

    def fixed_cost_sek_per_week(self, here: Here) -> float:
        """Declare this week's cost beside staff time."""
        return 0.0


_ASKED = tuple(
    name for name, thing in vars(Means).items() if callable(thing) and not name.startswith("_") and name != "setting"
)


class Decisions:
    """All means of a scenario, asked point by point; a point that nobody acts on costs nothing."""

    def __init__(self, means: Sequence[tuple[Means, Here]]) -> None:
        self.means = tuple(means)
        self._acting = {
            name: tuple(pair for pair in means if getattr(type(pair[0]), name) is not getattr(Means, name))
            for name in _ASKED
        }

    def acting(self, point: str) -> list[tuple[Means, Here]]:
        """List the started means that act on a decision point."""
        return [pair for pair in self._acting[point] if pair[1].started]

    def smallest(self, point: str, neutral: I, *batch: Any) -> I:
        """Combine answers by the minimum."""
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, *batch)
            if answer is not None:
                neutral = np.minimum(neutral, answer)
        return neutral

    def product(self, point: str, *batch: Any) -> F | None:
        """Combine factors by multiplication; None = 1."""
        result: F | None = None
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, *batch)
            if answer is not None:
                result = answer if result is None else result * answer
        return result

    def gap_left(self, point: str, *batch: Any) -> F | None:
        """Combine gains that each close part of the gap to 1; return the share of the gap left, None = all."""
        result: F | None = None
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, *batch)
            if answer is not None:
                result = 1.0 - answer if result is None else result * (1.0 - answer)
        return result

    def close(self, point: str, share: F, *batch: Any) -> F:
        """Raise a share by the gains of all means that act."""
        left = self.gap_left(point, *batch)
        return share if left is None else share + (1.0 - share) * (1.0 - left)

    def largest(self, point: str) -> float:
        """Combine single numbers by the maximum; 0 = nobody acts."""
        return max((getattr(means, point)(here) for means, here in self.acting(point)), default=0.0)

    def any_of(self, point: str, person: I) -> B | None:
        """Combine yes/no answers by or."""
        result: B | None = None
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, person)
            if answer is not None:
                result = answer if result is None else result | answer
        return result

    def offers(self, batch: Turns) -> list[Offer]:
        """Collect everybody who may answer acute turns."""
        return [offer for means, here in self.acting("acute_offers") for offer in means.acute_offers(here, batch)]

    def earliest_planning(self, person: int, neutral: float) -> float:
        """Return the share of the stay after which discharge is planned."""
        answers = (m.discharge_planning_start(h, person) for m, h in self.acting("discharge_planning_start"))
        return min(a for a in (neutral, *answers) if a is not None)
