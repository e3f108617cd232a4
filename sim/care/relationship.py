"""Let a patient and a staff member come to know each other, and forget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.core.arrays import F, I

_SLOTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipParameters:
    """Parameters of group `relationship`."""

    growth_per_contact: float
    fading_days: float
    absence_share: float
    patience_minutes: float
    wait_for_own_urgency: float
    wait_for_own_days: float


class Familiarity:
    """The few staff each person knows best: staff numbers, strength and time of the last contact.

    A person's memory holds six staff members; a new face replaces the one least known.
    """

    def __init__(self, people: int, parameters: RelationshipParameters) -> None:
        self._p = parameters
        self._staff = np.full((people, _SLOTS), -1, np.int32)
        self._strength = np.zeros((people, _SLOTS), np.float32)
        self._time = np.zeros((people, _SLOTS), np.float32)

    def best_at(self, person: I, first: I, last: I, now_days: float) -> tuple[I, F]:
        """Return, for each person, the best-known staff member numbered first..last-1 (-1 = none) and strength."""
        staff = self._staff[person]
        here = (staff >= first[:, None]) & (staff < last[:, None])
        strength = np.where(here, self._faded(person, now_days), 0.0)
        slot = strength.argmax(axis=1)
        rows = np.arange(len(person))
        best = strength[rows, slot]
        return np.where(best > 0.01, staff[rows, slot], -1), best

    def of_pair(self, person: I, staff: I, now_days: float) -> F:
        """Return how well each pair know each other, 0-1."""
        match = self._staff[person] == staff[:, None]
        return np.asarray(np.where(match, self._faded(person, now_days), 0.0).max(axis=1, initial=0.0))

    def meet(self, person: I, staff: I, now_days: float) -> None:
        """Strengthen each pair after a contact."""
        faded = self._faded(person, now_days)
        match = self._staff[person] == staff[:, None]
        known = match.any(axis=1)
        slot = np.where(known, match.argmax(axis=1), faded.argmin(axis=1))
        rows = np.arange(len(person))
        before = np.where(known, faded[rows, slot], 0.0)
        self._staff[person, slot] = staff
        self._strength[person, slot] = before + (1.0 - before) * self._p.growth_per_contact
        self._time[person, slot] = now_days

    def introduce(self, person: int, staff: int, strength: float, now_days: float) -> None:
        """Make a pair known to each other, as when a contact person is named and introduced."""
        faded = self._faded(np.array([person]), now_days)[0]
        match = np.flatnonzero(self._staff[person] == staff)
        slot = int(match[0]) if len(match) else int(faded.argmin())
        self._staff[person, slot] = staff
        self._strength[person, slot] = max(strength, float(faded[slot])) if len(match) else strength
        self._time[person, slot] = now_days

    def _faded(self, person: I, now_days: float) -> npt.NDArray[np.float32]:
        age = np.float32(now_days) - self._time[person]
        return np.asarray(self._strength[person] * np.exp(age * np.float32(-1.0 / self._p.fading_days)))
