"""Who is chosen by which rule, against choices made by hand and a medoid by brute force."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from one_person_year import today, with_team

from sim.analysis.journey_choice import (
    GAINED,
    LIKENESS,
    LOST,
    NAMED,
    SELMA,
    TYPICAL,
    NobodyError,
    Rule,
    choose,
    distance_to_all,
    medoid,
)
from sim.batch.one_person import people_table

TODAY, BESIDE = people_table(today()), people_table(with_team())


def people(**columns: list[float]) -> pd.DataFrame:
    """Return people of need group 1 with complex needs who live on, with the columns given."""
    count = len(next(iter(columns.values())))
    plain = {name: [0.0] * count for name in LIKENESS}
    traits = {"need_group": [1] * count, "complex_needs": [True] * count}
    alive = {"lives_through": [True] * count, "counted": [True] * count}
    return pd.DataFrame({**plain, **traits, **alive, **columns})


def test_selma_has_most_contacts_of_those_who_live_through_the_year() -> None:
    choice = choose(Rule(who=SELMA), TODAY, BESIDE)
    assert (choice.person, choice.candidates, choice.value) == (1, 3, 4.0)


def test_only_the_need_group_asked_for_is_looked_at() -> None:
    choice = choose(Rule(who=SELMA, need_group=5), TODAY, BESIDE)
    assert (choice.person, choice.candidates, choice.value) == (2, 2, 2.0)
    with pytest.raises(NobodyError, match="nobody of that need group"):
        choose(Rule(who=SELMA, need_group=3), TODAY, BESIDE)


def test_who_gained_most_has_the_largest_fall_and_who_lost_most_the_largest_rise() -> None:
    one, other = people(unmet_days=[10.0, 50.0, 30.0]), people(unmet_days=[15.0, 20.0, 30.0])
    gained, lost = (choose(Rule(who=who), one, other) for who in (GAINED, LOST))
    assert (gained.person, gained.value) == (1, -30.0)
    assert (lost.person, lost.value) == (0, 5.0)
    with pytest.raises(NobodyError, match="nobody has lost in bed_days"):
        choose(Rule(who=LOST, change="bed_days"), one, other)


def test_those_who_die_in_either_world_are_not_asked() -> None:
    one = people(contacts=[9.0, 5.0, 1.0])
    other = one.assign(lives_through=[False, True, True])
    assert choose(Rule(who=SELMA), one, other).person == 1


def test_a_person_by_number_is_taken_as_they_are() -> None:
    assert choose(Rule(who=NAMED, number=3), TODAY, BESIDE).person == 3
    with pytest.raises(NobodyError, match="has died before the year"):
        choose(Rule(who=NAMED, number=0), TODAY.assign(counted=False), BESIDE)


def test_a_typical_person_is_among_those_with_complex_needs_unless_a_group_is_given() -> None:
    group = people(contacts=[1.0, 2.0, 3.0, 4.0, 90.0]).assign(complex_needs=[True, True, True, False, False])
    assert choose(Rule(who=TYPICAL), group, group).person == 1
    assert choose(Rule(who=TYPICAL, need_group=1), group, group).person == 2


def test_each_measure_weighs_alike_whatever_its_unit() -> None:
    contacts, cost = [1.0, 2.0, 3.0, 4.0, 5.0], [5e6, 1e6, 9e6, 3e6, 7e6]
    assert medoid([np.array(contacts), np.array(cost)]) == medoid([np.array(contacts), np.array(cost) / 1e6])
    assert medoid([np.ones(4), np.array([1.0, 2.0, 3.0, 4.0])]) in (1, 2), "what nobody differs in does not count"


@given(st.lists(st.lists(st.integers(-50, 50), min_size=3, max_size=3), min_size=1, max_size=25))
def test_the_medoid_is_that_of_all_pairs(rows: list[list[int]]) -> None:
    measures = [np.array(column, float) for column in zip(*rows, strict=True)]
    for values in measures:
        assert distance_to_all(values) == pytest.approx(np.abs(values[:, None] - values[None, :]).sum(axis=1))
    spread = [np.abs(values - np.median(values)).mean() for values in measures]
    total = sum(
        np.abs(values[:, None] - values[None, :]).sum(axis=1) / size
        for values, size in zip(measures, spread, strict=True)
        if size > 0
    )
    found = medoid(measures)
    assert np.asarray(total + np.zeros(len(rows)))[found] == pytest.approx(np.min(total + np.zeros(len(rows))))
