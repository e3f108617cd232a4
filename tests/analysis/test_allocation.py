"""Aims, fronts and confirmed choices worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.analysis.allocation_aims import Aim, Budget, Judged, judge
from sim.analysis.allocation_capacity import Added, added_capacity
from sim.analysis.allocation_front import choose, front_table, letter, on_front, to_confirm
from sim.analysis.allocation_search import Search, Space
from sim.batch.matrix import compact
from sim.config.allocation import Allocation, Choice
from sim.config.loader import load_scenario
from sim.config.place import Text
from sim.config.sweep import Move
from sim.outcomes.outcome import all_outcomes


def judged(gains: Any, sek: Any = 0.0, weights: tuple[float, ...] = (1.0, 1.0)) -> Judged:
    """Return mixes from gains of shape (mixes, replications, aims)."""
    gains = np.asarray(gains, dtype=np.float64)
    used = np.broadcast_to(np.reshape(sek, (-1, 1)), gains.shape[:2]).astype(np.float64)
    ids = tuple(f"mix_{number:03d}" for number in range(len(gains)))
    return Judged(ids=ids, gains=gains, sek=used, hours=used / 2, weights=np.array(weights))


def test_gains_are_per_cent_for_the_better_and_added_capacity_is_paid_for() -> None:
    levels = {"baseline": (50.0, 20.0, 1000.0, 0.0, 0.0), "mix_000": (45.0, 22.0, 990.0, 30.0, 4000.0)}
    names = ("unmet_need_days", "days_at_home", "cost_sek", "means_cost_sek", "means_hours")
    rows = [
        (scenario, replication, "all", "all", name, "", value + replication * (name == "cost_sek"))
        for scenario, values in levels.items()
        for replication in (0, 1)
        for name, value in zip(names, values, strict=True)
    ]
    columns = ["scenario", "replication", "group_by", "group", "outcome", "unit", "value"]
    runs, registry = compact(pd.DataFrame(rows, columns=columns)), all_outcomes()
    aims = [
        Aim(id="health", weight=3.0, outcomes=(registry["unmet_need_days"], registry["days_at_home"])),
        Aim(id="cost", weight=1.0, outcomes=(registry["cost_sek"],)),
    ]
    found = judge(runs, ["mix_000"], aims, {"mix_000": Added(sek=400.0, hours=8.0)}, 200.0)
    # Ten per cent fewer days and ten per cent more at home; 10 SEK saved, 2 SEK each for what is added.
    assert found.gains[0, :, 0] == pytest.approx([10.0, 10.0])
    assert found.gains[0, :, 1] == pytest.approx([100 * 8 / 1000.5] * 2)
    assert found.scores[0] == pytest.approx((3 * 10.0 + 100 * 8 / 1000.5) / 4)
    assert found.sek[0] == pytest.approx([30 * 200 + 400] * 2) and found.hours[0] == pytest.approx([808.0] * 2)


def test_a_budget_of_both_is_kept_in_both_and_one_of_nothing_allows_nothing() -> None:
    sek, hours = np.array([0.0, 5.0, 20.0]), np.array([0.0, 9.0, 1.0])
    assert Budget(sek=10.0, hours=8.0).allows(sek, hours).tolist() == [True, False, False]
    assert Budget(sek=10.0).over(sek, hours).tolist() == [[-1.0, -0.5, 1.0]]
    assert Budget(sek=0.0).allows(sek, hours).tolist() == [True, False, False]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine every draw is slow
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=12))
def test_the_front_holds_whom_nobody_dominates_and_somebody_is_on_it(points: list[tuple[int, ...]]) -> None:
    gains = np.array(points, dtype=np.float64)
    found = on_front(gains)
    beaten = [any((b >= a).all() and (b > a).any() for b in gains) for a in gains]
    assert (found == ~np.array(beaten)).all() and found.any()


def test_confirmed_are_the_best_by_weight_and_by_aim_then_the_front_then_who_was_close() -> None:
    searched = judged([[[5, 5]], [[9, 0]], [[0, 9]], [[5.5, 4]], [[4.9, 4.9]], [[20, 20]], [[1, 1]]])
    within = np.array([True] * 5 + [False, True])
    assert to_confirm(searched, within, 10) == [0, 1, 2, 3, 4, 6]
    assert to_confirm(searched, within, 3) == [0, 1, 2]
    assert to_confirm(searched, np.zeros(7, np.bool_), 3) == []


def test_a_choice_is_checked_by_runs_that_had_no_part_in_it() -> None:
    # The first is the best of both runs together; chosen by either one alone, the other one says 0.
    found = choose(judged([[[3, 3], [1, 1]], [[0, 0], [3.5, 3.5]]]), np.array([True, True]), np.array([1.0, 9.0]))
    assert (found.best, found.searched_best) == (0, 1)
    assert found.checked_score == pytest.approx((0.0 + 1.0) / 2)
    nothing = choose(judged([[[3, 3]]]), np.array([False]), np.array([1.0]))
    assert nothing.best is None and np.isnan(nothing.checked_score)


def test_the_table_says_who_leads_who_is_not_told_apart_and_who_is_out() -> None:
    rng = np.random.default_rng(1)
    runs = 12
    common, noise = rng.normal(0, 1, (runs, 1)), rng.normal(0, 0.1, (runs, 2))
    base = np.array([2.0, 2.0]) + common
    gains = [base, base + noise - 0.02, base - 1.5 + noise, base + 5.0, np.zeros((runs, 2))]
    sek = [10.0, 9.0, 8.0, 99.0, 0.0]
    table, chosen = front_table(
        judged(gains, sek), Budget(sek=10.0), np.array([2.5, 2.0, 0.5, 7.0, 0.0]), list("abcde"), ["health", "cost"],
        "mix_004", of_next_run=False,
    )  # fmt: skip
    by = table.set_index("title")
    assert by.index[-1] == "d" and not by.loc["d", "within_budget"] and not by.loc["d", "on_front"]
    assert chosen.best in (0, 1) and by["best"].sum() == 1 and by.iloc[0]["best"] and by.iloc[0]["label"] == "A"
    assert by.loc["c", "clearly_behind"] and not by.loc[["a", "b"], "clearly_behind"].any()
    assert by.loc["c", "behind"] == pytest.approx(1.5, abs=0.15)
    assert by["share_best"].sum() == pytest.approx(1.0) and by.loc["c", "share_best"] == 0.0
    assert by.loc["a", "optimism"] == pytest.approx(2.5 - by.loc["a", "score"])
    assert by.loc["e", "is_today"] and by.loc["e", ["health", "cost", "score"]].tolist() == [0.0, 0.0, 0.0]
    # With parameters that differ from run to run an interval holds one more run, so it is wider.
    wider, _ = front_table(
        judged(gains, sek), Budget(sek=10.0), np.zeros(5), list("abcde"), ["health", "cost"], None, of_next_run=True
    )
    widths = [one.set_index("title").eval("score_high - score_low")["a"] for one in (table, wider)]
    assert widths[1] > 2 * widths[0]


def test_with_one_run_there_are_no_intervals_and_no_shares() -> None:
    table, _ = front_table(
        judged([[[1, 2]], [[2, 1]]]), Budget(), np.zeros(2), ["a", "b"], ["x", "y"], None, of_next_run=False
    )
    assert table[["score_low", "share_on_front", "share_best", "behind_low"]].isna().all().all()
    assert table["on_front"].all() and not table["clearly_behind"].any()


def test_letters_go_on_after_z() -> None:
    assert [letter(place) for place in (0, 25, 26)] == ["A", "Z", "A1"]


def test_a_search_asks_the_same_again_and_nothing_twice_until_all_is_tried() -> None:
    def asked(seed: int) -> list[list[tuple[int, ...]]]:
        space = Space(levels=(2, 3, 2), objectives=1, limits=0, meaningful=lambda mix: tuple(int(one) for one in mix))
        search, found = Search(space, population=5, seed=seed, starts=[(1, 2, 1)]), []
        while mixes := search.ask():
            found.append(mixes)
            search.tell(np.array(mixes, np.float64).sum(axis=1, keepdims=True), np.zeros((0, len(mixes))))
        return found

    first, again, other = asked(1), asked(1), asked(2)
    assert first == again != other and first[0][0] == (1, 2, 1)
    everything = [mix for mixes in first for mix in mixes]
    assert len(everything) == len(set(everything)) == 12


def capacity(name: str, part: str | None, price: float | None) -> Choice:
    move = Move(name=name, part=part, along=("more",), times=True)
    title = Text(en="more", sv="mer")
    return Choice(id="more", title=title, move=move, values=(1.0, 1.5), price_sek=price)


def allocation(choice: Choice) -> Allocation:
    text = Text(en="one", sv="en")
    return Allocation(
        id="one",
        title=text,
        summary=text,
        source="me",
        assumptions=text,
        scenario="all_four",
        choices=(choice,),
        aims=(),
    )


def test_added_staff_and_places_cost_their_whole_year(library: Any) -> None:
    place = load_scenario("baseline").place
    prices = place.prices
    month = prices.salary_sek_per_month["general_practitioner"].value * prices.employer_cost_factor.value
    hour = month / prices.worked_hours_per_month.value * (1 + prices.overhead_share.value)
    staff = capacity("place.staff", "general_practitioner", None)
    found = added_capacity(allocation(staff), place, (1,))
    # Two more full-time physicians beside four, 40 hours a week each.
    assert found.hours == pytest.approx(2 * 40 * 365 / 7) and found.sek == pytest.approx(found.hours * hour)
    fixed = added_capacity(allocation(capacity("place.staff", "general_practitioner", 1e6)), place, (1,))
    assert fixed.sek == pytest.approx(2e6) and fixed.hours == found.hours
    beds = sum(unit.places.value for unit in place.units if unit.kind == "ward" and unit.places is not None)
    more = added_capacity(allocation(capacity("place.beds", None, None)), place, (1,))
    assert more.sek == pytest.approx(0.5 * beds * 365 * prices.bed_day_sek.value) and more.hours == 0.0
    assert added_capacity(allocation(staff), place, (0,)) == Added()


def test_settings_of_means_that_are_off_make_no_difference() -> None:
    from sim.config.allocation_file import find_allocation, read_allocation

    one = read_allocation(Path(find_allocation("four_means")))
    off, on = list(one.today), list(one.today)
    place = next(i for i, choice in enumerate(one.choices) if choice.id == "in_teams")
    off[place] = 2
    on[place], on[[choice.id for choice in one.choices].index("team_meeting")] = 2, 1
    assert one.meaningful(off) == one.today and one.meaningful(on) == tuple(on)
    assert one.chosen(one.today)["in_teams"] is None and one.chosen(tuple(on))["in_teams"] == 180.0
