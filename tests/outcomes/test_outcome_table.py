"""The registry finds every file, and the table keeps its form."""

import pandas as pd
import pytest
from build_observation import GP, observe, people, value

from sim.core.vocabulary import EnrolmentEvent
from sim.outcomes.outcome import AIMS, all_outcomes, families
from sim.outcomes.table import COLUMNS, measure_all, measure_some


def arrivals(*persons):
    return [{"time_days": 5.0, "person": person} for person in persons]


def test_every_family_measures_what_it_declares():
    # A busy little place: each declared outcome is measured by its own file, and nothing else is.
    seen = observe(3, contacts=[{"time_days": 1.0, "person": 0, "station": GP}], ed_arrivals=arrivals(0))
    for family in families():
        declared = {outcome.id for outcome in family.OUTCOMES}
        assert {measure.outcome for measure in family.measure(seen)} == declared, family.__name__


def test_outcomes_are_in_triple_aim_order_and_described():
    outcomes = list(all_outcomes().values())
    assert [outcome.aim for outcome in outcomes] == sorted((o.aim for o in outcomes), key=AIMS.index)
    for outcome in outcomes:
        assert outcome.id == outcome.id.lower().replace(" ", "_")
        assert outcome.better in ("lower", "higher", "neither")
        assert outcome.label_en and outcome.label_sv and outcome.unit
        assert outcome.meaning.endswith(".")
    assert {outcome.aim for outcome in outcomes if outcome.headline} == set(AIMS)


def test_labels_tell_outcomes_apart():
    outcomes = all_outcomes().values()
    for labels in ([o.label_en for o in outcomes], [o.label_sv for o in outcomes]):
        assert sorted(labels) == sorted(set(labels))


def test_a_new_file_is_found_by_its_name(tmp_path, monkeypatch):
    import sim.outcomes
    from sim.outcomes import outcome

    (tmp_path / "laughter.py").write_text(
        "from sim.outcomes.outcome import Outcome, PersonMeasure\n"
        "OUTCOMES = (Outcome(id='laughs', aim='health', better='higher', unit='laughs', label_en='Laughs',"
        " label_sv='Skratt', meaning='Laughs.'),)\n"
        "def measure(observation):\n"
        "    yield PersonMeasure(outcome='laughs', numerator=observation.people.age_years * 0.0 + 1.0)\n"
    )
    monkeypatch.setattr(sim.outcomes, "__path__", [*sim.outcomes.__path__, str(tmp_path)])
    outcome.families.cache_clear()
    outcome._registry.cache_clear()
    try:
        assert "laughs" in all_outcomes()
        table = measure_all(observe(4))
        assert table[(table.outcome == "laughs") & (table.group == "all")].value.item() == pytest.approx(1.0)
    finally:
        monkeypatch.undo()
        outcome.families.cache_clear()
        outcome._registry.cache_clear()
    assert "laughs" not in all_outcomes()


def test_columns_and_order_are_fixed():
    seen = observe(people(4, age_years=[10.0, 40.0, 70.0, 90.0]), ed_arrivals=arrivals(0, 3))
    first, second = measure_all(seen), measure_all(seen)
    assert tuple(first.columns) == COLUMNS
    pd.testing.assert_frame_equal(first, second)
    of_people = ~first.group_by.str.startswith("quarter")
    visits = first[(first.outcome == "ed_visits_per_1000") & of_people]
    assert list(zip(visits.group_by, visits.group, visits.value, strict=True)) == [
        ("all", "all", 500.0),
        ("need_group", "1", 500.0),
        ("municipality", "northtown", 500.0),
        ("complex_needs", "no", 500.0),
        ("age", "0-17", 1000.0),
        ("age", "18-64", 0.0),
        ("age", "65-79", 0.0),
        ("age", "80+", 1000.0),
    ]


def test_an_empty_log_gives_numbers_or_no_row():
    table = measure_all(observe(2))
    assert table.value.notna().all()
    assert "mean_stay_days" not in set(table.outcome)
    assert table[table.outcome == "ed_visits_per_1000"].value.eq(0.0).all()


def test_people_once_eligible_are_a_group_for_any_means_and_for_each():
    enrolments = [
        {"time_days": 1.0, "person": 0, "means": 0, "event": EnrolmentEvent.ELIGIBLE},
        {"time_days": 2.0, "person": 1, "means": 1, "event": EnrolmentEvent.ELIGIBLE},
        {"time_days": 3.0, "person": 2, "means": 1, "event": EnrolmentEvent.ENROLLED},
        {"time_days": 400.0, "person": 3, "means": 1, "event": EnrolmentEvent.ELIGIBLE},
    ]
    seen = observe(4, means=("mdt", "records"), enrolments=enrolments, ed_arrivals=arrivals(1, 1, 2))
    assert value(seen, "ed_visits_per_1000", "enrolled", "any") == pytest.approx(1000.0)
    assert value(seen, "ed_visits_per_1000", "enrolled", "mdt") == 0.0
    assert value(seen, "ed_visits_per_1000", "enrolled", "records") == pytest.approx(2000.0)
    assert value(observe(2), "ed_visits_per_1000", "enrolled", "any") is None


def test_some_outcomes_alone_are_as_among_all_of_them():
    seen = observe(3, contacts=[{"time_days": 1.0, "person": 0, "station": GP}], ed_arrivals=arrivals(0, 0, 2))
    names = ["ed_visits_per_1000", "contacts_general_practitioner"]
    whole = measure_all(seen)
    wanted = whole[whole["outcome"].isin(names) & ~whole["group_by"].str.startswith("quarter")]
    some = measure_some(seen, names)
    assert set(some["outcome"]) == set(names)
    pd.testing.assert_frame_equal(some, wanted.reset_index(drop=True))
