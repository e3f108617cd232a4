"""How a means takes hold, who is taken in and in what order."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of
from hypothesis import given
from hypothesis import strategies as st

from sim.care.enrolment import Enrolment
from sim.care.implementation import fidelity_at
from sim.care.world import World
from sim.core.vocabulary import EnrolmentEvent, Profession

BASE = scenario("baseline", 0.2, 0.6, 0.1)


def test_fidelity_starts_at_nothing_is_half_way_at_the_ramp_and_tends_to_the_final_level() -> None:
    """Logistic, steepness 4, shifted to start at 0: at the ramp (0.5 - 0.018) / (1 - 0.018) = 0.491 of the final."""
    assert fidelity_at(0, 90, 0.8) == 0.0
    assert fidelity_at(-1, 90, 0.8) == 0.0
    low = 1 / (1 + np.exp(4))
    assert fidelity_at(90, 90, 0.8) == pytest.approx(0.8 * (0.5 - low) / (1 - low))
    assert fidelity_at(90, 90, 0.8) == pytest.approx(0.4, rel=0.02)
    assert fidelity_at(400, 90, 0.8) == pytest.approx(0.8, rel=1e-5)
    assert fidelity_at(0, 0, 0.8) == 0.8


@given(days=st.floats(0, 3000), more=st.floats(0, 100), ramp=st.floats(1, 400), final=st.floats(0, 1))
def test_fidelity_only_grows_and_never_passes_the_final_level(
    days: float, more: float, ramp: float, final: float
) -> None:
    assert 0 <= fidelity_at(days, ramp, final) <= fidelity_at(days + more, ramp, final) + 1e-12
    assert fidelity_at(days + more, ramp, final) <= final + 1e-12


def world_with_use(**settings: float) -> tuple[World, Enrolment]:
    """Return a world at the first week of a team, with recent use by person number among those in question."""
    world = world_of(with_means(BASE, choice("mdt", **settings)))
    world.recent_use[:] = 1.0 + np.arange(len(world.alive))
    return world, Enrolment(world)


def enrolled_by(world: World) -> list[int]:
    rows = world.log.tables()["enrolments"]
    return rows["person"][rows["event"] == EnrolmentEvent.ENROLLED].tolist()


def test_those_with_the_highest_recent_use_come_first_up_to_the_weekly_intake() -> None:
    world, enrolment = world_with_use(weekly_intake_per_municipality=10.0)
    day = 0
    enrolled: list[int] = []
    while not enrolled:
        day += 7
        enrolment.week(day)
        enrolled = enrolled_by(world)
    assert day - world.warmup_days < 7
    home = world.population.municipality
    for m in range(len(world.place.municipalities)):
        wanted = np.flatnonzero(world.population.complex_needs & (home == m))
        mine = [p for p in enrolled if home[p] == m]
        # 10 a week, a fifth of the people: 2 a week.
        assert mine == wanted[::-1][:2].tolist()


def test_a_fraction_of_an_intake_adds_up_over_weeks() -> None:
    world, enrolment = world_with_use(weekly_intake_per_municipality=3.0)
    means, here = world.decisions.means[0]
    rule = means.enrolment(here)
    assert rule is not None
    weeks = [enrolment._intake(rule, day) for day in range(0, 7 * 50, 7)]
    assert sum(weeks) == 30
    assert set(weeks) == {0, 1}


def test_places_are_never_exceeded_and_are_filled_again() -> None:
    places_per_10000 = 30.0
    base = with_means(BASE, choice("mdt", team_size_patients=places_per_10000, weekly_intake_per_municipality=40.0))
    live, full = Live(base, 2), []

    def look(now: Live) -> None:
        w = now.world
        _, here = w.decisions.means[0]
        home = w.population.municipality
        inside = np.bincount(home[here.enrolled], minlength=4)
        most = (np.bincount(home, minlength=4) * places_per_10000 / 10_000).astype(int)
        assert (inside <= most).all()
        assert not (here.enrolled & ~w.alive).any()
        full.append(bool((inside == most).any()))

    tables = live.run(look)
    rows = tables["enrolments"]
    left = rows["person"][rows["event"] == EnrolmentEvent.LEFT]
    assert np.isin(left, tables["deaths"]["person"]).all()
    assert any(full)


def test_only_people_with_complex_needs_are_taken_in_and_each_once() -> None:
    live = Live(with_means(BASE, choice("mobile_response"), choice("patient_coordinator")), 2)
    rows = live.run()["enrolments"]
    for means in (0, 1):
        who = rows["person"][(rows["means"] == means) & (rows["event"] == EnrolmentEvent.ENROLLED)]
        assert len(who) > 10
        assert len(np.unique(who)) == len(who)
        assert live.world.population.complex_needs[who].all()


def test_half_the_coverage_reaches_about_half_and_the_same_people_for_every_means() -> None:
    world = world_of(with_means(BASE, choice("mdt", coverage=0.5), choice("mobile_response", coverage=0.5)))
    one, other = (here.offered for _, here in world.decisions.means)
    assert one.mean() == pytest.approx(0.5, abs=0.02)
    assert (one == other).all()
    more = world_of(with_means(BASE, choice("mdt", coverage=0.8))).decisions.means[0][1].offered
    assert (more | ~one).all()


def test_a_contact_person_gets_no_more_than_the_caseload_even_if_it_is_no_whole_number() -> None:
    base = with_means(BASE, choice("patient_coordinator", caseload=2.5, weekly_intake_per_municipality=40.0))
    live = Live(base, 2)
    rows = live.run()["enrolments"]
    _, here = live.world.decisions.means[0]
    enrolled = rows["event"] == EnrolmentEvent.ENROLLED
    staff = live.world.stations.of_person[rows["person"][enrolled], Profession.PRIMARY_CARE_NURSE]
    assert len(np.unique(staff)) > 2
    assert np.bincount(here.contact_staff[here.contact_staff >= 0]).max() == 2


def test_people_are_listed_at_their_worst_and_once() -> None:
    live = Live(BASE, 3)
    rows = live.run()["enrolments"]
    listed = rows["event"] == EnrolmentEvent.ELIGIBLE
    assert listed.sum() > 20
    assert len(np.unique(rows["person"][listed])) == listed.sum()
    assert (rows["time_days"][listed] == live.world.warmup_days).all()
    assert live.world.population.complex_needs[rows["person"][listed]].all()
