"""Let a patient and a staff member come to know each other, and forget."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.core.arrays import B, F, I

_SLOTS = 6
_HARDLY_KNOWN = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationshipParameters:
    """Parameters of group `relationship`."""

    growth_per_contact: float
    fading_days: float
    absence_share: float
    patience_minutes: float
    wait_for_own_urgency: float
    wait_for_own_days: float


@dataclass(slots=True)
class Acquaintance:
    """Whom the people of a batch know: staff numbers and strengths, shape (batch, staff remembered)."""

    person: I
    staff: npt.NDArray[np.int32]
    strength: npt.NDArray[np.float32]

    def take(self, at: I) -> Acquaintance:
        """Return some of the batch, by position."""
        return Acquaintance(self.person[at], self.staff.take(at, axis=0), self.strength.take(at, axis=0))

    def best_among(self, first: I, last: I) -> tuple[I, F]:
        """Return, for each person, the best-known staff member numbered first..last-1 (-1 = none) and strength."""
        here = (self.staff >= first[:, None]) & (self.staff < last[:, None])
        strength = np.where(here, self.strength, 0.0)
        slot, rows = strength.argmax(axis=1), np.arange(len(self.person))
        best = strength[rows, slot]
        return np.where(best > _HARDLY_KNOWN, self.staff[rows, slot], -1), best

    def slot_of(self, staff: I) -> tuple[I, B]:
        """Return where each person remembers this staff member, and whether at all."""
        match = self.staff == staff[:, None]
        slot = match.argmax(axis=1)
        return slot, match[np.arange(len(slot)), slot]

    def of_pair(self, staff: I) -> F:
        """Return how well each pair know each other, 0-1."""
        slot, known = self.slot_of(staff)
        return np.asarray(np.where(known, self.strength[np.arange(len(slot)), slot], 0.0))


class Familiarity:
    """The few staff each person knows best: staff numbers, strength and time of the last contact.

    A person's memory holds six staff members; a new face replaces the one least known.
    """

    def __init__(self, people: int, parameters: RelationshipParameters) -> None:
        self._p = parameters
        self._staff = np.full((people, _SLOTS), -1, np.int32)
        self._strength = np.zeros((people, _SLOTS), np.float32)
        self._time = np.zeros((people, _SLOTS), np.float32)

    def of(self, person: I, now_days: float) -> Acquaintance:
        """Return whom each person of a batch knows now, and how well."""
        return Acquaintance(person, self._staff.take(person, axis=0), self._faded(person, now_days))

    def meet(self, acquaintance: Acquaintance, staff: I, now_days: float) -> None:
        """Strengthen each pair after a contact."""
        person, faded = acquaintance.person, acquaintance.strength
        rows = np.arange(len(person))
        found, known = acquaintance.slot_of(staff)
        slot = np.where(known, found, faded.argmin(axis=1))
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
        age = np.float32(now_days) - self._time.take(person, axis=0)
        fading = np.exp(age * np.float32(-1.0 / self._p.fading_days))
        return np.asarray(self._strength.take(person, axis=0) * fading)
