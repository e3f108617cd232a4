"""Combine the answers of a scenario's means, decision point by decision point.

The rule is fixed per decision point, so the order of means never matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.care.answers import BedAlternative, GainShare, Offer, RosterPolicy, Support
from sim.care.decisions import Here, Means
from sim.care.questions import Turns
from sim.core.arrays import B, F, I
from sim.core.vocabulary import Profession

_OWN_WORDS = ("setting", "settings_by_label")
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

    def total(self, point: str, *batch: Any) -> F | None:
        """Combine answers by adding; None = 0."""
        result: F | None = None
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, *batch)
            if answer is not None:
                result = answer if result is None else result + answer
        return result

    def sum_of(self, point: str) -> float:
        """Combine single numbers by adding."""
        return float(sum(getattr(means, point)(here) for means, here in self.acting(point)))

    def factor_for(self, point: str, person: int) -> float:
        """Combine factors for one person by multiplication; 1 = nobody acts."""
        result = 1.0
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, person)
            result *= 1.0 if answer is None else answer
        return result

    def close_for(self, point: str, share: float, person: int) -> float:
        """Raise a share of one person by the gains of all means that act."""
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, person)
            share += (1.0 - share) * (0.0 if answer is None else answer)
        return share

    def how_many_answer(self, point: str, person: I) -> I:
        """Count for each person the means whose answer is above 0."""
        count = np.zeros(len(person), np.int64)
        for means, here in self.acting(point):
            answer = getattr(means, point)(here, person)
            if answer is not None:
                count += answer > 0
        return count

    def bed_alternatives(self, person: int, severity: float) -> list[BedAlternative]:
        """Collect what may stand in for a hospital bed."""
        acting = self.acting("bed_alternatives")
        return [other for means, here in acting for other in means.bed_alternatives(here, person, severity)]

    def roster_policy(self, profession: Profession) -> RosterPolicy | None:
        """Return the policy with the smallest group; None = as today."""
        answers = (means.roster_policy(here, profession) for means, here in self.acting("roster_policy"))
        return min((a for a in answers if a is not None), key=lambda a: a.group_size, default=None)

    def shared_gain(self) -> GainShare | None:
        """Return the strongest promise to share what is saved; one without strength is none."""
        answers = (means.shares_gain(here) for means, here in self.acting("shares_gain"))
        return max((a for a in answers if a is not None and a.strength > 0), key=lambda a: a.strength, default=None)

    def support(self) -> Support:
        """Combine all that helps new ways of working to take hold."""
        slow, falls_back = 1.0, 1.0
        for means, here in self.acting("supports_fidelity"):
            answer = means.supports_fidelity(here)
            if answer is not None:
                slow *= 1.0 - answer.speed_gain
                falls_back *= 1.0 - answer.persistence_gain
        return Support(speed_gain=1.0 - slow, persistence_gain=1.0 - falls_back)
