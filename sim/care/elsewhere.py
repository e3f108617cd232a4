"""Care for people somewhere else than in the hospital bed they would have had: at home, or in another ward."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import suppress
from typing import Any

import simpy

from sim.care.answers import BedAlternative, RestAtHome
from sim.care.world import World
from sim.core.purposes import Purpose
from sim.core.vocabulary import PlaceEvent, WorkCause, WorkKind


class Elsewhere:
    """Places that means offer instead of hospital beds, and who is in them."""

    def __init__(self, world: World, env: simpy.Environment) -> None:
        self._w, self._env = world, env
        self._taken: dict[int, int] = defaultdict(int)
        """People in the places of each responder now."""
        self._stays: dict[int, simpy.Process] = {}
        """The stay of each person who is in such a place now."""
        self.clinical_days: Callable[[int, float, int], float] = lambda *args: 0.0
        """Returns the clinical length of the hospital stay it replaces; takes person, severity and key."""

    def takes(self, person: int, severity: float, key: int) -> bool:
        """Return whether a place elsewhere is found that would do; the person is cared for there from now.

        Who has such a place already and needs a bed all the same gets no second one: that care was not enough.
        """
        if person in self._stays:
            return False
        w = self._w
        for other in sorted(w.decisions.bed_alternatives(person, severity), key=lambda a: a.responder):
            if self._is_full(other):
                continue
            if w.luck.uniform_one(Purpose.BED_ALTERNATIVE, key, int(other.responder)) < other.probability:
                days = self.clinical_days(person, severity, key) * other.stay_factor
                self._taken[other.responder] += 1
                self._stays[person] = self._env.process(self._stay(other, person, days))
                return True
        return False

    def _is_full(self, other: BedAlternative) -> bool:
        return self._taken[other.responder] >= round(other.places * self._w.scenario.sample_share)

    def rest_at_home(self, person: int, severity: float, key: int) -> RestAtHome | None:
        """Return who would care at home for the last part of a stay that begins, if that would do."""
        other = self._w.decisions.rest_at_home(person, severity)
        if other is None:
            return None
        luck = self._w.luck.uniform_one(Purpose.BED_ALTERNATIVE, key, int(other.responder))
        return other if luck < other.probability else None

    def keep_place(self, other: RestAtHome) -> bool:
        """Keep a place for somebody on the way home, if one is free; `follow_home` or `give_up` must come after."""
        if self._is_full(other):
            return False
        self._taken[other.responder] += 1
        return True

    def give_up(self, other: RestAtHome) -> None:
        """Give up a place that was kept."""
        self._taken[other.responder] -= 1

    def follow_home(self, other: RestAtHome, person: int, days: float) -> None:
        """Care at home for somebody who comes from the ward, in the place that was kept; 0 days give it up."""
        if days <= 0:
            self.give_up(other)
            return
        self._stays[person] = self._env.process(self._stay(other, person, days * other.stay_factor))

    def leave(self, person: int) -> None:
        """End the stay of somebody who is admitted to hospital or dies, if there is one."""
        stay = self._stays.pop(person, None)
        if stay is not None:
            stay.interrupt()

    def _stay(self, other: BedAlternative, person: int, days: float) -> Generator[simpy.Event, Any, None]:
        """Be cared for day by day until the end, hospital or death; only days that come take staff's time."""
        log, end_days = self._w.log.stays_elsewhere, self._env.now + days
        log.row(self._env.now, person, other.responder, PlaceEvent.MOVED_IN)
        with suppress(simpy.Interrupt):
            self._work_of_a_day(other, person)
            for _ in range(1, round(days)):
                yield self._env.timeout(1.0)
                self._work_of_a_day(other, person)
            yield self._env.timeout(end_days - self._env.now)
        self._stays.pop(person, None)
        self._taken[other.responder] -= 1
        log.row(self._env.now, person, other.responder, PlaceEvent.MOVED_OUT)

    def _work_of_a_day(self, other: BedAlternative, person: int) -> None:
        w = self._w
        for profession, minutes in other.daily_work:
            station = int(w.stations.of_person[person, profession])
            w.work.add_one(self._env.now, station, person, WorkKind.DIRECT, WorkCause.ACUTE_RESPONSE, minutes)
