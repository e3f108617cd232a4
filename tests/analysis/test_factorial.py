"""Effects, fair parts and smallest sets on tables small enough to work out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sim.analysis import joint
from sim.analysis.design import two_level_design
from sim.analysis.factorial import cell_values, effect_table, interaction_table, interactions, main_effects
from sim.analysis.sets import best_sets
from sim.analysis.shapley import shapley_parts, values_of_pairs
from sim.outcomes.outcome import Outcome

DAYS = Outcome(id="days", aim="health", better="lower", unit="days", label_en="Days", label_sv="Dagar", meaning="days")
NAMES = [f"m{number:02d}" for number in range(12)]


def game(design, main, pairs=(), luck=(0.0, 0.0), level=100.0):
    """Values of every run: level + luck + what is on + what pairs add."""
    value = level + design.on @ np.array(main, float)
    for i, j, both in pairs:
        value = value + both * (design.on[:, i] & design.on[:, j])
    return value[:, None] + np.array(luck)[None, :]


def test_an_additive_game_has_no_interactions_and_fair_parts_equal_main_effects() -> None:
    design = two_level_design(["a", "b", "c"])
    values = game(design, [-4, 2, 0], luck=(0.0, 7.0, -3.0))
    assert main_effects(values, design) == pytest.approx(np.array([[-4] * 3, [2] * 3, [0] * 3]))
    assert interactions(values, design) == pytest.approx(np.zeros((3, 3)))
    assert shapley_parts(values) == pytest.approx(main_effects(values, design))


def test_a_known_interaction_is_found_with_the_effect_of_each_with_and_without_the_other() -> None:
    # a alone -4, b alone -6, together only -5: the second one takes back what the first one gave.
    design = two_level_design(["a", "b"])
    values = np.array([[10.0, 20.0], [6.0, 16.0], [4.0, 14.0], [5.0, 15.0]])
    row = interaction_table(values, design, DAYS).iloc[0]
    assert (row["first"], row["second"], row["mean"], row["low"], row["high"], row["n"]) == ("a", "b", 5, 5, 5, 2)
    assert (row["first_without_second"], row["first_with_second"]) == (-4, 1)
    assert (row["second_without_first"], row["second_with_first"]) == (-6, -1)
    effects = effect_table(values, design, DAYS).set_index("means")
    assert effects["mean"].tolist() == [-1.5, -3.5]
    assert effects["mixed_with"].tolist() == ["", ""]
    # Joint -5: a adds -4 first, +1 last; b adds -6 first, -1 last.
    assert shapley_parts(values)[:, 0] == pytest.approx([-1.5, -3.5])


def test_intervals_come_from_replications_and_one_replication_has_none() -> None:
    design = two_level_design(["a"])
    row = effect_table(np.array([[10.0, 20.0, 30.0], [11.0, 22.0, 33.0]]), design, DAYS).iloc[0]
    assert row["mean"] == pytest.approx(2.0)
    assert row["high"] - row["mean"] == pytest.approx(4.302653 / np.sqrt(3))  # t with 2 degrees of freedom, sd 1
    assert np.isnan(effect_table(np.array([[10.0], [11.0]]), design, DAYS).iloc[0]["low"])


def test_fair_parts_of_the_glove_game() -> None:
    # One left glove (player 0) and two right ones: only a pair has a value. Shapley 2/3, 1/6, 1/6.
    values = np.array([[0, 0, 0, 1, 0, 1, 0, 1]], float).T
    assert shapley_parts(values)[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])
    with pytest.raises(ValueError, match="2\\^k"):
        shapley_parts(values[:6])


@pytest.mark.parametrize("count", [4, 8])
def test_a_fraction_of_resolution_five_recovers_main_effects_and_pairs(count: int) -> None:
    design = two_level_design(NAMES[:count])
    alone = [-3, 1, 0, 2, 5, 0, -1, 4][:count]
    values = game(design, alone, [(0, 1, 2.0), (2, 3, -6.0)], luck=(0.0, 50.0))
    main = main_effects(values, design)[:, 0]
    assert main[:4] == pytest.approx([-3 + 1, 1 + 1, 0 - 3, 2 - 3])
    pairs = interaction_table(values, design, DAYS).set_index(["first", "second"])["mean"]
    assert pairs["m00", "m01"] == pytest.approx(2.0) and pairs["m02", "m03"] == pytest.approx(-6.0)
    assert pairs.drop([("m00", "m01"), ("m02", "m03")]).to_numpy() == pytest.approx(0.0)
    sets = values_of_pairs(main_effects(values, design), interactions(values, design))[:, 0]
    assert sets[0b1111] == pytest.approx(-3 + 1 + 0 + 2 + 2 - 6)
    assert sets[0b0101] == pytest.approx(-3 + 0)
    assert shapley_parts(sets[:, None])[:, 0] == pytest.approx(main)


def test_a_fraction_of_resolution_four_gives_the_sum_of_mixed_pairs_and_names_them() -> None:
    design = two_level_design(NAMES[:8], 4)
    values = game(design, [0] * 8, [(0, 1, 3.0)])
    table = interaction_table(values, design, DAYS).set_index(["first", "second"])
    mixed = table.loc[("m00", "m01"), "mixed_with"].split("; ")
    assert len(mixed) == 3
    for other in mixed:
        assert table.loc[tuple(other.split(" x ")), "mean"] == pytest.approx(3.0)
    assert joint.method_of(design) == joint.MAIN
    assert effect_table(values, design, DAYS)["mean"].tolist() == pytest.approx([1.5, 1.5, *[0.0] * 6])


def test_the_joint_effect_beside_the_sum_of_each_alone() -> None:
    design = two_level_design(["a", "b"])
    values = game(design, [-4, -6], [(0, 1, 5.0)], luck=(0.0, 1.0), level=50.0)
    row = joint.joint_table(values, design, values[3], DAYS).iloc[0]
    assert (row["mean"], row["sum_alone"], row["interplay"], row["predicted"]) == pytest.approx((-5, -10, 5, -5))
    assert (row["interplay_low"], row["n"], row["baseline_mean"], row["method"]) == (5, 2, 50.5, joint.EXACT)


def test_a_fraction_says_how_far_its_model_misses_what_all_together_gave() -> None:
    design = two_level_design(NAMES[:7])
    values = game(design, [1] * 7, luck=(0.0, 0.0))
    row = joint.joint_table(values, design, values[0] + 10.0, DAYS).iloc[0]
    assert (row["mean"], row["predicted"], row["sum_alone"], row["method"]) == (10, pytest.approx(7), 7, joint.PAIRS)


def test_shares_are_given_only_where_the_joint_effect_is_clear() -> None:
    design = two_level_design(["a", "b"])
    clear = joint.shapley_table(v := game(design, [-1, -3]), design, v[3], DAYS)
    assert clear["share"].tolist() == pytest.approx([0.25, 0.75])
    noisy = v + np.array([[0, 0], [9, -9], [9, -9], [9, -9]])
    unclear = joint.shapley_table(noisy, design, noisy[3], DAYS)
    assert unclear["share"].isna().all()
    assert unclear["mean"].sum() == pytest.approx(-4.0)


def test_the_smallest_set_that_reaches_a_share_and_what_cannot_be_told_from_it() -> None:
    design = two_level_design(["a", "b", "c"])
    table = best_sets(game(design, [-8, -1, -1]), design.factors, DAYS, reach=0.8)
    assert table["means"].tolist()[0] == "a" and table["means"].tolist()[2] == "a+b+c"
    assert table["share_of_joint"].tolist() == pytest.approx([0.8, 0.9, 1.0])
    assert table["smallest"].tolist() == [True, False, False]
    assert table["not_told_apart"].tolist() == ["", "a+c", ""]
    harder = best_sets(game(design, [-8, -1, -1]), design.factors, DAYS, reach=0.85)
    assert harder["smallest"].tolist() == [False, True, False]


def test_a_smaller_set_may_do_more_than_all_together() -> None:
    design = two_level_design(["a", "b"])
    table = best_sets(game(design, [-10, 2]), design.factors, DAYS, reach=0.8)
    assert table["share_of_joint"].tolist() == pytest.approx([1.25, 1.0])


def test_cells_are_taken_in_the_order_asked_and_only_whole_replications() -> None:
    rows = [
        (scenario, replication, "all", "days", 10.0 * replication + place)
        for place, scenario in enumerate(["baseline", "a", "b", "a+b"])
        for replication in range(3)
        if (scenario, replication) != ("b", 1)
    ]
    table = pd.DataFrame(rows, columns=["scenario", "replication", "group_by", "outcome", "value"])
    extra = table.assign(group_by="need_group", value=-1.0)
    found = cell_values(pd.concat([extra, table[::-1]]), ["baseline", "a", "b", "a+b"], "days")
    assert found.tolist() == [[0.0, 20.0], [1.0, 21.0], [2.0, 22.0], [3.0, 23.0]]


def test_with_parameter_sets_effects_shares_and_sets_have_the_interval_of_one_more_set() -> None:
    design = two_level_design(["a", "b"])
    random = np.random.default_rng(2)
    values = game(design, [-1, -3], luck=[0.0] * 6) + random.normal(0.0, 0.3, (4, 6))
    made = {
        wide: [
            effect_table(values, design, DAYS, of_next_run=wide),
            interaction_table(values, design, DAYS, of_next_run=wide),
            joint.joint_table(values, design, values[3], DAYS, of_next_run=wide),
            joint.shapley_table(values, design, values[3], DAYS, of_next_run=wide),
            joint.set_table(values, design, DAYS, 0.8, of_next_run=wide),
        ]
        for wide in (False, True)
    }
    for usual, wide in zip(made[False], made[True], strict=True):
        assert wide["mean"].tolist() == usual["mean"].tolist()
        assert (wide["high"] - wide["low"]).tolist() == pytest.approx(
            (np.sqrt(7.0) * (usual["high"] - usual["low"])).tolist()
        )
