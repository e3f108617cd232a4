"""A small fit to data made from known parameters finds them; the full count is the benchmark's."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.synthetic_truth import TOY_DIMENSIONS, counts, made_aims, recover, toy


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    names = [f"output_{place}" for place in range(8)]
    truths = [np.random.default_rng(seed).random(TOY_DIMENSIONS) for seed in (1, 2, 3)]
    tables = [
        recover(toy, truth, names, waves=2, runs=60, sample=256, sd=0.08, seed=seed)
        for seed, truth in enumerate(truths, start=1)
    ]
    return pd.concat(tables, ignore_index=True)


def test_the_truth_is_kept_and_held_by_most_intervals(found: pd.DataFrame) -> None:
    result = counts(found)
    assert result.kept == result.data_sets == 3
    assert result.identified_cases >= 8
    assert result.identified_held >= 0.7 * result.identified_cases
    assert (found["share_left"] < 0.2).all()


def test_only_what_the_data_tell_is_called_identified(found: pd.DataFrame) -> None:
    by_parameter = found.groupby("parameter")["identified"].sum()
    assert by_parameter[["0", "3"]].min() >= 2
    assert by_parameter[["6", "7"]].max() == 0
    assert found["pairs"].str.contains("4-5").sum() > len(found) / 2


def test_counting_by_hand() -> None:
    table = pd.DataFrame(
        {
            "data_set": [1, 1, 2, 2],
            "parameter": ["0", "1", "0", "1"],
            "kept": [True, True, False, False],
            "identified": [True, False, True, pd.NA],
            "holds": [True, True, False, pd.NA],
        }
    )
    result = counts(table)
    assert (result.data_sets, result.kept, result.identified_cases, result.identified_held) == (2, 1, 2, 1)


def test_made_data_scatter_as_the_aims_say() -> None:
    names = [str(place) for place in range(4000)]
    aims = made_aims(np.zeros(4000), names, observation_sd=0.3, discrepancy_sd=0.4, seed=1)
    assert np.std([aim.value for aim in aims]) == pytest.approx(0.5, rel=0.05)
    assert aims[0].observation_variance + aims[0].discrepancy_variance == pytest.approx(0.25)
