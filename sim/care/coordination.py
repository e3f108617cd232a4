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
from sim.core.vocabulary import Profession, WorkCause, WorkKind

_ROUND_AT = 0.42
"""Share of the day that has passed at the coordinators' daily round: ten in the morning."""
_NO_LIST = -1
"""Instead of a health centre: the patients of a contact person."""


class Coordination:
    """Daily scanning of episodes on their way or lost, by those who are asked to."""

    def __init__(
        self, world: World, intake: Intake, onward: Onward, cast: Cast, parameters: EnrolmentParameters
    ) -> None:
        self._p = parameters
        self._pushes_per_day = int(parameters.pushes_per_day)
        self._health_centre = world.stations.of_person[:, Profession.PRIMARY_CARE_NURSE].astype(np.int64)
        served = np.bincount(self._health_centre, minlength=len(world.stations))
        self._list_pushes_per_day = served / 10_000 * parameters.list_pushes_per_10000_inhabitants_day
        """For each health centre's list of people without a contact person."""
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
        for episode in self._chosen(self._not_left_to_each_other(seen, day), day):
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

    def _chosen(self, seen: I, day: int) -> list[int]:
        """Let each coordinator choose among the stalled episodes of her patients, or of her health centre's list."""
        w, e = self._w, self._w.episodes
        at_hand: dict[tuple[int, int], list[tuple[float, int]]] = {}
        for episode in seen.tolist():
            person = int(e.person[episode])
            staff, whose_list = int(w.contact_person[person]), _NO_LIST
            if staff < 0:
                whose_list = int(self._health_centre[person])
                staff = int(w.stations.first_staff[whose_list])
            at_hand.setdefault((staff, whose_list), []).append((float(e.severity[episode]), episode))
        chosen: list[int] = []
        for (staff, whose_list), stalled in sorted(at_hand.items()):
            at_most = self._pushes_per_day if whose_list == _NO_LIST else self._on_list_today(whose_list, day)
            chosen += self._cast.coordinators[staff].choose(stalled, at_most)
        return chosen

    def _on_list_today(self, station: int, day: int) -> int:
        """Return how many episodes of a health centre's list can be pushed today; fractions add up over the days."""
        each, workday = float(self._list_pushes_per_day[station]), day // 7 * 5 + day % 7
        return int((workday + 1) * each) - int(workday * each)

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
