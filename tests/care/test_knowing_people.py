"""What units know about people, and who knows whom: by hand, and kept in range whatever happens."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, scenario
from hypothesis import given
from hypothesis import strategies as st

from sim.care.information import Information, InformationParameters
from sim.care.relationship import Acquaintance, Familiarity, RelationshipParameters
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.core.vocabulary import RecordDomain

KNOWING = InformationParameters(
    staleness_per_contact=0.2, refresh_per_contact=0.4, patient_tells_share=0.5, relative_tells_share=0.1
)
MEETING = RelationshipParameters(
    growth_per_contact=0.25, fading_days=200, absence_share=0.2, patience_minutes=20, wait_for_own_urgency=0.4,
    wait_for_own_days=2,
)  # fmt: skip
APART = ~np.eye(len(RecordDomain), dtype=bool)
PRIMARY, HOSPITAL = RecordDomain.PRIMARY_CARE, RecordDomain.SOMATIC_HOSPITAL


def information(people: int = 3, start: float = 0.5) -> Information:
    made = Information(people, Luck(1, Purpose), 0.6, 0.8, KNOWING)
    made.share[:] = start
    return made


def test_a_contact_fills_the_own_record_and_makes_the_others_stale() -> None:
    made = information()
    made.record(np.array([1]), np.array([PRIMARY]), np.array([0.5]), made.share_left(APART))
    assert made.share[1, PRIMARY] == pytest.approx(0.5 + 0.5 * 0.4)
    assert made.share[1, HOSPITAL] == pytest.approx(0.5 * 0.8)
    assert (made.share[[0, 2]] == 0.5).all()


def test_records_that_are_not_kept_apart_do_not_go_stale() -> None:
    made = information()
    made.record(np.array([1]), np.array([PRIMARY]), np.array([0.5]), made.share_left(np.zeros_like(APART)))
    assert made.share[1, HOSPITAL] == 0.5


def test_one_at_a_time_is_the_same_as_together() -> None:
    together, one = information(), information()
    left = one.share_left(APART)
    together.record(np.array([0, 2]), np.array([PRIMARY, HOSPITAL]), np.array([0.3, 0.9]), left)
    one.record_one(0, PRIMARY, 0.3, left)
    one.record_one(2, HOSPITAL, 0.9, left)
    np.testing.assert_allclose(together.share, one.share, rtol=1e-6)


def test_a_letter_never_makes_anybody_know_less() -> None:
    made = information()
    made.send(0, 0.4, (PRIMARY,))
    assert made.share[0, PRIMARY] == 0.5
    made.send(0, 0.7, (PRIMARY,))
    assert made.share[0, PRIMARY] == pytest.approx(0.7)


def test_what_patient_and_relative_tell() -> None:
    told = information().told(np.array([0.8, 0.8, 0.0]), np.array([False, True, True]))
    np.testing.assert_allclose(told, [0.4, 0.5, 0.1])


@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(list(RecordDomain)), st.floats(0, 1)), max_size=40))
def test_knowledge_stays_between_nothing_and_everything(events) -> None:
    made = information()
    left = made.share_left(APART)
    for person, domain, known in events:
        made.record_one(person, domain, known, left)
    assert (made.share >= 0).all() and (made.share <= 1).all()


def test_knowledge_at_the_start_lies_around_its_mean() -> None:
    share = Information(5000, Luck(1, Purpose), 0.6, 0.8, KNOWING).share
    assert share.mean() == pytest.approx(0.6, abs=0.01)
    assert share.min() >= 0 and share.max() <= 1


def test_the_mean_known_share_of_the_baseline_is_about_as_declared() -> None:
    """MODEL: about 0.6 of what is known is known at a contact in the baseline."""
    contacts = Live(scenario("baseline", 0.05, 0.6, 0.3), 1).run()["contacts"]
    assert 0.5 < contacts["known_share"][contacts["time_days"] > 100].mean() < 0.75


# --- who knows whom


def of(made: Familiarity, person: int, day: float) -> Acquaintance:
    return made.of(np.array([person]), day)


def meet(made: Familiarity, person: int, staff: int, day: float) -> None:
    made.meet(of(made, person, day), np.array([staff]), day)


def of_pair(made: Familiarity, person: int, staff: int, day: float) -> float:
    return float(of(made, person, day).of_pair(np.array([staff]))[0])


def test_familiarity_grows_by_a_quarter_of_what_is_missing_and_fades() -> None:
    made = Familiarity(2, MEETING)
    meet(made, 0, 5, 0.0)
    assert of_pair(made, 0, 5, 0.0) == pytest.approx(0.25)
    meet(made, 0, 5, 0.0)
    assert of_pair(made, 0, 5, 0.0) == pytest.approx(0.25 + 0.75 * 0.25)
    assert of_pair(made, 0, 5, 200.0) == pytest.approx(0.4375 * np.exp(-1), rel=1e-5)
    assert of_pair(made, 1, 5, 0.0) == of_pair(made, 0, 6, 0.0) == 0.0


def test_the_best_known_at_a_station_is_found() -> None:
    made = Familiarity(1, MEETING)
    for staff, times in ((3, 1), (4, 3), (9, 5)):
        for _ in range(times):
            meet(made, 0, staff, 0.0)
    known = of(made, 0, 0.0)
    assert known.best_among(np.array([0]), np.array([8]))[0].tolist() == [4]
    assert known.best_among(np.array([8]), np.array([20]))[0].tolist() == [9]
    staff, strength = known.best_among(np.array([20]), np.array([30]))
    assert staff.tolist() == [-1] and strength.tolist() == [0.0]


def test_a_new_face_replaces_the_one_least_known() -> None:
    made = Familiarity(1, MEETING)
    for staff in range(6):
        for _ in range(staff + 1):
            meet(made, 0, staff, 0.0)
    meet(made, 0, 99, 0.0)
    assert of_pair(made, 0, 0, 0.0) == 0.0
    assert of_pair(made, 0, 99, 0.0) == pytest.approx(0.25)
    assert of_pair(made, 0, 5, 0.0) > 0.8


def test_an_introduction_never_makes_two_know_each_other_less() -> None:
    made = Familiarity(1, MEETING)
    made.introduce(0, 7, 0.3, 0.0)
    assert of_pair(made, 0, 7, 0.0) == pytest.approx(0.3)
    for _ in range(6):
        meet(made, 0, 7, 0.0)
    before = of_pair(made, 0, 7, 0.0)
    made.introduce(0, 7, 0.3, 0.0)
    assert of_pair(made, 0, 7, 0.0) == pytest.approx(before)


def test_an_introduction_long_after_does_not_wake_what_has_faded() -> None:
    """Two who met often years ago and are introduced again know each other as well as the introduction says."""
    made = Familiarity(1, MEETING)
    for _ in range(6):
        meet(made, 0, 7, 0.0)
    made.introduce(0, 7, 0.3, 2000.0)
    assert of_pair(made, 0, 7, 2000.0) == pytest.approx(0.3)


def test_an_introduction_is_not_stronger_than_its_slot_was() -> None:
    """A contact person who takes the place of somebody forgotten does not inherit that one's familiarity."""
    made = Familiarity(1, MEETING)
    for staff in range(6):
        for _ in range(8):
            meet(made, 0, staff, 0.0)
    made.introduce(0, 99, 0.3, 0.0)
    assert of_pair(made, 0, 99, 0.0) == pytest.approx(0.3)


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0, 400)), max_size=40))
def test_familiarity_stays_between_strangers_and_old_friends(meetings) -> None:
    made = Familiarity(1, MEETING)
    day = 0.0
    for staff, later in meetings:
        day += later
        meet(made, 0, staff, day)
        assert 0.25 - 1e-6 <= of_pair(made, 0, staff, day) <= 1
    for staff in range(10):
        assert 0 <= of_pair(made, 0, staff, day + 1) <= 1
