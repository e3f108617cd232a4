"""Patterns of use over people and time, worked out by hand on small logs."""

import numpy as np
import pytest
from build_observation import GP, observe
from hypothesis import given
from hypothesis import strategies as st

from sim.core.vocabulary import StayEvent
from sim.outcomes.patterns import CONTACTS, STAYS, UNITS, gini, highest, patterns, still_high

YEAR = 365.0


def visits(*moments):
    return sorted(
        ({"time_days": float(day), "person": person} for person, days in moments for day in days),
        key=lambda row: row["time_days"],
    )


def stays(*moments):
    return [
        {"time_days": float(day), "person": person, "stay": stay, "event": event}
        for stay, (person, start) in enumerate(sorted(moments, key=lambda one: one[1]))
        for day, event in ((start, StayEvent.ADMITTED), (start + 0.5, StayEvent.DISCHARGED))
    ]


def table(observation):
    found = patterns(observation)
    assert not found.duplicated(["pattern", "group"]).any()
    return {(row.pattern, row.group): row.value for row in found.itertuples()}


def test_stays_are_counted_per_year_and_averaged_over_years() -> None:
    # Year 1: one person with 0, 1, 2 and 4 stays each; year 2: nobody has any.
    seen = table(
        observe(4, end_days=2 * YEAR, stays=stays((1, 5), (2, 10), (2, 20), (3, 30), (3, 40), (3, 50), (3, 60)))
    )
    assert [seen["stays_a_year", name] for name in STAYS] == pytest.approx([0.625, 0.125, 0.125, 0.125])


def test_the_dead_are_not_asked_in_the_years_after() -> None:
    deaths = [{"time_days": 100.0, "person": 0}]
    seen = table(observe(2, end_days=2 * YEAR, deaths=deaths, stays=stays((0, 5))))
    # Year 1: one of two has a stay; year 2: the one left has none.
    assert seen["stays_a_year", "1"] == pytest.approx(0.25)
    assert seen["stays_a_year", "0"] == pytest.approx(0.75)


def test_contacts_fall_into_their_steps() -> None:
    contacts = [{"time_days": 1.0 + i / 10, "person": 0, "station": GP} for i in range(9)]
    contacts += [{"time_days": 2.0 + i / 10, "person": 1, "station": GP} for i in range(10)]
    seen = table(observe(4, contacts=contacts))
    expected = {"0": 0.5, "5-9": 0.25, "10-19": 0.25}
    assert [seen["contacts_a_year", name] for name in CONTACTS] == [expected.get(name, 0.0) for name in CONTACTS]


def test_who_came_often_and_still_does_the_same_half_year_a_year_later() -> None:
    # Three frequent visitors in the first half-year: one again a year later, one less, one dead by then.
    often = ((0, (1, 2, 3, 370, 371, 372)), (1, (1, 2, 3, 370, 371)), (2, (1, 2, 3)))
    deaths = [{"time_days": 300.0, "person": 2}]
    seen = table(observe(5, end_days=2 * YEAR, ed_arrivals=visits(*often), deaths=deaths))
    assert seen["frequent_ed_still", "all"] == pytest.approx(0.5)


def test_the_fall_after_a_bad_half_year_is_of_those_alone_and_allows_for_deaths() -> None:
    # Person 0: 4 visits, then 1. Person 1 came twice: not frequent. Half-years of 182.5 days.
    seen = table(observe(2, end_days=YEAR, ed_arrivals=visits((0, (1, 2, 3, 4, 200)), (1, (1, 2, 190, 191, 192)))))
    assert seen["after_bad_half_year", "ed_visits"] == pytest.approx(1 / 4)
    # Who dies half-way through the next half-year had half the time: 1 visit counts as 2.
    deaths = [{"time_days": 182.5 + 91.25, "person": 0}]
    seen = table(observe(1, end_days=YEAR, ed_arrivals=visits((0, (1, 2, 3, 4, 200))), deaths=deaths))
    assert seen["after_bad_half_year", "ed_visits"] == pytest.approx(2 / 4)


def test_nothing_frequent_gives_no_row_and_one_year_no_persistence() -> None:
    seen = table(observe(3, ed_arrivals=visits((0, (1, 2)))))
    names = {pattern for pattern, _ in seen}
    assert names.isdisjoint({"frequent_ed_still", "after_bad_half_year", "high_cost_still", "high_contacts_still"})
    assert {"stays_a_year", "contacts_a_year", "cost_carried"} <= names <= set(UNITS)
    assert patterns(observe(3, end_days=100.0)).empty


def test_cost_of_emergency_visits_is_carried_by_those_who_came() -> None:
    # Of 20 people one has three visits and one has one, all at the same price: top 5 % carry 3/4, top 10 % all.
    seen = table(observe(20, end_days=2 * YEAR, ed_arrivals=visits((7, (1, 2, 3)), (3, (4,)))))
    assert seen["cost_carried", "5"] == pytest.approx(0.75)
    assert seen["cost_carried", "10"] == pytest.approx(1.0)
    assert seen["region_cost_carried", "5"] == pytest.approx(0.75)
    # The costliest of year 1 have nothing in year 2: none of them is still among the highest.
    assert seen["high_cost_still", "5"] == 0.0


def test_those_who_stay_among_the_highest() -> None:
    there = np.ones(4, dtype=bool)
    first, then = np.array([9.0, 8.0, 1.0, 0.0]), np.array([9.0, 0.0, 8.0, 0.0])
    assert still_high([first, then], [there, there], 0.5) == [0.5]
    # Person 1 has died before the second year: only person 0 is asked.
    assert still_high([first, then], [there, np.array([True, False, True, True])], 0.5) == [1.0]
    assert still_high([first], [there], 0.5) == []


def test_people_without_use_are_never_among_the_highest() -> None:
    assert highest(np.array([0.0, 0.0, 5.0]), np.ones(3, dtype=bool), 1.0).tolist() == [False, False, True]


def test_gini_of_known_shares() -> None:
    assert gini(np.array([1.0, 1.0, 1.0, 1.0])) == pytest.approx(0.0)
    assert gini(np.array([1.0, 0.0, 0.0, 0.0])) == pytest.approx(0.75)
    assert gini(np.array([3.0, 1.0])) == pytest.approx(0.25)


@given(st.lists(st.floats(0.0, 1e6), min_size=1, max_size=50).filter(lambda values: sum(values) > 1.0))
def test_gini_lies_between_all_alike_and_one_has_all(values: list[float]) -> None:
    ranked = np.sort(np.array(values))[::-1]
    assert -1e-9 <= gini(ranked) <= 1.0 - 1.0 / len(values) + 1e-9
    assert gini(7.0 * ranked) == pytest.approx(gini(ranked), abs=1e-9)
