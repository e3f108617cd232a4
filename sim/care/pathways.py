"""Read pathways into arrays: what each step of each kind of need asks for."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.config.pathway import Pathway
from sim.core.arrays import F, I
from sim.core.vocabulary import Mode, Profession

MAX_STEPS = 16
_FIELDS = 4
"""Fields of 16 random bits in a word of 64."""
_FIELD_SIZE = 65536.0
_FIELD_MASK = np.uint64(0xFFFF)
_SHIFTS = np.array([0, 16, 32, 48], np.uint64)
_BYTE = np.uint16(8)
_S29, _REHASH = np.uint64(29), np.uint64(0xBF58476D1CE4E5B9)


class Pathways:
    """Steps as flat arrays, one element per kind of need and step (see `row`); absent steps have profession -1."""

    def __init__(self, pathways: tuple[Pathway, ...]) -> None:
        size = len(pathways) * MAX_STEPS
        self.profession = np.full(size, -1, np.int64)
        self.mode = np.zeros(size, np.int8)
        self.direct_minutes = np.zeros(size)
        self.documentation_minutes = np.zeros(size)
        self.probability = np.zeros(size)
        self.urgency = np.zeros(size)
        self.test_probability = np.zeros(size)
        for k, pathway in enumerate(pathways):
            for s, step in enumerate(pathway.steps, k * MAX_STEPS):
                self.profession[s] = Profession[step.profession.upper()]
                self.mode[s] = Mode[step.mode.upper()]
                self.direct_minutes[s] = step.direct_minutes
                self.documentation_minutes[s] = step.documentation_minutes
                self.probability[s] = step.probability
                self.urgency[s] = step.urgency
                self.test_probability[s] = step.test_probability
        self.hazard_per_day = np.array([p.turn_acute_hazard_per_day for p in pathways])
        self.seek_delay_days = np.array([p.seek_delay_days for p in pathways])
        self.utility_loss = np.array([p.utility_loss for p in pathways])
        self._words = -(-max(len(p.steps) for p in pathways) // _FIELDS)
        self._threshold, self._first = self._tables(len(pathways))

    @staticmethod
    def row(kind: I, step: I) -> I:
        """Return where the step of a kind of need stands in the flat arrays."""
        return np.asarray(kind, np.int64) * MAX_STEPS + step

    def _tables(self, kinds: int) -> tuple[F, I]:
        """Tabulate by home care (no, yes) and kind: thresholds on 16 random bits, and the first allowed step's bit."""
        shape = (kinds, MAX_STEPS)
        profession, probability = self.profession.reshape(shape), self.probability.reshape(shape)
        threshold, first = np.zeros((2, *shape)), np.zeros((2, kinds), np.uint16)
        for home_care, other_serves in enumerate((Profession.HOME_NURSE, Profession.PRIMARY_CARE_NURSE)):
            allowed = (profession >= 0) & (profession != other_serves)
            threshold[home_care] = np.where(allowed, probability * _FIELD_SIZE, 0.0)
            first[home_care] = np.where(allowed.any(axis=1), 1 << allowed.argmax(axis=1), 0)
        steps = self._words * _FIELDS
        return threshold[:, :, :steps].reshape(2 * kinds, steps), first.ravel()

    def needed_steps(self, kind: I, bits: npt.NDArray[np.uint64], home_care: npt.NDArray[np.bool_]) -> I:
        """Choose which steps a need calls for, as bits; at least one. `bits` is 64 random bits per need.

        Home nurses act for people with home care, primary care nurses for the others.
        """
        words = [bits]
        for _ in range(self._words - 1):
            # 16 fresh bits a step for the first four, then a cheap rehash.
            words.append((words[-1] ^ (words[-1] >> _S29)) * _REHASH)
        fields = (np.stack(words, axis=1)[:, :, None] >> _SHIFTS) & _FIELD_MASK
        row = home_care * len(self.utility_loss) + np.asarray(kind, np.int64)
        needed = fields.reshape(len(bits), self._words * _FIELDS) < self._threshold[row]
        packed = np.packbits(needed, axis=1, bitorder="little").astype(np.uint16)
        chosen = packed[:, 0] | packed[:, 1] << _BYTE if packed.shape[1] > 1 else packed[:, 0]
        return np.asarray(np.where(chosen == 0, self._first[row], chosen))


_LOWEST = np.zeros(1 << MAX_STEPS, np.int8)
for _bit in range(MAX_STEPS - 1, -1, -1):
    _LOWEST[(np.arange(1 << MAX_STEPS) >> _bit) & 1 == 1] = _bit


def lowest_step(bits: I) -> npt.NDArray[np.int8]:
    """Return the position of the lowest set bit: the next step. Undefined (0) where no bit is set."""
    return _LOWEST[bits]
