"""Weekly group: it grows in steps, asks everybody around the person to the meeting, and costs accordingly."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers
from sim.core.vocabulary import ContactFlag, PaymentKind, Profession

BASE = scenario("baseline", 0.1, 0.6, 0.1)


@pytest.mark.parametrize(
    ("steps", "age_days", "per_10000"),
    [
        (4, 0, 10),
        (4, 182, 10),
        (4, 183, 100),
        (4, 365, 200),
        (4, 548, 400),
        (4, 5000, 400),
        (2, 5000, 100),
        (1, 800, 10),
    ],
)
def test_it_is_for_a_share_of_the_people_that_grows_in_steps(steps: int, age_days: float, per_10000: float) -> None:
    world = world_of(with_means(BASE, choice("weekly_group", steps=float(steps))))
    means, here = world.decisions.means[0]
    here.age_days = age_days
    assert means.enrolment(here).places_per_10000 == pytest.approx(per_10000)


def test_the_meeting_takes_those_around_the_person_and_the_first_one_is_longer() -> None:
    world = world_of(with_means(BASE, choice("weekly_group")))
    means, here = world.decisions.means[0]
    here.fidelity, here.age_days = 0.5, 28.0
    # Somebody with no services at all: physician and nurse of the health centre only.
    population = world.population
    plain = (world.home_help == 0) & (world.home_nursing == 0) & ~world.special_housing
    one = int(np.flatnonzero(plain & ~population.psychiatric & ~population.substance)[0])
    here.enrolled[one] = True
    for since, factor in ((28.0, 5.0), (21.0, 0.5)):
        here.enrolled_days[one] = since
        work = means.standing_work(here, 4)
        profession = world.stations.facts.profession
        assert {int(profession[w.station]): w.minutes for w in work} == pytest.approx(
            {int(Profession.GENERAL_PRACTITIONER): 3 * factor, int(Profession.PRIMARY_CARE_NURSE): 8 * factor}
        )
    inhabitants = len(population) / 10_000
    assert means.fixed_cost_sek_per_week(here) == pytest.approx((200_000 * inhabitants + 2_500) / 52)


def test_it_settles_disputes_and_asks_for_consent_for_its_people() -> None:
    world = world_of(with_means(BASE, choice("weekly_group")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[1] = 0.5, True
    two, none = np.arange(2), np.zeros(2, np.int64)
    batch = Handovers(two, none, np.full(2, 0.5), none, none, np.full(2, 5))
    assert means.dispute_factor(here, batch) == pytest.approx([1.0, 0.75])
    assert means.consent_gain(here, two) == pytest.approx([0.0, 0.45])


def test_groups_follow_the_steps_push_what_has_stalled_and_help_with_the_next_step() -> None:
    live = Live(with_means(BASE, choice("weekly_group", years_per_step=0.25, scan_per_day=0.3)), 4)
    sizes = []

    def look(now: Live) -> None:
        sizes.append(int(now.world.decisions.means[0][1].enrolled.sum()))

    tables = live.run(look)
    people = len(live.world.population)
    start = round(BASE.warmup_years * 365)
    first = sizes[: (start + 84) // 7]
    assert 0 < max(first) <= 0.001 * people
    assert 0.002 * people < max(sizes) <= 0.02 * people
    assert len(tables["pushes"]["person"]) > 5
    rows = tables["contacts"]
    helped = (rows["flags"] & ContactFlag.HELP_WITH_COORDINATION) > 0
    inside = np.isin(rows["person"], tables["enrolments"]["person"][tables["enrolments"]["means"] >= 0])
    late = rows["time_days"] > live.world.days - 14
    assert helped[inside & late].mean() > helped[~inside & late].mean()
    assert (tables["payments"]["kind"] == PaymentKind.MEANS_FIXED_COST).any()


@pytest.mark.parametrize(
    ("name", "per_10000"), [("per_mille", 10), ("one_percent", 100), ("two_percent", 200), ("four_percent", 400)]
)
def test_each_scenario_of_the_expansion_ends_at_its_share(name: str, per_10000: float) -> None:
    world = world_of(scenario(name, 0.1, 0.6, 0.1))
    means, here = world.decisions.means[0]
    here.age_days = 5000.0
    assert means.enrolment(here).places_per_10000 == pytest.approx(per_10000)
