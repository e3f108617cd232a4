"""Work out hand-overs by hand: how far apart two actors are, how long it takes, what crosses, what it costs."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import scenario, with_parameters, world_of
from scipy import stats

from sim.care.handover import Crossing, Gap
from sim.care.world import World
from sim.core.vocabulary import Profession, WorkCause, WorkKind

P = Profession
MANY = 20_000

DISTANCES = {
    (P.GENERAL_PRACTITIONER, P.GENERAL_PRACTITIONER): 1,
    (P.PRIMARY_CARE_NURSE, P.GENERAL_PRACTITIONER): 1,
    (P.GENERAL_PRACTITIONER, P.SPECIALIST_PHYSICIAN): 3,
    (P.SPECIALIST_NURSE, P.SPECIALIST_PHYSICIAN): 1,
    (P.SPECIALIST_PHYSICIAN, P.EMERGENCY_PHYSICIAN): 2,
    (P.GENERAL_PRACTITIONER, P.EMERGENCY_PHYSICIAN): 3,
    (P.GENERAL_PRACTITIONER, P.PSYCHIATRIST): 4,
    (P.SPECIALIST_PHYSICIAN, P.PSYCHIATRIC_NURSE): 4,
    (P.GENERAL_PRACTITIONER, P.CARE_MANAGER): 5,
    (P.GENERAL_PRACTITIONER, P.HOME_NURSE): 5,
    (P.PSYCHIATRIST, P.SOCIAL_WORKER): 5,
    (P.HOME_NURSE, P.THERAPIST): 2,
    (P.HOME_NURSE, P.CARE_MANAGER): 4,
    (P.CARE_MANAGER, P.HOME_HELP_WORKER): 2,
    (P.CARE_MANAGER, P.SOCIAL_WORKER): 4,
}
"""Report 000, section 3.3: the highest boundary between two actors who serve the same person."""


@cache
def small_world() -> World:
    return world_of(scenario("baseline", 0.02, 0.2, 0.1))


@pytest.mark.parametrize(("pair", "distance"), DISTANCES.items(), ids=lambda v: str(v))
def test_distances_of_the_real_place(pair: tuple[Profession, Profession], distance: int) -> None:
    stations = small_world().stations
    one, other = (stations.of_person[:, profession].astype(int) for profession in pair)
    assert (one >= 0).all() and (other >= 0).all()
    assert set(stations.distance[one, other].tolist()) == {distance}
    assert set(stations.distance[other, one].tolist()) == {distance}


def test_everybody_is_served_by_the_own_municipality_or_the_region() -> None:
    w = small_world()
    home, facts = w.population.municipality, w.stations.facts
    for profession in Profession:
        station = w.stations.of_person[:, profession].astype(int)
        assert (facts.profession[station] == profession).all()
        assert ((facts.municipality[station] == home) | (facts.municipality[station] < 0)).all()


def test_lists_of_health_centres_follow_the_declared_shares() -> None:
    w = world_of(scenario("baseline", 0.5, 0.2, 0.1))
    station = w.stations.of_person[:, Profession.GENERAL_PRACTITIONER].astype(int)
    for unit in w.place.units:
        if unit.kind != "health_centre" or unit.listed_share is None or unit.listed_share == 1:
            continue
        own = w.population.municipality == [m.id for m in w.place.municipalities].index(unit.municipality or "")
        here = np.array(w.stations.facts.unit)[station[own]] == unit.id
        assert stats.binomtest(int(here.sum()), int(own.sum()), unit.listed_share).pvalue > 1e-4


def hand_over(world: World, pair: tuple[Profession, Profession], severity: float = 0.5, count: int = MANY) -> Crossing:
    """Hand many equal episodes over between the stations of person 0."""
    world.episodes.count = 0
    key = np.arange(count, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    person = np.zeros(count, np.int64)
    episode = world.episodes.add(count, person=person, severity=severity, key=key, stay=-1, moves=0)
    one, other = (int(world.stations.of_person[0, profession]) for profession in pair)
    return Gap(world).cross(
        person, episode, np.full(count, one), np.full(count, other), np.full(count, 0.8), np.full(count, 10.0)
    )


@pytest.mark.parametrize(("pair", "distance"), [((P.PRIMARY_CARE_NURSE, P.GENERAL_PRACTITIONER), 1),
                                                ((P.GENERAL_PRACTITIONER, P.SPECIALIST_PHYSICIAN), 3),
                                                ((P.GENERAL_PRACTITIONER, P.CARE_MANAGER), 5)])  # fmt: skip
def test_delay_loss_and_information_follow_the_declared_numbers(
    pair: tuple[Profession, Profession], distance: int
) -> None:
    world = world_of(scenario("baseline", 0.02, 0.2, 0.1))
    register = {name: world.register[f"gap.{name}"].value for name in
                ("lead_time_mean_days", "loss_probability", "information_crossing", "lead_time_log_sd")}  # fmt: skip
    crossing = hand_over(world, pair)
    rows = world.log.tables()["handovers"]
    administrative = rows["lead_days"] - rows["dispute_days"]
    mean, sd = register["lead_time_mean_days"][distance], register["lead_time_log_sd"]
    standard_error = mean * np.sqrt(np.exp(sd**2) - 1) / np.sqrt(MANY)
    assert administrative.mean() == pytest.approx(mean, abs=4 * standard_error)
    assert np.median(administrative) == pytest.approx(mean * np.exp(-(sd**2) / 2), rel=0.05)
    assert stats.binomtest(int(crossing.lost.sum()), MANY, register["loss_probability"][distance]).pvalue > 1e-4
    np.testing.assert_allclose(crossing.carried, 0.8 * register["information_crossing"][distance])
    np.testing.assert_allclose(crossing.arrival_days, 10.0 + rows["lead_days"], rtol=1e-5)
    assert (crossing.distance == distance).all()


@pytest.mark.parametrize("severity", [0.1, 0.5, 1.0])
def test_disputes_between_principals_follow_the_cost_at_stake(severity: float) -> None:
    """0.12 x (0.4 + 1.2 x severity): 0.0624, 0.12 and 0.192; each takes 8 days on average."""
    values = {"gap.dispute_probability": 0.12, "gap.dispute_severity_base": 0.4, "gap.dispute_severity_slope": 1.2}
    world = world_of(with_parameters(scenario("baseline", 0.02, 0.2, 0.1), values))
    hand_over(world, (P.GENERAL_PRACTITIONER, P.CARE_MANAGER), severity)
    rows = world.log.tables()["handovers"]
    expected = {0.1: 0.0624, 0.5: 0.12, 1.0: 0.192}[severity]
    disputed = int(rows["disputed"].sum())
    assert stats.binomtest(disputed, MANY, expected).pvalue > 1e-4
    mean = world.register["gap.dispute_mean_days"].value
    assert rows["dispute_days"][rows["disputed"]].mean() == pytest.approx(mean, abs=4 * mean / np.sqrt(disputed))
    assert not rows["dispute_days"][~rows["disputed"]].any()


def test_inside_one_principal_nobody_argues() -> None:
    world = world_of(scenario("baseline", 0.02, 0.2, 0.1))
    hand_over(world, (P.GENERAL_PRACTITIONER, P.PSYCHIATRIST), 1.0)
    assert not world.log.tables()["handovers"]["disputed"].any()


def test_work_of_a_hand_over_by_hand() -> None:
    """General practitioner to specialist, distance 3: 6 minutes a side; the sender chases with 0.22 for 15 minutes."""
    world = world_of(scenario("baseline", 0.02, 0.2, 0.1))
    side = world.register["gap.work_minutes_per_side"].value[3]
    chance, minutes = world.register["gap.chase_probability"].value[3], world.register["gap.chase_minutes"].value
    hand_over(world, (P.GENERAL_PRACTITIONER, P.SPECIALIST_PHYSICIAN))
    work = world.log.tables()["work"]
    sender, receiver = (int(world.stations.of_person[0, p]) for p in (P.GENERAL_PRACTITIONER, P.SPECIALIST_PHYSICIAN))
    for station in (sender, receiver):
        usual = (work["station"] == station) & (work["cause"] == WorkCause.HANDOVER)
        assert work["minutes"][usual].sum() == pytest.approx(MANY * side)
        assert (work["kind"][usual] == WorkKind.COORDINATION).all()
    chased = work["cause"] == WorkCause.CHASING
    assert (work["station"][chased] == sender).all()
    assert (work["minutes"][chased] == minutes).all()
    assert (work["kind"][chased] == WorkKind.HASSLE).all()
    assert stats.binomtest(int(chased.sum()), MANY, chance).pvalue > 1e-4
    waiting = world.work.waiting_minutes
    assert waiting[sender] == pytest.approx(MANY * side + chased.sum() * minutes)
    assert waiting[receiver] == pytest.approx(MANY * side)


def test_what_is_lost_is_found_the_sooner_the_better_people_can_take_part() -> None:
    world = world_of(scenario("baseline", 0.02, 0.2, 0.1))
    hand_over(world, (P.GENERAL_PRACTITIONER, P.CARE_MANAGER))
    base = world.register["gap.found_base_per_day"].value
    slope = world.register["gap.found_participation_per_day"].value
    for participation in (0.1, 0.9):
        world.participation[0] = participation
        days = Gap(world).found_after_days(np.zeros(MANY, np.int64), np.arange(MANY))
        mean = 1 / (base + slope * participation)
        assert days.mean() == pytest.approx(mean, abs=4 * mean / np.sqrt(MANY))
        assert stats.kstest(days, "expon", args=(0, mean)).pvalue > 1e-4
