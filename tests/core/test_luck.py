"""Hold the counter-based draws to what a good generator promises: uniform, independent, and personal."""

from __future__ import annotations

from enum import IntEnum
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.core import luck as luck_module
from sim.core.luck import Luck, combine


class Purpose(IntEnum):
    NEED = 0
    DELAY = 1
    LOSS = 2
    VISIT = 3


PEOPLE = np.arange(100_000)
LUCK = Luck(20_240, Purpose)
ALPHA = 1e-4
"""Chance of a single false alarm per test; the seeds are fixed, so a pass stays a pass."""

keys = st.integers(min_value=0, max_value=2**63 - 1)
seeds = st.integers(min_value=0, max_value=2**63 - 1)


def correlation_z(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> float:
    """Return the correlation in standard errors."""
    return float(np.corrcoef(a, b)[0, 1] * np.sqrt(len(a)))


def bits_of(words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int8]:
    """Return one row per word, one column per bit."""
    return ((words[:, None] >> np.arange(64, dtype=np.uint64)) & np.uint64(1)).astype(np.int8)


# Uniformity


@pytest.mark.parametrize("seed", [0, 1, 2, 2**40])
@pytest.mark.parametrize("k", [0, 1, 365])
def test_uniform_fills_cells_evenly_and_follows_the_straight_line(seed: int, k: int) -> None:
    u = Luck(seed, Purpose).uniform(Purpose.NEED, PEOPLE, k)
    cells = np.bincount((u * 1000).astype(int), minlength=1000)
    assert stats.chisquare(cells).pvalue > ALPHA
    assert stats.kstest(u, "uniform").pvalue > ALPHA


def test_uniform_over_repeated_draws_of_one_person() -> None:
    u = LUCK.uniform(Purpose.NEED, np.full(100_000, 17), np.arange(100_000))
    assert stats.kstest(u, "uniform").pvalue > ALPHA
    assert abs(correlation_z(u[:-1], u[1:])) < 4


def test_neighbouring_people_fill_the_square_and_the_cube_evenly() -> None:
    """Linear generators fail here: successive numbers lie on few planes."""
    u = LUCK.uniform(Purpose.DELAY, PEOPLE)
    cells = (u * 20).astype(int)
    square = np.bincount(cells[:-1:2] * 20 + cells[1::2], minlength=400)
    assert stats.chisquare(square).pvalue > ALPHA
    triples = cells[: len(cells) // 3 * 3].reshape(-1, 3)
    cube = np.bincount(triples @ [400, 20, 1], minlength=8000)
    assert stats.chisquare(cube).pvalue > ALPHA


def test_every_bit_is_fair_and_unrelated_to_every_other() -> None:
    bits = bits_of(LUCK.bits(Purpose.NEED, PEOPLE[:50_000])).astype(np.float64)
    n = len(bits)
    assert np.abs(bits.mean(axis=0) - 0.5).max() < 4.5 * 0.5 / np.sqrt(n)
    related = np.corrcoef(bits, rowvar=False) - np.eye(64)
    assert np.abs(related).max() * np.sqrt(n) < 5.0  # the largest of 2,016
    neighbours = np.corrcoef(bits[:-1], bits[1:], rowvar=False)[:64, 64:]
    assert np.abs(neighbours).max() * np.sqrt(n) < 5.2  # the largest of 4,096


def test_runs_up_and_down_have_the_length_of_chance() -> None:
    u = LUCK.uniform(Purpose.LOSS, PEOPLE)
    above = u > 0.5
    runs = 1 + np.count_nonzero(above[1:] != above[:-1])
    expected, sd = len(u) / 2 + 0.5, np.sqrt(len(u)) / 2
    assert abs(runs - expected) < 4 * sd


@pytest.mark.parametrize("bit", range(0, 64, 3))
def test_one_changed_input_bit_changes_half_of_the_output(bit: int) -> None:
    before = LUCK.bits(Purpose.NEED, PEOPLE[:10_000])
    after = LUCK.bits(Purpose.NEED, PEOPLE[:10_000].astype(np.uint64) ^ np.uint64(1 << bit))
    flipped = bits_of(before ^ after).mean(axis=0)
    assert np.abs(flipped - 0.5).max() < 5 * 0.5 / np.sqrt(10_000)


# Independence


def test_people_purposes_repeats_and_seeds_are_uncorrelated() -> None:
    base = LUCK.uniform(Purpose.NEED, PEOPLE)
    others = {
        **{f"lag {lag}": LUCK.uniform(Purpose.NEED, PEOPLE + lag) for lag in (1, 2, 7, 64, 1000, 65_536)},
        **{f"k {k}": LUCK.uniform(Purpose.NEED, PEOPLE, k) for k in (1, 2, 3, 100, 4096)},
        **{f"purpose {p.name}": LUCK.uniform(p, PEOPLE) for p in list(Purpose)[1:]},
        **{f"seed {s}": Luck(s, Purpose).uniform(Purpose.NEED, PEOPLE) for s in (20_241, 20_242, 0, 1)},
    }
    for (name, one), (other_name, other) in combinations({"base": base, **others}.items(), 2):
        if name.startswith("lag") and other_name.startswith("lag"):
            continue  # shifts of one another by construction
        assert abs(correlation_z(one, other)) < 4.5, (name, other_name)


def test_pairs_over_purposes_and_repeats_fill_the_square() -> None:
    """Correlation sees straight lines only; cells see any dependence."""
    u = LUCK.uniform(Purpose.NEED, PEOPLE)
    for other in (LUCK.uniform(Purpose.DELAY, PEOPLE), LUCK.uniform(Purpose.NEED, PEOPLE, 1)):
        cells = np.bincount((u * 20).astype(int) * 20 + (other * 20).astype(int), minlength=400)
        assert stats.chisquare(cells).pvalue > ALPHA


def test_the_two_halves_of_a_pair_are_uniform_and_independent() -> None:
    first, second = LUCK.uniform_pair(Purpose.VISIT, PEOPLE)
    for u in (first, second):
        assert stats.kstest(u, "uniform").pvalue > ALPHA
    assert abs(correlation_z(first, second)) < 4
    assert abs(correlation_z(first[:-1], second[1:])) < 4


def test_no_two_people_share_a_draw() -> None:
    grid = LUCK.bits(Purpose.NEED, PEOPLE[:2000, None], np.arange(500))
    assert grid.shape == (2000, 500)
    assert len(np.unique(grid)) == grid.size


def test_purpose_seeds_never_collide() -> None:
    many = IntEnum("many", {f"P{i}": i for i in range(200)})  # type: ignore[misc]  # made for the test
    found = {int(offset) for seed in range(200) for offset in Luck(seed, many)._seeds.values()}
    assert len(found) == 200 * 200


def test_combined_keys_are_distinct_ordered_and_uniform() -> None:
    left, right = (part.ravel() for part in np.meshgrid(np.arange(1000), np.arange(1000)))
    combined = combine(left, right)
    assert len(np.unique(combined)) == 1_000_000
    assert np.mean(combined == combine(right, left)) < 0.002  # only the diagonal
    assert stats.kstest(combined[::7] / 2.0**64, "uniform").pvalue > ALPHA
    assert combine(3, 4)[0] == combine(np.array([3]), np.array([4]))[0]


# Moments


def test_exponential_has_the_moments_and_shape_of_an_exponential() -> None:
    x = LUCK.exponential(Purpose.DELAY, PEOPLE)
    n = len(x)
    assert abs(x.mean() - 1) < 4 / np.sqrt(n)
    assert abs(x.var() - 1) < 4 * np.sqrt(8 / n)
    assert stats.kstest(x, "expon").pvalue > ALPHA


def test_normal_has_the_moments_and_shape_of_a_normal() -> None:
    z = LUCK.normal(Purpose.VISIT, PEOPLE)
    n = len(z)
    assert abs(z.mean()) < 4 / np.sqrt(n)
    assert abs(z.var() - 1) < 4 * np.sqrt(2 / n)
    assert abs((z**3).mean()) < 4 * np.sqrt(15 / n)
    assert abs((z**4).mean() - 3) < 4 * np.sqrt(96 / n)
    assert stats.kstest(z, "norm").pvalue > ALPHA
    assert abs(correlation_z(z[:-1], z[1:])) < 4


# Properties


def key_of(word: int, seeded: Luck) -> npt.NDArray[np.uint64]:
    """Return the key whose 64 bits are `word`: the generator run backwards."""
    mask = 2**64 - 1

    def unshift(x: int, by: int) -> int:
        y = x
        for _ in range(64 // by + 1):
            y = x ^ (y >> by)
        return y

    x = unshift(word, 31) * pow(0x94D049BB133111EB, -1, 2**64) & mask
    x = unshift(x, 27) * pow(0xBF58476D1CE4E5B9, -1, 2**64) & mask
    x = unshift(x, 30)
    offset = int(seeded._seeds[Purpose.NEED])
    return np.array([(x - offset) * pow(0x9E3779B97F4A7C15, -1, 2**64) & mask], np.uint64)


@pytest.mark.parametrize("word", [0, 1, 2**63, 2**64 - 1])
def test_extreme_bits_stay_strictly_inside_the_unit_interval(word: int) -> None:
    key = key_of(word, LUCK)
    assert int(LUCK.bits(Purpose.NEED, key)[0]) == word
    for u in (LUCK.uniform(Purpose.NEED, key), *LUCK.uniform_pair(Purpose.NEED, key)):
        assert 0.0 < u[0] < 1.0
    assert np.isfinite(LUCK.exponential(Purpose.NEED, key))[0]
    assert LUCK.exponential(Purpose.NEED, key)[0] > 0
    assert np.isfinite(LUCK.normal(Purpose.NEED, key))[0]


@given(st.lists(keys, min_size=1, max_size=50), st.integers(0, 2**31), seeds, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_same_person_same_draw_in_whatever_array(people: list[int], k: int, seed: int, random) -> None:
    together = Luck(seed, Purpose).uniform(Purpose.NEED, np.array(people), k)
    order = list(range(len(people)))
    random.shuffle(order)
    shuffled = Luck(seed, Purpose).uniform(Purpose.NEED, np.array(people)[order], k)
    assert np.array_equal(together[order], shuffled)
    one_by_one = [Luck(seed, Purpose).uniform(Purpose.NEED, np.array([p]), k)[0] for p in people]
    assert together.tolist() == one_by_one


@given(keys, st.integers(0, 2**31), seeds)
@settings(max_examples=50, deadline=None)
def test_k_as_number_and_as_array_agree_and_arguments_are_left_alone(key: int, k: int, seed: int) -> None:
    people, ks = np.array([key, key]), np.array([k, k + 1])
    drawn = Luck(seed, Purpose)
    expected = [int(drawn.bits(Purpose.LOSS, people[:1], k + i)[0]) for i in range(2)]
    assert drawn.bits(Purpose.LOSS, people, ks).tolist() == expected
    assert people.tolist() == [key, key] and ks.tolist() == [k, k + 1]


@given(st.lists(keys, min_size=1, max_size=20), st.integers(0, 2**31), seeds)
@settings(max_examples=100, deadline=None)
def test_a_single_draw_is_the_one_in_the_array(people: list[int], k: int, seed: int) -> None:
    drawn, array = Luck(seed, Purpose), np.array(people)
    for many, one in (
        (drawn.uniform, drawn.uniform_one),
        (drawn.exponential, drawn.exponential_one),
        (drawn.normal, drawn.normal_one),
    ):
        assert many(Purpose.LOSS, array, k).tolist() == [one(Purpose.LOSS, person, k) for person in people]


@given(keys, seeds)
@settings(max_examples=50, deadline=None)
def test_the_width_of_the_index_does_not_matter(key: int, seed: int) -> None:
    small = key % 30_000
    drawn = Luck(seed, Purpose)
    values = {
        float(drawn.uniform(Purpose.NEED, np.array([small], dtype))[0])
        for dtype in (np.int16, np.int32, np.int64, np.uint64)
    }
    assert len(values) == 1


@given(keys, seeds)
@settings(max_examples=50, deadline=None)
def test_seeds_purposes_and_repeats_each_change_the_draw(key: int, seed: int) -> None:
    person = np.array([key])
    drawn = Luck(seed, Purpose)
    first = drawn.bits(Purpose.NEED, person)[0]
    assert first != drawn.bits(Purpose.DELAY, person)[0]
    assert first != drawn.bits(Purpose.NEED, person, 1)[0]
    assert first != Luck(seed + 1, Purpose).bits(Purpose.NEED, person)[0]


def test_the_draws_are_the_published_mixing_function() -> None:
    """SplitMix64 by its own definition (Steele, Lea & Flood 2014), in plain integers."""
    offset = int(LUCK._seeds[Purpose.NEED])
    for person in (0, 1, 59_000):
        x = (person * 0x9E3779B97F4A7C15 + offset) % 2**64
        assert int(LUCK.bits(Purpose.NEED, np.array([person]))[0]) == luck_module._mix_int(x)
