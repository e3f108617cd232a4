"""Draw luck that belongs to a person and a purpose, whatever else happens.

A draw is a pure function of (seed, purpose, key, k): a counter-based generator built on the finaliser of
SplitMix64 (Steele, Lea & Flood 2014, variant 13 of Stafford). The same person meets the same luck in every
scenario, so differences between scenarios are not noise. Purposes are a closed list, so that two parts of
the model can never share a draw by accident.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

U64 = npt.NDArray[np.uint64]
F64 = npt.NDArray[np.float64]

_WORD_BYTES = 8
_GOLDEN_INT, _MIX_1_INT, _MIX_2_INT = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
_MASK_64 = (1 << 64) - 1


def _constant(value: int) -> U64:
    """Return a number as an array without dimensions: numpy meets it faster than a scalar."""
    return np.array(value & _MASK_64, np.uint64)


_GOLDEN, _MIX_1, _MIX_2 = _constant(_GOLDEN_INT), _constant(_MIX_1_INT), _constant(_MIX_2_INT)
_PER_K = _constant(_MIX_1_INT * _GOLDEN_INT)
_S30, _S27, _S31, _S12, _S32 = (_constant(bits) for bits in (30, 27, 31, 12, 32))
_LOW_32, _ONE = _constant(0xFFFFFFFF), _constant(1)
_HALF = np.array(0.5)
_TO_UNIT_52 = 2.0**-52
_UNIT_52, _UNIT_32 = np.array(2.0**-52), np.array(2.0**-32)


def _mix(x: U64) -> U64:
    """Scramble in place and return: every input bit reaches every output bit."""
    shifted = x >> _S30
    x ^= shifted
    x *= _MIX_1
    np.right_shift(x, _S27, shifted)
    x ^= shifted
    x *= _MIX_2
    np.right_shift(x, _S31, shifted)
    x ^= shifted
    return x


def to_uniform(bits: U64) -> F64:
    """Turn bits into numbers strictly between 0 and 1.

    52 bits and a half: with 53 the largest would round to 1.
    """
    unit = (bits >> _S12).astype(np.float64)
    unit += _HALF
    unit *= _UNIT_52
    return unit


def to_pair(bits: U64) -> tuple[F64, F64]:
    """Turn bits into two independent uniform numbers of 32 bits each."""
    high = (bits >> _S32).astype(np.float64)
    high += _HALF
    high *= _UNIT_32
    low = (bits & _LOW_32).astype(np.float64)
    low += _HALF
    low *= _UNIT_32
    return high, low


def _bits_of(numbers: npt.NDArray[Any]) -> U64:
    """Return whole numbers as 64 bits; those of 64 bits are looked at, not copied."""
    return numbers.view(np.uint64) if numbers.dtype.itemsize == _WORD_BYTES else numbers.astype(np.uint64)


def _counted(key: npt.NDArray[Any], k: npt.NDArray[Any] | int) -> U64:
    """Return the place on the counter before a purpose is chosen; a new array.

    (key + k * mix) * golden, multiplied out.
    """
    x = _bits_of(key) * _GOLDEN
    if isinstance(k, np.ndarray):
        return x + _bits_of(k) * _PER_K
    if k:
        x += _constant(int(k) * _MIX_1_INT * _GOLDEN_INT)
    return x


def _mix_int(x: int) -> int:
    x ^= x >> 30
    x = (x * _MIX_1_INT) & _MASK_64
    x ^= x >> 27
    x = (x * _MIX_2_INT) & _MASK_64
    return x ^ (x >> 31)


def combine(a: npt.NDArray[Any] | int, b: npt.NDArray[Any] | int) -> U64:
    """Return one 64-bit key from two, element by element."""
    left = np.atleast_1d(np.asarray(a)).astype(np.uint64)
    right = np.atleast_1d(np.asarray(b)).astype(np.uint64)
    return _mix((left + _ONE) * _GOLDEN ^ _mix(right * _MIX_2 + _GOLDEN))


class Luck:
    """All draws of one run; holds only the seed, no state."""

    __slots__ = ("_plain_seeds", "_seed_columns", "_seeds")

    def __init__(self, seed: int, purposes: type[IntEnum]) -> None:
        start = _mix_int((seed * _GOLDEN_INT + 0x2545F4914F6CDD1D) & _MASK_64)
        self._plain_seeds = {
            purpose: _mix_int((start + (int(purpose) + 1) * _GOLDEN_INT) & _MASK_64) for purpose in purposes
        }
        self._seeds = {purpose: _constant(seed) for purpose, seed in self._plain_seeds.items()}
        self._seed_columns: dict[tuple[IntEnum, ...], U64] = {}
        """The seeds of several purposes, one below the other, as first asked for."""

    def bits(self, purpose: IntEnum, key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> U64:
        """Return 64 random bits for each key; `k` counts repeated draws of the same key and purpose."""
        x = _counted(key, k)
        x += self._seeds[purpose]
        return _mix(x)

    def bits_of(self, purposes: tuple[IntEnum, ...], key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> U64:
        """Return what `bits` gives for several purposes, one row each: quicker than one by one."""
        seeds = self._seed_columns.get(purposes)
        if seeds is None:
            seeds = np.array([self._plain_seeds[purpose] for purpose in purposes], np.uint64)[:, None]
            self._seed_columns[purposes] = seeds
        return _mix(seeds + _counted(key, k))

    def uniform(self, purpose: IntEnum, key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> F64:
        """Return a uniform number in the open interval (0, 1) for each key."""
        return to_uniform(self.bits(purpose, key, k))

    def uniform_one(self, purpose: IntEnum, key: int, k: int = 0) -> float:
        """Return the number `uniform` gives this key, ten times faster than through an array of one."""
        x = ((key + k * _MIX_1_INT) * _GOLDEN_INT + self._plain_seeds[purpose]) & _MASK_64
        return ((_mix_int(x) >> 12) + 0.5) * _TO_UNIT_52

    def uniform_pair(self, purpose: IntEnum, key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> tuple[F64, F64]:
        """Return two independent uniform numbers per key at the price of one (32 bits each)."""
        return to_pair(self.bits(purpose, key, k))

    def exponential(self, purpose: IntEnum, key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> F64:
        """Return an exponential number with mean 1 for each key."""
        u = self.uniform(purpose, key, k)
        return np.negative(np.log(u, u), u)

    def normal(self, purpose: IntEnum, key: npt.NDArray[Any], k: npt.NDArray[Any] | int = 0) -> F64:
        """Return a standard normal number for each key (by inversion, so it grows with the uniform)."""
        u = self.uniform(purpose, key, k)
        return np.asarray(ndtri(u, u))

    def exponential_one(self, purpose: IntEnum, key: int, k: int = 0) -> float:
        """Return the number `exponential` gives this key."""
        return float(-np.log(self.uniform_one(purpose, key, k)))

    def normal_one(self, purpose: IntEnum, key: int, k: int = 0) -> float:
        """Return the number `normal` gives this key."""
        return float(ndtri(self.uniform_one(purpose, key, k)))
