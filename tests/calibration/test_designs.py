"""Each design on a hand-made log: what it reports, what is true, and what the rest is made of."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from build_observation import GP, HOME_NURSE, PSYCHIATRIST, observe, people
from hypothesis import given, settings
from hypothesis import strategies as st

from calibration.effects import read_effects
from calibration.places import only_there, with_the_means
from calibration.study import study_rows, world_with_means
from calibration.study_counts import SUBJECT_COLUMNS, subjects_table
from calibration.study_estimates import findings
from calibration.study_file import (
    Answers,
    Design,
    Result,
    Study,
    Subjects,
    read_study,
    study_files,
    study_scenario,
)
from calibration.study_subjects import take_part
from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.core.vocabulary import ContactFlag, EnrolmentEvent, EpisodeEvent, NeedKind
from sim.outcomes.outcome import all_outcomes
from sim.run import simulate

START = 100.0


def a_study(design: Design, **changes: object) -> Study:
    numbers: dict[str, object] = {
        "id": "a_study",
        "title": "A study",
        "source": "made for the test",
        "scenario": "phone_care_coach",
        "design": design,
        "subjects": Subjects(found="everybody"),
        "follow_up_days": 100.0,
        "results": (Result(target="skaraborg_acute", outcome="ed_visits", estimator="relative_change"),),
        "note": "none",
    }
    return Study(**(numbers | changes))  # type: ignore[arg-type]  # keys are those of the model


def visits(counts: Sequence[tuple[int, float, int]]) -> list[dict[str, object]]:
    """Return `count` visits of a person from a day on, an hour apart."""
    return [{"person": who, "time_days": day + i / 24} for who, day, count in counts for i in range(count)]


def test_places_take_turns() -> None:
    assert with_the_means(6).tolist() == [True, False, False, True, True, False]
    scenario = only_there(load_scenario("phone_care_coach"))
    names = [one.id for one in scenario.place.municipalities]
    assert {choice.only_in for choice in scenario.means} == {(names[0], names[3])}


def test_nobody_elsewhere_is_offered_it() -> None:
    study = a_study("matched_control", assigned_by="municipality", before_days=50.0)
    time = {"years": 0.2, "warmup_years": 0.3, "sample_share": 0.03}
    world = simulate(world_with_means(study, load_scenario("mdt", **time)), 2)
    rows = world.tables["enrolments"]
    home = world.people.municipality[rows["person"][rows["event"] == EnrolmentEvent.ENROLLED]]
    assert set(home.tolist()) == {0, 3}


def test_one_place_alone_cannot_be_compared() -> None:
    scenario = load_scenario("phone_care_coach", place="gotland")
    assert len(scenario.place.municipalities) == 1
    with pytest.raises(InputError, match="needs two at least"):
        only_there(scenario)


def test_before_and_after_with_other_places_as_control() -> None:
    # Northtown has the means: 8 visits before, 4 after, 6 without. Southtown: 8 before, 5 after, 4 without.
    who = people(4, municipality=[0, 0, 1, 1])
    before = [(0, 60.0, 4), (1, 60.0, 4), (2, 60.0, 4), (3, 60.0, 4)]
    with_means = observe(who, START, 400.0, ed_arrivals=visits([*before, (0, 150.0, 2), (1, 150.0, 2), (2, 150.0, 5)]))
    without = observe(who, START, 400.0, ed_arrivals=visits([*before, (0, 150.0, 3), (1, 150.0, 3), (2, 150.0, 4)]))
    study = a_study("before_after_control", assigned_by="municipality", before_days=100.0)
    table = subjects_table(study, with_means, without, 1)
    row = study_rows(study, [table]).iloc[0]
    assert row["simulated"] == pytest.approx((4 / 8) / (5 / 8) - 1)
    assert row["true_effect"] == pytest.approx(4 / 6 - 1)
    assert row["reported_without_effect"] == pytest.approx((6 / 8) / (4 / 8) - 1)
    assert row["spill_over"] == pytest.approx(5 / 4 - 1)
    assert row["part_regression"] == pytest.approx(np.log(6 / 4))
    assert row["part_spill_over"] == pytest.approx(-np.log(5 / 4))
    assert (row["people"], row["people_compared"]) == (2, 2)


def test_all_who_are_offered_it_count_when_luck_comes_before_consent() -> None:
    study = a_study("randomised_before_consent", share_offered=0.5, consent_share=0.6)
    world = world_with_means(study, load_scenario("phone_care_coach"))
    assert [choice.coverage for choice in world.means] == [0.5 * 0.6]
    count = 200
    luck = Luck(3, Purpose).uniform(Purpose.COVERAGE, np.arange(count))
    offered, consents = luck < 0.5, luck < 0.5 * 0.6
    # Those who consent come once, all others twice.
    once = [(who, 150.0, 1 if consents[who] else 2) for who in range(count)]
    with_means, without = (
        observe(count, START, 400.0, ed_arrivals=visits(rows)) for rows in (once, [(who, 150.0, 2) for who, *_ in once])
    )
    row = study_rows(study, [subjects_table(study, with_means, without, 3)]).iloc[0]
    declined = (offered & ~consents).sum()
    assert declined > 20
    assert row["people"] == offered.sum()
    assert row["simulated"] == pytest.approx((consents.sum() + 2 * declined) / (2 * offered.sum()) - 1)
    assert row["true_effect"] == row["simulated"]


def test_a_series_is_counted_month_by_month() -> None:
    month = 365.0 / 12.0
    start = 6 * month
    before, after, without = [3, 3, 3, 3, 3, 3], [2, 2, 2, 2, 2], [3, 3, 3, 3, 3]
    rows = [(0, i * month + 1.0, n) for i, n in enumerate(before)]
    # A month of introduction is left out.
    with_means, other = (
        observe(
            1, start, 400.0, ed_arrivals=visits([*rows, *((0, (7 + i) * month + 1.0, n) for i, n in enumerate(later))])
        )
        for later in (after, without)
    )
    study = a_study(
        "interrupted_time_series", before_days=6 * month, delay_days=month, follow_up_days=5 * month + 0.5,
    )  # fmt: skip
    assert study.periods() == pytest.approx([-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5])
    table = subjects_table(study, with_means, other, 1)
    months = table[table["period"].notna()]
    assert months["after"].tolist() == [*before, *after]
    assert months["without"].tolist() == [*before, *without]
    row = study_rows(study, [table]).iloc[0]
    assert row["simulated"] == pytest.approx(2 / 3 - 1)
    assert row["level_change"] == pytest.approx(2 / 3 - 1)
    assert row["slope_change"] == pytest.approx(0.0, abs=1e-9)
    assert row["reported_without_effect"] == pytest.approx(0.0, abs=1e-9)
    assert row["part_definition"] == pytest.approx(0.0, abs=1e-9)


def test_a_series_counts_those_too_who_died_before_the_start() -> None:
    world = observe(2, START, 400.0, deaths=[{"person": 1, "time_days": 50.0}])
    series = a_study("interrupted_time_series", before_days=90.0)
    assert np.isfinite(take_part(series, world, world, 1).index_days).tolist() == [True, True]
    followed = a_study("before_after", before_days=90.0)
    assert np.isfinite(take_part(followed, world, world, 1).index_days).tolist() == [True, False]


def test_people_who_answer_a_survey_are_not_those_who_do_not() -> None:
    # Everybody is asked; who takes part in the own care answers. Two of four had conflicting information.
    who = people(4, participation=[0.9, 0.9, 0.1, 0.1], survey_luck=[0.55, 0.55, 0.45, 0.45])
    flags = [ContactFlag.CONTRADICTORY_INFORMATION, 0, ContactFlag.CONTRADICTORY_INFORMATION, 0]
    flags[1] = ContactFlag.CONTRADICTORY_INFORMATION
    contacts = [{"person": p, "time_days": 120.0, "station": GP, "flags": flags[p]} for p in range(4)]
    world = observe(who, START, 400.0, contacts=contacts)
    study = a_study(
        "survey",
        answers=Answers(share=0.5, more_with_participation=0.5),
        results=(Result(target="ihp_help_with_coordination", outcome="conflicting_information", estimator="share"),),
    )
    # Shares of answering: 0.5 + 0.5 x 0.4 = 0.7 and 0.3.
    assert take_part(study, world, world, 1).treated.tolist() == [True, True, False, False]
    row = study_rows(study, [subjects_table(study, world, world, 1)]).iloc[0]
    assert (row["simulated"], row["true_effect"]) == (1.0, 0.75)
    assert row["part_selection"] == pytest.approx(0.25)
    assert (row["people"], row["people_compared"]) == (2, 2)


def test_staff_are_asked_whom_they_have_met_left_without_care() -> None:
    who = people(5, age_years=[80.0, 80.0, 40.0, 80.0, 80.0])
    crisis = {"need_kind": NeedKind.MENTAL_HEALTH_CRISIS}
    episodes = [{"person": p, "episode": p, "time_days": 110.0, "event": EpisodeEvent.LOST, **crisis} for p in range(5)]
    # The second person's is found again.
    episodes.append({"person": 1, "episode": 1, "time_days": 130.0, "event": EpisodeEvent.FOUND, **crisis})
    between = {
        0: (GP, HOME_NURSE),
        1: (GP, HOME_NURSE),
        2: (GP, HOME_NURSE),
        3: (GP, PSYCHIATRIST),
        4: (HOME_NURSE, GP),
    }
    handovers = [
        {"person": p, "episode": p, "time_days": 110.0, "from_station": a, "to_station": b, "lost": True}
        for p, (a, b) in between.items()
    ]
    # One that came through leaves nobody without.
    handovers.append({**handovers[0], "person": 3, "episode": 5, "lost": False})
    contacts = [
        {"person": 0, "time_days": 105.0, "station": GP, "staff": 0},
        {"person": 0, "time_days": 140.0, "station": GP, "staff": 1},
        {"person": 1, "time_days": 140.0, "station": GP, "staff": 2},
        {"person": 2, "time_days": 140.0, "station": GP, "staff": 3},
        {"person": 0, "time_days": 140.0, "station": HOME_NURSE, "staff": 4},
        {"person": 3, "time_days": 140.0, "station": GP, "staff": 5},
        {"person": 4, "time_days": 140.0, "station": GP, "staff": 6},
    ]
    world = observe(who, START, 400.0, contacts=contacts, episodes=episodes, handovers=handovers)
    study = a_study(
        "survey",
        answers=Answers(asked="staff", professions=("general_practitioner",), share=1.0),
        results=(
            Result(target="nestor_left_without_care_primary_care", outcome="left_without_care", estimator="share"),
        ),
    )
    row = study_rows(study, [subjects_table(study, world, world, 1)]).iloc[0]
    # Staff 1 and 6: 0 met before it was lost, 2 somebody found again, 3 somebody young, 5 somebody whose care was lost
    # inside the region; 4 is no physician.
    assert row["simulated"] == pytest.approx(2 / 6)
    assert row["people"] == 6


def test_what_is_meant_may_be_more_than_what_is_counted() -> None:
    before = [(0, 60.0, 4), (1, 60.0, 4)]
    with_means = observe(2, START, 400.0, ed_arrivals=visits([*before, (0, 150.0, 2)]), stays=[])
    without = observe(2, START, 400.0, ed_arrivals=visits([*before, (0, 150.0, 4), (1, 150.0, 4)]))
    result = Result(target="halsostaden_no_ed", outcome="no_ed_visit", estimator="share", meant="no_admission")
    study = a_study("own_log", results=(result,))
    row = study_rows(study, [subjects_table(study, with_means, without, 1)]).iloc[0]
    # Half had no visit, nobody had without; nobody is admitted in either world.
    assert (row["simulated"], row["true_effect"], row["part_effect"]) == (0.5, 0.0, 0.0)
    assert row["part_definition"] == pytest.approx(0.5)


COUNTS = st.lists(
    st.tuples(*[st.integers(0, 6)] * 3, st.booleans(), st.sampled_from([0.5, 1.0, 2.0])), min_size=8, max_size=20
)
DESIGNS: tuple[tuple[Design, dict[str, object]], ...] = (
    ("randomised", {"share_offered": 0.5}),
    ("randomised_before_consent", {"share_offered": 0.5, "consent_share": 0.7}),
    ("matched_control", {"share_offered": 0.5, "before_days": 50.0}),
    ("before_after", {"before_days": 50.0}),
    ("before_after_control", {"assigned_by": "municipality", "before_days": 50.0}),
    ("cross_section", {"exposure": "usual_provider", "before_days": 50.0}),
    ("own_log", {}),
    ("survey", {"answers": Answers(share=0.5)}),
)


@pytest.mark.parametrize(("design", "changes"), DESIGNS, ids=[name for name, _ in DESIGNS])
@pytest.mark.parametrize("how", ["relative_change", "odds_ratio", "share"])
@settings(max_examples=25, deadline=None)
@given(counts=COUNTS)
def test_the_parts_add_up_to_what_is_reported(
    design: Design, changes: dict[str, object], how: str, counts: list[tuple[int, int, int, bool, float]]
) -> None:
    before, after, without, treated, weight = (np.array(column, dtype=float) for column in zip(*counts, strict=True))
    scale = 10.0 if how != "relative_change" else 1.0
    table = pd.DataFrame(
        {
            "outcome": "ed_visits", "period": np.nan, "treated": treated > 0, "weight": weight, "people": 1,
            "before": before / scale, "after": after / scale, "without": without / scale, "before_exposure": 1.0,
            "after_exposure": 1.0, "without_exposure": 1.0,
        }
    )[list(SUBJECT_COLUMNS)]  # fmt: skip
    target = {"relative_change": "skaraborg_acute", "odds_ratio": "shared_records_repeated_tests"}
    result = Result(target=target.get(how, "halsostaden_no_ed"), outcome="ed_visits", estimator=how)  # type: ignore[arg-type]  # one of them
    results = (
        (Result(target=result.target, outcome="ed_visits", estimator="share"),) if design == "survey" else (result,)
    )
    found = findings(a_study(design, **changes, results=results), result, table)
    value = found.reported.value
    if not np.isfinite(found.parts.total()):
        return
    on_scale = {"relative_change": np.log1p, "odds_ratio": np.log, "share": float}[how](value)
    assert found.parts.total() == pytest.approx(on_scale, abs=1e-9)


def test_every_target_names_means_that_its_study_has() -> None:
    effects = read_effects()
    for path in study_files().values():
        study = read_study(path)
        there = {choice.id for choice in load_scenario(study_scenario(path, study.scenario)).means}
        for result in study.results:
            assert set(effects[result.target].means) <= there
            assert bool(effects[result.target].means) == bool(there)
    assert {name for effect in effects.values() for name in effect.speaks_of} <= set(all_outcomes())


def test_nothing_before_the_day_of_enrolment_differs_between_the_worlds_byte_for_byte() -> None:
    study = a_study("randomised", share_offered=0.5)
    time = {"years": 0.4, "warmup_years": 0.5, "sample_share": 0.03}
    offered = world_with_means(study, load_scenario("all_four", **time))
    worlds = [simulate(one, 5) for one in (offered, load_scenario("baseline", **time))]
    enrolment = worlds[0].tables["enrolments"]
    assert (enrolment["event"] == EnrolmentEvent.ENROLLED).sum() > 5
    first = worlds[0].start_days
    for name, columns in worlds[0].tables.items():
        other = worlds[1].tables[name]
        here, there = (int(np.searchsorted(one["time_days"], first)) for one in (columns, other))
        assert here == there
        for column, values in columns.items():
            assert values[:here].tobytes() == other[column][:here].tobytes(), (name, column)
    assert sum(len(columns["time_days"]) for columns in worlds[0].tables.values()) > 10_000
