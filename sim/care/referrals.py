"""Collect needs that arise in single events of the day, and open their episodes together next morning.

Sessions are held in the morning, so nobody could have acted earlier; lead times count from the event itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.care.intake import Intake, Onsets
from sim.care.onward import Onward
from sim.care.world import World
from sim.core.luck import combine
from sim.core.vocabulary import NeedKind

NO_GAP = -1
NO_STAY = -1
_POSITIVE_63_BITS = (1 << 63) - 1


@dataclass(slots=True, frozen=True)
class Referral:
    """A need that somebody passes on, or that the person brings to the health centre."""

    person: int
    kind: NeedKind
    severity: float
    key: int
    """Tells apart what the same person goes through."""
    time_days: float
    from_station: int = NO_GAP
    """Who refers; NO_GAP = the person turns to the first step directly."""
    known: float = 0.0
    """Share of what is known that the referrer has."""
    stay: int = NO_STAY
    """Hospital stay it belongs to."""


class Referrals:
    """What waits to be opened."""

    def __init__(self, world: World, intake: Intake, onward: Onward) -> None:
        self._w, self._intake, self._onward = world, intake, onward
        self._waiting: list[Referral] = []
        self.follow_up_of_stay: dict[int, int] = {}
        """Episode of the follow-up asked for at a stay's discharge."""

    def add(self, referral: Referral) -> None:
        """Let a referral wait for the morning."""
        self._waiting.append(referral)

    def open_with(self, others: Onsets) -> None:
        """Open the episodes of all referrals, and of others' needs; hand over what somebody passes on."""
        w, waiting = self._w, [r for r in self._waiting if self._w.alive[r.person]]
        self._waiting = []
        if not waiting:
            self._intake.open(others)
            return
        person = np.array([r.person for r in waiting])
        time = np.array([r.time_days for r in waiting])
        from_station = np.array([r.from_station for r in waiting])
        referred = from_station != NO_GAP
        onsets = Onsets(
            person=person,
            kind=np.array([r.kind for r in waiting], np.int8),
            severity=np.array([r.severity for r in waiting]),
            key=combine(person, np.array([r.key & _POSITIVE_63_BITS for r in waiting], np.uint64)),
            born_days=time,
            seeks=np.zeros(len(waiting), bool),
            noticed_after_days=np.full(len(waiting), np.inf),
            handed_over=referred,
            may_turn_acute=np.array([r.stay == NO_STAY for r in waiting]),
        )
        episode = self._intake.open(Onsets.joined(onsets, others))[: len(waiting)]
        for r, one in zip(waiting, episode.tolist(), strict=True):
            if r.kind == NeedKind.DISCHARGE_PLANNING:
                w.episodes.stay[one] = r.stay
            elif r.stay != NO_STAY:
                self.follow_up_of_stay[r.stay] = one
        known = np.array([r.known for r in waiting])
        self._onward.hand_over(episode[referred], from_station[referred], time[referred], known[referred])
