"""Read pathways into arrays: what each step of each kind of need asks for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.config.pathway import Pathway
from sim.core.arrays import I
from sim.core.vocabulary import Mode, Profession

MAX_STEPS = 16


class Pathways:
    """Steps as arrays of shape (need kinds, steps); absent steps have profession -1."""

    def __init__(self, pathways: tuple[Pathway, ...]) -> None:
        shape = (len(pathways), MAX_STEPS)
        self.profession = np.full(shape, -1, np.int64)
        self.mode = np.zeros(shape, np.int8)
        self.direct_minutes = np.zeros(shape)
        self.documentation_minutes = np.zeros(shape)
        self.probability = np.zeros(shape)
        self.urgency = np.zeros(shape)
        self.test_probability = np.zeros(shape)
        for k, pathway in enumerate(pathways):
            for s, step in enumerate(pathway.steps):
                self.profession[k, s] = Profession[step.profession.upper()]
                self.mode[k, s] = Mode[step.mode.upper()]
                self.direct_minutes[k, s] = step.direct_minutes
                self.documentation_minutes[k, s] = step.documentation_minutes
                self.probability[k, s] = step.probability
                self.urgency[k, s] = step.urgency
                self.test_probability[k, s] = step.test_probability
        self.hazard_per_day = np.array([p.turn_acute_hazard_per_day for p in pathways])
        self.seek_delay_days = np.array([p.seek_delay_days for p in pathways])
        self.utility_loss = np.array([p.utility_loss for p in pathways])

    def needed_steps(self, kind: I, bits: npt.NDArray[np.uint64], home_care: npt.NDArray[np.bool_]) -> I:
        """Choose which steps a need calls for, as bits; at least one. `bits` is 64 random bits per need.

        Home nurses act for people with home care, primary care nurses for the others.
        """
        chosen = np.zeros(len(kind), np.uint16)
        allowed_any = np.zeros(len(kind), np.uint16)
        for s in range(self.profession.shape[1]):
            profession = self.profession[kind, s]
            if not (profession >= 0).any():
                break
            # 16 fresh bits a step for the first four, then a cheap rehash.
            if s % 4 == 0 and s:
                bits = (bits ^ (bits >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
            u = ((bits >> np.uint64(16 * (s % 4))) & np.uint64(0xFFFF)).astype(np.float64) / 65536.0
            other_serves = np.where(home_care, Profession.PRIMARY_CARE_NURSE, Profession.HOME_NURSE)
            allowed = (profession >= 0) & (profession != other_serves)
            bit = np.uint16(1 << s)
            allowed_any |= np.where(allowed, bit, 0).astype(np.uint16)
            chosen |= np.where(allowed & (u < self.probability[kind, s]), bit, 0).astype(np.uint16)
        first = allowed_any & (~allowed_any + np.uint16(1))
        return np.where(chosen == 0, first, chosen)


_LOWEST = np.zeros(1 << MAX_STEPS, np.int8)
for _bit in range(MAX_STEPS - 1, -1, -1):
    _LOWEST[(np.arange(1 << MAX_STEPS) >> _bit) & 1 == 1] = _bit


def lowest_step(bits: I) -> npt.NDArray[np.int8]:
    """Return the position of the lowest set bit: the next step. Undefined (0) where no bit is set."""
    return _LOWEST[bits]
