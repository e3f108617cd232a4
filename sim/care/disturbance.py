"""Let ordinary days be disturbed: what is left of capacities and of what crosses gaps, day by day.

A disturbance acts on mechanisms and capacities, never on outcomes. Each mechanism asks here for what is left of it,
once a day or a batch; where nothing is disturbed the answer is exactly 1, so that nothing moves.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
import numpy.typing as npt

from sim.config.disturbance import MUNICIPALITIES, REGION, Disturbance
from sim.core.arrays import B, F
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Stations
from sim.core.vocabulary import Profession


@dataclass(frozen=True, slots=True)
class Span:
    """One time that a disturbance comes; days of the run, `end` not included."""

    number: int
    """Tells apart the luck of all spans of a run."""
    disturbance: Disturbance
    start: int
    end: int

    def of(self, name: str) -> float:
        """Return a strength; 0 for one that this kind does not have."""
        return self.disturbance.strength(name) if name in self.disturbance.strengths else 0.0


class Disturbances:
    """All disturbances of a run; `today` is set every morning."""

    def __init__(
        self, chosen: Sequence[Disturbance], warmup_days: int, days: int, stations: Stations, principals: Sequence[str],
        region: int,
    ) -> None:  # fmt: skip
        """Lay all strengths out day by day; `principals` are ids in the order of their numbers, `region` is one."""
        self.today = 0
        self.spans = tuple(_spans(chosen, warmup_days, days))
        self._days = days
        self._daily: dict[str, F] = {}
        """What is left of each strength's subject on every day; none where it never changes."""
        self._away: list[tuple[Span, F]] = []
        """Spans in which staff are away, with what is left of each station."""
        named = {REGION: (region,), MUNICIPALITIES: tuple(i for i in range(len(principals)) if i != region)}
        named |= {name: (number,) for number, name in enumerate(principals)}
        for span in self.spans:
            for name in span.disturbance.strengths:
                self._note(name, span)
            if (away := span.of("staff_away_share")) > 0.0:
                struck = _struck(span.disturbance, stations, named)
                self._away.append((span, np.where(struck, 1.0 - away, 1.0)))

    def _note(self, name: str, span: Span) -> None:
        strength = span.of(name)
        if name.startswith("extra_"):
            return  # more needs and turns are drawn before the run
        times = strength if name.endswith("_factor") else 1.0 - strength
        if times != 1.0:
            daily = self._daily.setdefault(name, np.ones(self._days + 1))
            daily[span.start : span.end] *= times

    def now(self, name: str) -> float:
        """Return the factor of a strength today, for a share what is left of its subject: 1 = as always."""
        daily = self._daily.get(name)
        return 1.0 if daily is None else float(daily[self.today])

    def at(self, name: str, time_days: F) -> F | float:
        """Return what `now` says, for each of some moments; 1 where the strength never acts."""
        daily = self._daily.get(name)
        return 1.0 if daily is None else np.asarray(daily[np.minimum(time_days.astype(np.int64), self._days)])

    def staff_left(self, day: int) -> F | None:
        """Return the share of each station's staff who are there on a day as always; None = all of all."""
        left = [of_station for span, of_station in self._away if span.start <= day < span.end]
        return np.prod(left, axis=0) if left else None

    def staff_by_day(self) -> npt.NDArray[np.float64] | None:
        """Return what `staff_left` says of every day, shape (days, stations); None where nobody is ever away."""
        if not self._away:
            return None
        left = np.ones((self._days, len(self._away[0][1])))
        for span, of_station in self._away:
            left[span.start : span.end] *= of_station
        return left


def _spans(chosen: Sequence[Disturbance], warmup_days: int, days: int) -> Iterator[Span]:
    """Yield every time that a disturbance comes, in whole days."""
    number = 0
    for disturbance in chosen:
        for start, end in disturbance.spans((days - warmup_days) / DAYS_PER_YEAR):
            yield Span(number, disturbance, warmup_days + floor(start), min(warmup_days + ceil(end), days))
            number += 1


def _struck(disturbance: Disturbance, stations: Stations, named: Mapping[str, tuple[int, ...]]) -> B:
    """Say which stations a disturbance's professions and principals name; all where none is named."""
    struck = np.ones(len(stations.name), bool)
    if disturbance.professions:
        struck &= np.isin(stations.profession, [Profession[name.upper()] for name in disturbance.professions])
    if disturbance.principals:
        struck &= np.isin(stations.principal, [number for name in disturbance.principals for number in named[name]])
    return struck
