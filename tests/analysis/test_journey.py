"""One person's year as tables, against a year worked out by hand."""

from pathlib import Path

import pandas as pd
import pytest
from build_observation import GP, PSYCHIATRIST, observe
from one_person_year import (
    ADMITTED,
    BORN,
    ENROLLED,
    FOUND,
    LEFT_WARD,
    MET_TODAY,
    MET_WITH,
    NEED,
    READY,
    SEEN_AT_HOME,
    SEEN_BY_GP,
    today,
    with_team,
)

from sim.analysis.journey import EVENT_COLUMNS, SPAN_COLUMNS, SUMMARY_COLUMNS, WEEK_COLUMNS, journey_tables
from sim.analysis.journey_columns import TABLES
from sim.analysis.journey_events import month_and_day
from sim.analysis.journey_spans import PHASES, phases, spans_table
from sim.batch.one_person import journey_tables as stored
from sim.batch.one_person import read_person
from sim.batch.store import Store
from sim.core.vocabulary import EpisodeEvent, NeedKind


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pd.DataFrame]:
    store = Store(Path(tmp_path_factory.mktemp("runs")))
    for key, world in (("baseline", today()), ("team", with_team())):
        store.write(key, stored(world))
    return journey_tables(read_person(store, "baseline", 1), read_person(store, "team", 1), ("baseline", "team"))


def lasted(tables: dict[str, pd.DataFrame], world: str, *kinds: str) -> list[tuple[str, float, float]]:
    spans = tables["journey_spans"]
    own = spans[(spans["scenario"] == world) & spans["kind"].isin(kinds)]
    return [(kind, start, end) for kind, start, end in zip(own["kind"], own["start_day"], own["end_day"], strict=True)]


def value(tables: dict[str, pd.DataFrame], world: str, measure: str, group: str = "all") -> float:
    rows = tables["journey_summary"].set_index(["measure", "group"])
    return float(rows.loc[(measure, group), "without" if world == "baseline" else "with"])


def close(*expected: tuple[str, float, float]) -> list[tuple[str, object, object]]:
    return [(kind, pytest.approx(start, abs=1e-4), pytest.approx(end, abs=1e-4)) for kind, start, end in expected]


def test_a_need_is_always_in_one_phase_from_onset_to_end(tables: dict[str, pd.DataFrame]) -> None:
    until_seen = (
        ("unseen", BORN, SEEN_BY_GP - 5.0),
        ("waiting", SEEN_BY_GP - 5.0, SEEN_BY_GP),
        ("dispute", SEEN_BY_GP, SEEN_BY_GP + 8.0),
        ("on_its_way", SEEN_BY_GP + 8.0, SEEN_BY_GP + 20.0),
        ("waiting", SEEN_BY_GP + 20.0, SEEN_AT_HOME),
    )
    lost = (("lost", SEEN_AT_HOME, FOUND), ("waiting", FOUND, MET_TODAY))
    pushed = (("on_its_way", SEEN_AT_HOME, SEEN_AT_HOME + 4.0), ("waiting", SEEN_AT_HOME + 4.0, MET_WITH))
    assert lasted(tables, "baseline", *PHASES) == close(*until_seen, *lost)
    assert lasted(tables, "team", *PHASES) == close(*until_seen, *pushed)
    assert lasted(tables, "baseline", "need") == close(("need", BORN, MET_TODAY))


def test_stays_and_enrolments_last_as_logged(tables: dict[str, pd.DataFrame]) -> None:
    stay = [("hospital", ADMITTED, LEFT_WARD), ("delayed", READY, LEFT_WARD)]
    assert lasted(tables, "baseline", "hospital", "delayed") == close(*stay)
    assert lasted(tables, "team", "hospital") == []
    assert lasted(tables, "team", "enrolled") == close(("enrolled", ENROLLED, 365.0))


def test_what_began_before_or_goes_on_after_the_year_is_cut_and_says_so() -> None:
    born = {"person": 0, "episode": 1, "event": EpisodeEvent.BORN, "need_kind": NeedKind.SOCIAL_NEED}
    spans = spans_table(observe(1, 100.0, 465.0, episodes=[{**born, "time_days": 90.0}]))
    need = spans[spans["kind"] == "need"].iloc[0]
    assert (need["start_day"], need["end_day"], need["began_before"], need["goes_on"]) == (0.0, 365.0, True, True)


def test_a_hand_over_that_arrives_after_the_next_contact_gives_way_to_it() -> None:
    episode = {"person": 0, "episode": 1}
    year = observe(
        1,
        contacts=[{**episode, "time_days": 12.0, "station": GP}],
        handovers=[{**episode, "time_days": 10.0, "lead_days": 30.0, "from_station": GP, "to_station": PSYCHIATRIST}],
    )
    assert phases(year.tables, 1, 10.0, 20.0) == [("on_its_way", 10.0, 12.0), ("waiting", 12.0, 20.0)]


def test_every_event_stands_in_the_calendar_on_its_day(tables: dict[str, pd.DataFrame]) -> None:
    events = tables["journey"]
    own = events[(events["scenario"] == "baseline") & (events["event"] != "roster_visit")]
    assert list(zip(own["date"], own["clock"], own["event"], strict=True)) == [
        ("02-01", "06:00", "need_begins"),
        ("02-10", "09:36", "contact"),
        ("02-10", "09:36", "handover"),
        ("03-12", "12:00", "contact"),
        ("03-12", "12:00", "handover"),
        ("03-12", "12:00", "handover_lost"),
        ("03-12", "12:00", "staff_work"),
        ("04-11", "09:36", "handover_found"),
        ("04-21", "12:00", "contact"),
        ("04-21", "12:00", "contact"),
        ("04-21", "12:00", "need_met"),
        ("07-20", "02:24", "ed_arrival"),
        ("07-20", "07:12", "ed_departure"),
        ("07-20", "07:12", "hospital_decided"),
        ("07-20", "07:12", "hospital_admitted"),
        ("07-25", "07:12", "hospital_ready"),
        ("07-28", "07:12", "hospital_discharged"),
    ]
    handover = own[own["event"] == "handover"].iloc[0]
    assert (handover["profession"], handover["to_profession"], handover["to_principal"]) == (
        "general_practitioner",
        "home_nurse",
        "north",
    )
    assert (handover["days"], handover["dispute_days"], handover["note"]) == (20.0, 8.0, "disputed")
    assert own[own["event"] == "contact"]["note"].tolist() == [
        "visit met",
        "home_visit met",
        "visit not_met",
        "visit met",
    ]
    assert (events["event"] == "roster_visit").sum() == 56, "all visits of both worlds"
    assert set(events.loc[events["event"].isin(["enrolled", "handover_pushed"]), "scenario"]) == {"team"}
    assert set(own["episode"].dropna()) == {NEED}


def test_the_days_of_the_year_are_those_of_a_calendar() -> None:
    assert [month_and_day(day) for day in (0, 30, 31, 58, 59, 364, 365)] == [
        (1, 1), (1, 31), (2, 1), (2, 28), (3, 1), (12, 31), (1, 1),
    ]  # fmt: skip


def test_the_summary_counts_people_gaps_and_days(tables: dict[str, pd.DataFrame]) -> None:
    both = {
        "contacts": 4, "staff_met": 4, "physicians_met": 3, "units_met": 3, "principals_met": 2, "roster_visits": 28,
        "roster_staff": 2, "needs": 1, "handovers": 2, "handovers_disputed": 1, "hassle_hours": 0.5,
    }  # fmt: skip
    for measure, expected in both.items():
        assert (value(tables, "baseline", measure), value(tables, "team", measure)) == (expected, expected), measure
    assert [value(tables, world, "handovers_lost") for world in ("baseline", "team")] == [1.0, 0.0]
    assert [value(tables, world, "ed_visits") for world in ("baseline", "team")] == [1.0, 0.0]
    assert value(tables, "baseline", "hospital_days") == pytest.approx(8.0)
    assert value(tables, "baseline", "delayed_days") == pytest.approx(3.0)
    assert value(tables, "baseline", "phase_days", "lost") == pytest.approx(FOUND - SEEN_AT_HOME)
    assert value(tables, "team", "unmet_days") == pytest.approx(MET_WITH - BORN)
    assert value(tables, "baseline", "contacts", "region") == 3.0
    assert value(tables, "baseline", "contacts", "north") == 1.0


def test_the_cost_of_the_year_falls_on_the_principals_that_bear_it(tables: dict[str, pd.DataFrame]) -> None:
    # Prices of tests/build_observation.py: 20 minutes at 15, half an hour of hassle at 10 x 1.5, roster at 10 x 1.5.
    at_doctors, hassle, roster = 20 * 15.0, 30 * 15.0, 28 * 30 * 15.0
    hospital = 4_000.0 + 5_000.0 + 8 * 10_000.0
    assert value(tables, "baseline", "cost_sek", "region") == pytest.approx(at_doctors + hassle + hospital)
    assert value(tables, "team", "cost_sek", "region") == pytest.approx(at_doctors + hassle)
    assert value(tables, "baseline", "cost_sek", "south") == pytest.approx(roster)
    for world in ("baseline", "team"):
        parts = [value(tables, world, "cost_sek", one) for one in ("region", "north", "south")]
        assert sum(parts) == pytest.approx(value(tables, world, "cost_sek"))


def test_home_care_is_told_week_by_week_with_the_number_of_faces(tables: dict[str, pd.DataFrame]) -> None:
    weeks = tables["journey_weeks"]
    own = weeks[weeks["scenario"] == "baseline"].set_index("week")
    assert len(own) == 53 and set(own["profession"]) == {"home_help_worker"}
    assert own.loc[1:5, "visits"].tolist() == [7, 7, 7, 7, 0]
    assert own.loc[1:5, "staff"].tolist() == [2, 2, 2, 2, 0]


def test_the_columns_are_those_of_the_dictionary(tables: dict[str, pd.DataFrame]) -> None:
    declared = (EVENT_COLUMNS, SPAN_COLUMNS, WEEK_COLUMNS, SUMMARY_COLUMNS)
    for name, columns in zip(("journey", "journey_spans", "journey_weeks", "journey_summary"), declared, strict=True):
        assert tuple(tables[name].columns) == columns == TABLES[f"{name}.csv"]


def test_a_person_to_whom_nothing_happens_has_an_empty_year() -> None:
    empty = journey_tables(observe(1), observe(1), ("baseline", "team"))
    assert [len(empty[name]) for name in ("journey", "journey_spans", "journey_weeks")] == [0, 0, 0]
    assert (empty["journey_summary"]["without"] == 0.0).all()
