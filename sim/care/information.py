"""Keep what each record domain knows about each person, and what staff know at a contact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.core.arrays import F, I
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.core.vocabulary import RecordDomain


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationParameters:
    """Parameters of group `information`."""

    staleness_per_contact: float
    refresh_per_contact: float
    patient_tells_share: float
    relative_tells_share: float


class Information:
    """Completeness and freshness of records, shape (people, record domains), 0-1."""

    def __init__(
        self, people: int, luck: Luck, mean_at_start: float, spread_at_start: float, parameters: InformationParameters
    ) -> None:
        self._p = parameters
        self.share = np.empty((people, len(RecordDomain)), np.float32)
        person = np.arange(people)
        for domain in RecordDomain:
            u = luck.uniform(Purpose.INFORMATION_AT_START, person, int(domain))
            self.share[:, domain] = np.clip(mean_at_start + spread_at_start * (u - 0.5), 0.0, 1.0)

    def own(self, person: I, domain: I | RecordDomain) -> F:
        """Return what a domain's own record holds."""
        return self.share.take(person * self.share.shape[1] + domain).astype(np.float64)

    def told(self, participation: F, relative: npt.NDArray[np.bool_]) -> F:
        """Return what patient and relative can tell."""
        return np.asarray(self._p.patient_tells_share * participation + self._p.relative_tells_share * relative)

    def share_left(self, apart: npt.NDArray[np.bool_]) -> npt.NDArray[np.float32]:
        """Return what is left of each domain's record (columns) after a contact in a domain (rows).

        `apart` says which pairs of domains are kept apart: only those go stale.
        """
        return np.where(apart, np.float32(1.0 - self._p.staleness_per_contact), np.float32(1.0))

    def record(self, person: I, domain: I, known: F, left: npt.NDArray[np.float32]) -> None:
        """Write a contact down: the own record gains what was known and seen, those apart from it go stale.

        `left` is the answer of `share_left`. People who occur twice in one batch go stale once and keep the later
        record.
        """
        whole = self.share.take(person, axis=0)
        whole *= left.take(domain, axis=0)
        self.share[person] = whole
        own = person * self.share.shape[1] + domain
        self.share.reshape(-1)[own] = known + (1.0 - known) * self._p.refresh_per_contact

    def record_one(self, person: int, domain: int, known: float, left: npt.NDArray[np.float32]) -> None:
        """Write one event down, as `record` does."""
        row = self.share[person]
        row *= left[domain]
        row[domain] = known + (1.0 - known) * self._p.refresh_per_contact

    def send(self, person: int, share: float, domains: tuple[RecordDomain, ...]) -> None:
        """Let domains know a share of it all, as a discharge letter does."""
        for domain in domains:
            self.share[person, domain] = max(float(self.share[person, domain]), share)
