"""Standing work of means, worked out by people, by staff and by inhabitants; who is taken in, and when."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import choice, scenario, with_means, world_of

from sim.care.answers import EnrolmentRule
from sim.care.enrolment import Enrolment, _first
from sim.care.standing import for_inhabitants, for_people, professions_around
from sim.care.world import World
from sim.core.vocabulary import Profession

BASE = scenario("baseline", 0.1, 0.5, 0.1)


@pytest.fixture(scope="module")
def world() -> World:
    return world_of(BASE)


def test_minutes_of_people_fall_on_the_stations_that_serve_them(world: World) -> None:
    people = np.arange(40)
    minutes = np.where(people < 10, 5.0, 2.0)
    work = {w.station: w.minutes for w in for_people(world, Profession.HOME_NURSE, people, minutes)}
    station = world.stations.of_person[people, Profession.HOME_NURSE]
    assert work == {int(s): minutes[station == s].sum() for s in np.unique(station)}
    assert sum(work.values()) == 10 * 5.0 + 30 * 2.0
    assert for_people(world, Profession.HOME_NURSE, people[:0], 5.0) == []


def test_minutes_of_inhabitants_add_up_whatever_the_stations(world: World) -> None:
    work = for_inhabitants(world, Profession.HOME_NURSE, 100.0)
    assert len(work) == 4
    assert sum(w.minutes for w in work) == pytest.approx(100.0 * len(world.population) / 10_000)


def test_a_profession_is_around_those_who_have_its_services(world: World) -> None:
    around = professions_around(world)
    assert (around[Profession.HOME_HELP_WORKER] == (world.home_help > 0)).all()
    assert around[Profession.HOME_NURSE][world.home_nursing > 0].all()
    # Who has a home nurse does not have the health centre's nurse beside her.
    assert not (around[Profession.HOME_NURSE] & around[Profession.PRIMARY_CARE_NURSE]).any()
    assert (around[Profession.HOME_NURSE] | around[Profession.PRIMARY_CARE_NURSE]).all()


def _named(rule: EnrolmentRule, had_doctor: bool) -> tuple[World, np.ndarray, np.ndarray]:
    world = world_of(with_means(BASE, choice("patient_coordinator")))
    enrolment, (_, here) = Enrolment(world), world.decisions.means[0]
    here.fidelity, here.age_days = 1.0, 21.0
    station = world.stations.of_person[:, Profession.GENERAL_PRACTITIONER]
    chosen = np.flatnonzero((world.named_doctor >= 0) == had_doctor)[:8]
    before = world.named_doctor[chosen].copy()
    assert (station[chosen] >= 0).all()
    enrolment._take_in(here, rule, chosen, world.warmup_days + 21)
    assert (here.enrolled_days[chosen] == 21.0).all()
    assert (np.delete(here.enrolled_days, chosen) == -1).all()
    return world, chosen, before


def test_a_named_physician_becomes_the_own_doctor_and_no_contact_person() -> None:
    rule = EnrolmentRule(
        weekly_intake_per_municipality=9, places_per_10000=99, intake_minutes=1, caseload=99,
        intake_profession=Profession.GENERAL_PRACTITIONER,
    )  # fmt: skip
    world, chosen, _ = _named(rule, had_doctor=False)
    assert (world.named_doctor[chosen] >= 0).all()
    assert (world.contact_person[chosen] == -1).all()
    world, chosen, before = _named(rule, had_doctor=True)
    assert (world.named_doctor[chosen] == before).all()
    assert (world.decisions.means[0][1].contact_staff[chosen] == before).all()


@pytest.mark.parametrize("count", [1, 3, 5, 6, 9])
def test_those_with_the_most_points_are_taken_in_and_of_equals_the_first(count: int) -> None:
    points = np.array([2.0, 0.0, 5.0, 2.0, 5.0, 2.0])
    assert _first(points, count).tolist() == [2, 4, 0, 3, 5, 1][:count]
