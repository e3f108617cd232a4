"""Care for people somewhere else than in the hospital bed they would have had: at home, or in another ward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import simpy

from sim.care.answers import BedAlternative
from sim.care.world import World
from sim.core.purposes import Purpose
from sim.core.vocabulary import PlaceEvent, WorkCause, WorkKind


class Elsewhere:
    """Places that means offer instead of hospital beds, and who is in them."""

    def __init__(self, world: World, env: simpy.Environment) -> None:
        self._w, self._env = world, env
        self._taken: dict[int, int] = defaultdict(int)
        """People in the places of each responder now."""
        self.clinical_days: Callable[[int, float, int], float] = lambda *args: 0.0
        """Returns the clinical length of the hospital stay it replaces; takes person, severity and key."""

    def takes(self, person: int, severity: float, key: int, now_days: float) -> bool:
        """Return whether a place elsewhere is found that would do; the person is cared for there from now."""
        w = self._w
        for other in sorted(w.decisions.bed_alternatives(person, severity), key=lambda a: a.responder):
            if self._taken[other.responder] >= round(other.places * w.scenario.sample_share):
                continue
            if w.luck.uniform_one(Purpose.BED_ALTERNATIVE, key, int(other.responder)) < other.probability:
                self._move_in(other, person, self.clinical_days(person, severity, key) * other.stay_factor, now_days)
                return True
        return False

    def _move_in(self, other: BedAlternative, person: int, days: float, now_days: float) -> None:
        """Take the place, take down its daily work, and set the end on the clock."""
        w = self._w
        self._taken[other.responder] += 1
        w.log.stays_elsewhere.row(now_days, person, other.responder, PlaceEvent.MOVED_IN)
        stations = w.stations.of_person[person]
        for profession, minutes in other.daily_work:
            for day in range(max(1, round(days))):
                w.work.add_one(
                    now_days + day, int(stations[profession]), person, WorkKind.DIRECT, WorkCause.ACUTE_RESPONSE,
                    minutes,
                )  # fmt: skip
        end = self._env.timeout(days)
        end.callbacks.append(lambda _: self._move_out(other, person))

    def _move_out(self, other: BedAlternative, person: int) -> None:
        self._taken[other.responder] -= 1
        self._w.log.stays_elsewhere.row(self._env.now, person, other.responder, PlaceEvent.MOVED_OUT)
