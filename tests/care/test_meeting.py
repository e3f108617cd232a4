"""Work out a contact by hand: its minutes, what staff know, whether it helps, and what it is burdened with."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import scenario, world_of
from scipy import stats
from scipy.special import expit

from sim.care.contact import Batch, ContactParameters, ContactRoom, Minutes
from sim.care.pathways import Pathways
from sim.care.world import World
from sim.core.parameter import read_group
from sim.core.vocabulary import ContactFlag, Mode, NeedKind, Profession, RecordDomain, WorkCause, WorkKind

BASE = scenario("baseline", 0.02, 0.2, 0.1)
P = read_group(ContactParameters, "contact", dict(BASE.parameters))
MANY = 20_000
KIND = NeedKind.CHRONIC_FOLLOW_UP


class Room:
    """Many equal episodes of one need, each of its own luck, in a fresh world."""

    def __init__(self, kind: NeedKind = KIND, step: int = 0) -> None:
        self.world: World = world_of(BASE)
        self.pathways = Pathways(BASE.pathways)
        self.room = ContactRoom(self.world, self.pathways)
        self.step = BASE.pathways[kind].steps[step]
        n = len(self.world.population)
        self.person = np.arange(MANY) % n
        key = np.arange(1, MANY + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        self.episode = self.world.episodes.add(
            MANY, person=self.person, kind=int(kind), step=step, severity=0.5, key=key, stay=-1, requested_days=10.0
        )
        profession = Profession[self.step.profession.upper()]
        self.station = self.world.stations.of_person[self.person, profession].astype(np.int64)

    def batch(self) -> Batch:
        return self.room.batch(self.episode, self.station)

    def minutes(self, known: float) -> Minutes:
        return self.room.expected_minutes(self.batch(), np.full(MANY, known))

    def meet(self, known: float, acute: bool = False) -> np.ndarray:
        staff = self.world.stations.first_staff[self.station]
        time, shares = np.full(MANY, 14.4), np.full(MANY, known)
        batch = self.batch()
        acquaintance = self.world.familiarity.of(batch.person, 14.0)
        return self.room.meet(batch, acquaintance, staff, time, shares, self.minutes(known), np.full(MANY, acute))


def test_minutes_of_a_contact_by_hand() -> None:
    room = Room()
    usual = room.minutes(P.reference_known_share)
    sd = P.minutes_log_sd
    error = room.step.direct_minutes * np.sqrt(np.expm1(sd**2) / MANY)
    assert usual.direct.mean() == pytest.approx(room.step.direct_minutes, abs=4 * error)
    assert np.log(usual.direct).std() == pytest.approx(sd, rel=0.03)
    assert (usual.documentation == room.step.documentation_minutes).all()
    np.testing.assert_allclose(usual.reading_in, P.reading_in_minutes)
    assert not usual.travel.any()
    less = room.minutes(P.reference_known_share - 0.25)
    np.testing.assert_allclose(less.reading_in, P.reading_in_minutes * (1 + 0.25 * P.reading_in_gap_factor))
    np.testing.assert_allclose(less.direct, usual.direct)
    assert (room.minutes(1.0).reading_in >= 0).all()


def test_only_home_visits_take_travel() -> None:
    room = Room(NeedKind.FUNCTIONAL_DECLINE)
    assert room.step.mode == "home_visit"
    np.testing.assert_allclose(room.minutes(0.6).travel, room.world.stations.travel_minutes[room.station])
    assert (room.minutes(0.6).travel > 0).all()


def test_knowing_each_other_saves_reading_in() -> None:
    room = Room().room
    assert room.reading_factor(np.array(0.0)) == 1.0
    assert room.reading_factor(np.array(1.0)) == pytest.approx(1 - P.reading_in_familiarity_saving)
    minutes = Minutes(*(np.array([value]) for value in (20.0, 10.0, 5.0, 8.0)))
    assert minutes.total(0.5).tolist() == [39.0]


@pytest.mark.parametrize("known", [0.2, 0.6, 0.9])
def test_a_contact_helps_as_often_as_information_says(known: float) -> None:
    room = Room()
    met = room.meet(known)
    expected = expit(P.met_logit + P.met_information_slope * (known - P.reference_known_share))
    assert stats.binomtest(int(met.sum()), MANY, float(expected)).pvalue > 1e-4
    rows = room.world.log.tables()["contacts"]
    assert (rows["met"] == met).all()
    np.testing.assert_allclose(rows["wait_days"], 4.4, rtol=1e-5)


def test_burdens_grow_with_what_is_not_known() -> None:
    room = Room()
    room.meet(0.3)
    flags = room.world.log.tables()["contacts"]["flags"]
    unknown = 0.7
    for flag, chance in (
        (ContactFlag.QUESTIONS_REPEATED, P.questions_repeated_probability * unknown),
        (ContactFlag.RECORD_MISSING, P.record_missing_probability * unknown),
        (ContactFlag.TEST_REPEATED, P.test_repeated_probability * room.step.test_probability * unknown),
        (ContactFlag.CONTRADICTORY_INFORMATION, P.contradiction_probability * unknown),
        (ContactFlag.HELP_WITH_COORDINATION, P.coordination_help_probability),
    ):
        count = int(((flags & flag) > 0).sum())
        assert stats.binomtest(count, MANY, chance).pvalue > 1e-4, flag
    assert not (flags & (ContactFlag.ACUTE | ContactFlag.JOINT | ContactFlag.SECOND_TRY)).any()


def test_with_everything_known_nothing_is_repeated() -> None:
    room = Room()
    room.meet(1.0)
    flags = room.world.log.tables()["contacts"]["flags"]
    burdens = (
        ContactFlag.QUESTIONS_REPEATED | ContactFlag.RECORD_MISSING | ContactFlag.TEST_REPEATED
        | ContactFlag.CONTRADICTORY_INFORMATION
    )  # fmt: skip
    assert not (flags & burdens).any()


def test_missing_records_and_repeated_tests_take_time() -> None:
    room = Room()
    room.meet(0.3)
    tables = room.world.log.tables()
    flags, work = tables["contacts"]["flags"], tables["work"]
    assert (work["kind"] == WorkKind.HASSLE).all()
    for flag, cause, minutes in (
        (ContactFlag.RECORD_MISSING, WorkCause.CHASING, P.missing_record_minutes),
        (ContactFlag.TEST_REPEATED, WorkCause.REPEATED_TEST, P.repeated_test_minutes),
    ):
        hit = ((flags & flag) > 0).sum()
        assert (work["cause"] == cause).sum() == hit > 0
        assert work["minutes"][work["cause"] == cause].sum() == pytest.approx(hit * minutes)


def test_staff_know_the_best_of_record_what_came_along_and_what_is_told() -> None:
    room = Room()
    w, some = room.world, slice(0, 3)
    person, episode, station = room.person[some], room.episode[some], room.station[some]
    w.information.share[person] = 0.1
    w.participation[person], w.population.relative[person] = 0.0, False
    w.information.share[person[0], RecordDomain.PRIMARY_CARE] = 0.7
    w.episodes.carried[episode[1]] = 0.6
    w.participation[person[2]] = 1.0
    tells = w.register["information.patient_tells_share"].value
    known = room.room.known_share(room.room.batch(episode, station))
    np.testing.assert_allclose(known, [0.7, 0.6, tells], rtol=1e-6)


def test_an_acute_contact_and_a_second_try_are_marked() -> None:
    room = Room()
    room.world.episodes.tries[room.episode] = 1
    room.meet(0.6, acute=True)
    rows = room.world.log.tables()["contacts"]
    assert ((rows["flags"] & ContactFlag.ACUTE) > 0).all()
    assert ((rows["flags"] & ContactFlag.SECOND_TRY) > 0).all()
    assert (rows["mode"] == Mode.VISIT).all()


def test_luck_of_a_second_try_is_its_own() -> None:
    room = Room()
    first = room.meet(0.6)
    room.world.episodes.tries[room.episode] = 1
    second = room.meet(0.6)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03
