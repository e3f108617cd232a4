"""Look for stalled hand-overs and push them: the contact person's daily round."""

from __future__ import annotations

import numpy as np

from sim.care.actors import Cast
from sim.care.enrolment import EnrolmentParameters
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.onward import Onward
from sim.care.world import World
from sim.core.arrays import I
from sim.core.purposes import Purpose
from sim.core.vocabulary import WorkCause, WorkKind

_ROUND_AT = 0.42
"""Share of the day that has passed at the coordinators' daily round: ten in the morning."""


class Coordination:
    """Daily scanning of episodes on their way or lost, by those who are asked to."""

    def __init__(
        self, world: World, intake: Intake, onward: Onward, cast: Cast, parameters: EnrolmentParameters
    ) -> None:
        self._p = parameters
        self._pushes_per_day = int(parameters.pushes_per_day)
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
        share = w.decisions.largest("push_share")
        for episode in self._chosen(self._not_left_to_each_other(seen, day)):
            self._push(episode, day, share)

    def _not_left_to_each_other(self, seen: I, day: int) -> I:
        """Drop what two or more coordinators of one person leave to each other; they must talk about it first."""
        w, e, p = self._w, self._w.episodes, self._p
        person = e.person[seen].astype(np.int64)
        others = w.decisions.how_many_answer("scan_per_day", person) - 1
        if not (others > 0).any():
            return seen
        luck = w.luck.uniform(Purpose.DOUBLE_COORDINATION, e.key[seen], day)
        left = luck < 1.0 - (1.0 - p.double_coordination_confusion) ** others
        at = np.flatnonzero(left)
        w.work.add(
            np.full(len(at), day + _ROUND_AT), e.station[seen[at]].astype(np.int64), person[at], WorkKind.HASSLE,
            WorkCause.CHASING, p.double_coordination_minutes * others[at],
        )  # fmt: skip
        return seen[~left]

    def _chosen(self, seen: I) -> list[int]:
        """Let each coordinator choose among her patients' stalled episodes."""
        w, e = self._w, self._w.episodes
        by_staff: dict[int, list[tuple[float, int]]] = {}
        for episode in seen.tolist():
            staff = int(w.contact_person[e.person[episode]])
            by_staff.setdefault(staff, []).append((float(e.severity[episode]), episode))
        chosen: list[int] = []
        for staff in sorted(by_staff):
            coordinator = self._cast.coordinators[staff] if staff >= 0 else None
            stalled = by_staff[staff]
            chosen += coordinator.choose(stalled, self._pushes_per_day) if coordinator else [x for _, x in stalled]
        return chosen

    def _push(self, episode: int, day: int, share: float) -> None:
        """Find what was lost, or shorten the delay that is left by a share."""
        w, e = self._w, self._w.episodes
        now = day + _ROUND_AT
        if e.state[episode] == State.LOST:
            self._onward.find(np.array([episode]), now)
            return
        lead_left = max(float(e.requested_days[episode]) - now, 0.0)
        if e.due_days[episode] > now and share > 0:
            saved = lead_left * share
            e.requested_days[episode] -= saved
            e.due_days[episode] = now + (float(e.due_days[episode]) - now) * (1.0 - share)
            w.log.pushes.row(now, e.person[episode], episode, e.distance[episode], saved)
