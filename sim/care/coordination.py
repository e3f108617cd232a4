"""Look for stalled hand-overs and push them: the contact person's daily round."""

from __future__ import annotations

import numpy as np

from sim.care.actors import Cast
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.onward import Onward
from sim.care.world import World
from sim.core.arrays import I
from sim.core.purposes import Purpose


class Coordination:
    """Daily scanning of episodes on their way or lost, by those who are asked to."""

    def __init__(self, world: World, intake: Intake, onward: Onward, cast: Cast, pushes_per_day: float) -> None:
        self._pushes_per_day = int(pushes_per_day)
        self._w, self._intake, self._onward, self._cast = world, intake, onward, cast

    def scan(self, day: int) -> None:
        """Let each coordinator find stalled episodes of her patients and push those she chooses."""
        w, e = self._w, self._w.episodes
        if day % 7 >= 5 or not w.decisions.acting("scan_per_day"):
            return
        coming = self._intake.waiting()
        slow = coming[(e.due_days[coming] > day + 2) & (e.from_station[coming] >= 0)]
        stalled = np.concatenate((slow, self._onward.lost))
        if not len(stalled):
            return
        person = e.person[stalled]
        left = w.decisions.gap_left("scan_per_day", person)
        if left is None:
            return
        luck = w.luck.uniform(Purpose.SCAN, e.key[stalled], day)
        seen = stalled[(luck < 1.0 - left) & w.alive[person] & (e.state[stalled] != State.CLOSED)]
        for episode in self._chosen(seen):
            self._push(episode, day)

    def _chosen(self, seen: I) -> list[int]:
        """Let each coordinator choose among her patients' stalled episodes."""
        _w, e = self._w, self._w.episodes
        by_staff: dict[int, list[tuple[float, int]]] = {}
        for episode in seen.tolist():
            staff = self._coordinator_of(int(e.person[episode]))
            by_staff.setdefault(staff, []).append((float(e.severity[episode]), episode))
        chosen: list[int] = []
        for staff in sorted(by_staff):
            coordinator = self._cast.coordinators[staff] if staff >= 0 else None
            stalled = by_staff[staff]
            chosen += coordinator.choose(stalled, self._pushes_per_day) if coordinator else [x for _, x in stalled]
        return chosen

    def _coordinator_of(self, person: int) -> int:
        for _, here in self._w.decisions.means:
            if here.started and here.contact_staff[person] >= 0:
                return int(here.contact_staff[person])
        return -1

    def _push(self, episode: int, day: int) -> None:
        """Find what was lost, or shorten the delay that is left."""
        w, e = self._w, self._w.episodes
        now = day + 0.42
        if e.state[episode] == State.LOST:
            self._onward.find(np.array([episode]), now)
            return
        share = w.decisions.largest("push_share")
        lead_left = max(float(e.requested_days[episode]) - now, 0.0)
        if e.due_days[episode] > now and share > 0:
            saved = lead_left * share
            e.requested_days[episode] -= saved
            e.due_days[episode] = now + (float(e.due_days[episode]) - now) * (1.0 - share)
            w.log.pushes.row(now, e.person[episode], episode, e.distance[episode], saved)
