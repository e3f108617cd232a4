"""Combine the answers of a scenario's means, decision point by decision point.

The rule is fixed per decision point, so the order of means never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from math import prod
from operator import add, mul, or_
from typing import Any, TypeVar

import numpy as np

from sim.care.answers import BedAlternative, GainShare, Offer, RestAtHome, RosterPolicy, Support
from sim.care.decisions import Here, Means
from sim.care.questions import Turns
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession

_OWN_WORDS = ("setting", "settings_by_label")
T = TypeVar("T")
_ASKED = tuple(
    name
    for name, thing in vars(Means).items()
    if callable(thing) and not name.startswith("_") and name not in _OWN_WORDS
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

    def _answers(self, point: str, *batch: Any) -> Iterator[Any]:
        """Ask every started means that acts on a decision point; those without an answer are passed over."""
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, *batch)
            if answer is not None:
                yield answer

    def smallest(self, point: str, neutral: I, *batch: Any) -> I:
        """Combine answers by the minimum."""
        return reduce(np.minimum, self._answers(point, *batch), neutral)

    def product(self, point: str, *batch: Any) -> F | None:
        """Combine factors by multiplication; None = 1."""
        return _joined(mul, self._answers(point, *batch))

    def gap_left(self, point: str, *batch: Any) -> F | None:
        """Combine gains that each close part of the gap to 1; return the share of the gap left, None = all."""
        return _joined(mul, (1.0 - gain for gain in self._answers(point, *batch)))

    def close(self, point: str, share: F, *batch: Any) -> F:
        """Raise a share by the gains of all means that act."""
        left = self.gap_left(point, *batch)
        return share if left is None else share + (1.0 - share) * (1.0 - left)

    def largest(self, point: str) -> float:
        """Combine single numbers by the maximum; 0 = nobody acts."""
        return float(max(self._answers(point), default=0.0))

    def any_of(self, point: str, person: I) -> B | None:
        """Combine yes/no answers by or."""
        return _joined(or_, self._answers(point, person))

    def offers(self, batch: Turns) -> list[Offer]:
        """Collect everybody who may answer acute turns."""
        return [offer for offers in self._answers("acute_offers", batch) for offer in offers]

    def earliest_planning(self, person: int, neutral: float) -> float:
        """Return the share of the stay after which discharge is planned."""
        return float(min((neutral, *self._answers("discharge_planning_start", person))))

    def total(self, point: str, *batch: Any) -> F | None:
        """Combine answers by adding; None = 0."""
        return _joined(add, self._answers(point, *batch))

    def sum_of(self, point: str) -> float:
        """Combine single numbers by adding."""
        return float(sum(self._answers(point)))

    def factor_for(self, point: str, person: int) -> float:
        """Combine factors for one person by multiplication; 1 = nobody acts."""
        return float(prod(self._answers(point, person)))

    def close_for(self, point: str, share: float, person: int) -> float:
        """Raise a share of one person by the gains of all means that act."""
        for gain in self._answers(point, person):
            share += (1.0 - share) * gain
        return share

    def how_many_answer(self, point: str, person: I) -> I:
        """Count for each person the means whose answer is above 0."""
        count = np.zeros(len(person), np.int64)
        for answer in self._answers(point, person):
            count += answer > 0
        return count

    def bed_alternatives(self, person: int, severity: float) -> list[BedAlternative]:
        """Collect what may stand in for a hospital bed."""
        return [other for others in self._answers("bed_alternatives", person, severity) for other in others]

    def rest_at_home(self, person: int, severity: float) -> RestAtHome | None:
        """Return who would care at home for the last part of a stay; None = nobody."""
        offers = self._answers("rest_at_home", person, severity)
        return min(offers, key=lambda offer: offer.responder, default=None)

    def roster_policy(self, profession: Profession) -> RosterPolicy | None:
        """Return the policy with the smallest group; None = as today."""
        return min(self._answers("roster_policy", profession), key=lambda policy: policy.group_size, default=None)

    def shared_gain(self) -> GainShare | None:
        """Return the strongest promise to share what is saved; one without strength is none."""
        promises = (promise for promise in self._answers("shares_gain") if promise.strength > 0)
        return max(promises, key=lambda promise: promise.strength, default=None)

    def support(self) -> Support:
        """Combine all that helps new ways of working to take hold."""
        slow, falls_back = 1.0, 1.0
        for support in self._answers("supports_fidelity"):
            slow *= 1.0 - support.speed_gain
            falls_back *= 1.0 - support.persistence_gain
        return Support(speed_gain=1.0 - slow, persistence_gain=1.0 - falls_back)


def _joined(join: Callable[[T, T], T], answers: Iterator[T]) -> T | None:
    """Join all answers, the first with the second and so on; None = there is none."""
    first = next(answers, None)
    return None if first is None else reduce(join, answers, first)
