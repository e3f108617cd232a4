"""Which means are on in which run, and what a fraction cannot tell apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from sim.analysis.design import RESOLUTIONS, mixed_effects, resolution_of, two_level_design

NAMES = [f"m{number:02d}" for number in range(40)]


def test_a_full_design_runs_every_combination_with_nothing_on_first() -> None:
    design = two_level_design(["a", "b", "c"])
    assert design.on.astype(int).tolist() == [
        [0, 0, 0],
        [1, 0, 0],
        [0, 1, 0],
        [1, 1, 0],
        [0, 0, 1],
        [1, 0, 1],
        [0, 1, 1],
        [1, 1, 1],
    ]
    assert design.names(5) == ("a", "c")
    assert (design.is_full, design.all_on, resolution_of(design), mixed_effects(design)) == (True, 7, None, [])


@pytest.mark.parametrize(
    ("count", "resolution", "runs"),
    [(6, 5, 64), (7, 5, 64), (8, 5, 64), (9, 5, 128), (11, 5, 128), (17, 5, 256), (8, 4, 16), (16, 4, 32), (32, 4, 64)],
)
def test_size_and_resolution_of_designs(count: int, resolution: int, runs: int) -> None:
    design = two_level_design(NAMES[:count], resolution)
    assert design.on.shape == (runs, count)
    assert not design.on[0].any()
    assert len(np.unique(design.on, axis=0)) == runs
    assert (resolution_of(design) or 99) >= resolution


@pytest.mark.parametrize("resolution", RESOLUTIONS)
@pytest.mark.parametrize("count", [7, 9, 12])
def test_what_is_said_to_be_mixed_is_mixed_and_nothing_else(count: int, resolution: int) -> None:
    design = two_level_design(NAMES[:count], resolution)
    signs = np.where(design.on, 1, -1)
    effects = [effect for size in (1, 2) for effect in combinations(range(count), size)]
    columns = {effect: signs[:, effect].prod(axis=1) for effect in effects}
    assert all(column.sum() == 0 for column in columns.values())
    same = {frozenset(pair) for pair in combinations(effects, 2) if abs(columns[pair[0]] @ columns[pair[1]])}
    said = {frozenset(pair) for group in mixed_effects(design) for pair in combinations(group, 2)}
    assert said == same
    assert bool(said) == (resolution == 4)
    assert all(len(effect) == 2 for group in mixed_effects(design) for effect in group)


def test_a_fraction_that_mixes_a_main_effect_with_a_pair_says_so() -> None:
    from dataclasses import replace

    full = two_level_design(["a", "b", "c"])
    half = replace(
        full, columns=(1, 2, 3), on=full.on[:4] ^ np.array([[0, 0, 0], [0, 0, 1], [0, 0, 1], [0, 0, 0]], bool)
    )
    assert resolution_of(half) == 3
    assert ((0,), (1, 2)) in mixed_effects(half)


@pytest.mark.parametrize(("names", "resolution"), [([], 5), (["a", "a"], 5), (NAMES[:7], 3), ([*NAMES, "one_more"], 4)])
def test_a_design_that_cannot_be_is_refused(names: list[str], resolution: int) -> None:
    with pytest.raises(ValueError, match=r"factor|resolution"):
        two_level_design(names, resolution)
