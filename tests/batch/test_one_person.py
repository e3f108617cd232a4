"""One person is read back from a stored run as an observation of one, with nothing lost and nothing of others."""

from pathlib import Path

import numpy as np
import pytest
from one_person_year import today, with_team

from sim.batch.jobs import Wanted
from sim.batch.one_person import PERSON_TABLES, journey_tables, last_year, people_table, read_people, read_person
from sim.batch.store import Store
from sim.core.observation import Observation
from sim.outcomes.money import costs
from sim.outcomes.unmet_need import unmet_need_days


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    found = Store(Path(tmp_path_factory.mktemp("runs")))
    found.write("today", journey_tables(today()))
    found.write("team", journey_tables(with_team()))
    return found


def persons(store: Store, whole: Observation) -> list[Observation]:
    return [read_person(store, "today", person) for person in range(len(whole.people))]


def test_every_row_comes_back_with_its_person_and_no_other(store: Store) -> None:
    whole = today()
    for name in PERSON_TABLES:
        for person, one in enumerate(persons(store, whole)):
            own = whole.tables[name]["person"] == person
            for column, values in whole.tables[name].items():
                read = one.tables[name][column]
                assert read.dtype == values.dtype
                assert read.tolist() == ([0] * int(own.sum()) if column == "person" else values[own].tolist())


def test_cost_and_need_of_each_person_are_those_of_the_whole_place(store: Store) -> None:
    whole = today()
    for kind, cost in costs(whole).items():
        single = [costs(one)[kind] for one in persons(store, whole)]
        assert [float(one.person[0]) for one in single] == pytest.approx(cost.person.tolist())
        assert np.sum([one.principal for one in single], axis=0) == pytest.approx(cost.principal)
    assert [float(unmet_need_days(one)[0]) for one in persons(store, whole)] == unmet_need_days(whole).tolist()


def test_a_person_keeps_traits_window_and_means(store: Store) -> None:
    one = read_person(store, "team", 1)
    assert (one.start_days, one.end_days, one.means) == (0.0, 365.0, ("mdt",))
    assert (one.people.age_years.tolist(), one.people.need_group.tolist()) == ([67.0], [1])
    assert one.stations.name == today().stations.name
    assert one.prices == today().prices


def test_people_are_listed_with_who_lives_through_the_year(store: Store) -> None:
    table = read_people(store, "today")
    assert table["lives_through"].tolist() == [True, True, True, False]
    assert table["contacts"].tolist() == [1.0, 4.0, 2.0, 9.0]
    assert people_table(with_team())["enrolled"].tolist() == [False, True, False, False]


def test_only_the_last_year_of_a_longer_window_is_told() -> None:
    from dataclasses import replace

    longer = replace(today(), end_days=400.0)
    assert (last_year(longer).start_days, last_year(longer).end_days) == (35.0, 400.0)
    assert last_year(replace(today(), end_days=100.0)).start_days == 0.0


def test_a_run_without_these_tables_is_made_again(store: Store) -> None:
    assert store.has("today", Wanted(journey=True))
    tables = journey_tables(today())
    store.write("bare", {"outcomes": tables["journey/people"]})
    assert store.has("bare", Wanted()) and not store.has("bare", Wanted(journey=True))
