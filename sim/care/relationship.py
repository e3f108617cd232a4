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
        here = self.staff >= first.astype(np.int32)[:, None]
        here &= self.staff < last.astype(np.int32)[:, None]
        strength = self.strength * here
        at = self._rows() + strength.argmax(axis=1)
        best = strength.take(at)
        return np.where(best > _HARDLY_KNOWN, self.staff.take(at), -1), best

    def slot_of(self, staff: I) -> tuple[I, B]:
        """Return where each person remembers this staff member, and whether at all."""
        match = self.staff == staff.astype(np.int32)[:, None]
        slot = match.argmax(axis=1)
        return slot, match.take(self._rows() + slot)

    def of_pair(self, staff: I) -> F:
        """Return how well each pair know each other, 0-1."""
        return self.strength_at(*self.slot_of(staff))

    def strength_at(self, slot: I, known: B) -> F:
        """Return strengths for an answer of `slot_of`; 0 where the two do not know each other."""
        return self.strength.take(self._rows() + slot) * known

    def _rows(self) -> I:
        """Return where each person's memory begins in the flattened arrays: one position is found faster than two."""
        return np.arange(0, self.staff.size, _SLOTS)


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
        faded = acquaintance.strength
        found, known = acquaintance.slot_of(staff)
        before = acquaintance.strength_at(found, known)
        at = acquaintance.person * _SLOTS + np.where(known, found, faded.argmin(axis=1))
        self._staff.reshape(-1)[at] = staff
        self._strength.reshape(-1)[at] = before + (1.0 - before) * self._p.growth_per_contact
        self._time.reshape(-1)[at] = now_days

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
        age *= np.float32(-1.0 / self._p.fading_days)
        faded: npt.NDArray[np.float32] = np.exp(age, age)
        faded *= self._strength.take(person, axis=0)
        return faded
