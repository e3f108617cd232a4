"""Bed or more support at home: what separate purses see, and what one purse sees."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_runs import choice, scenario, with_means, with_parameters, world_of

from sim.care.arrangement import Arrangement
from sim.care.emergency import EmergencyParameters
from sim.care.world import World
from sim.config.scenario import Scenario
from sim.core.parameter import read_group
from sim.core.vocabulary import Profession, WorkCause

BASE = with_parameters(
    scenario("baseline", 0.03, 0.2, 0.1),
    {"emergency.alternative_base": 0.4, "emergency.agreement_probability": 0.1,
     "emergency.agreement_with_one_purse": 0.6, "emergency.support_days": 3.0,
     "emergency.support_home_help_hours_per_day": 2.0, "emergency.support_home_nurse_minutes_per_day": 30.0},
)  # fmt: skip


def set_up(base: Scenario, fidelity: float | None = None) -> tuple[World, Arrangement, int]:
    if fidelity is not None:
        base = with_means(base, choice("joint_financing"))
    world = world_of(base)
    for _, here in world.decisions.means:
        here.started, here.fidelity = True, fidelity or 0.0
    p = read_group(EmergencyParameters, "emergency", world.register)
    client = int(np.flatnonzero(world.home_help > 0)[0])
    return world, Arrangement(world, p), client


def agrees(arrangement: Arrangement, person: int, luck_agree: float, severity: float = 0.5) -> bool:
    return arrangement.found(person, severity, 10.0, 0.0, luck_agree)


def test_with_separate_purses_the_municipality_agrees_now_and_then() -> None:
    _, arrangement, client = set_up(BASE)
    assert agrees(arrangement, client, 0.0999)
    assert not agrees(arrangement, client, 0.1001)


@pytest.mark.parametrize(("fidelity", "chance"), [(1.0, 0.6), (0.5, 0.35)])
def test_with_one_purse_the_cheaper_arrangement_for_the_whole_is_chosen_more_often(
    fidelity: float, chance: float
) -> None:
    _, arrangement, client = set_up(BASE, fidelity)
    assert agrees(arrangement, client, chance - 1e-4)
    assert not agrees(arrangement, client, chance + 1e-4)


def test_one_purse_never_chooses_what_is_dearer_for_the_whole() -> None:
    prices = BASE.place.prices
    free_beds = prices.model_copy(update={"bed_day_sek": prices.bed_day_sek.model_copy(update={"value": 1.0})})
    dear = replace(BASE, place=BASE.place.model_copy(update={"prices": free_beds}))
    _, arrangement, client = set_up(dear, 1.0)
    assert not agrees(arrangement, client, 1e-9)


def test_home_must_do_and_the_person_must_be_known_to_the_municipality_or_frail() -> None:
    world, arrangement, client = set_up(BASE)
    # 0.4 x (1 - severity 0.5) = 0.2
    assert arrangement.found(client, 0.5, 10.0, 0.1999, 0.0)
    assert not arrangement.found(client, 0.5, 10.0, 0.2001, 0.0)
    young = int(np.flatnonzero((world.home_help == 0) & (world.home_nursing == 0) & ~world.special_housing)[0])
    world.frailty[young] = 0.29
    assert not arrangement.found(young, 0.5, 10.0, 0.0, 0.0)
    world.frailty[young] = 0.31
    assert arrangement.found(young, 0.5, 10.0, 0.0, 0.0)


def test_support_at_home_takes_the_municipalitys_time() -> None:
    world, arrangement, client = set_up(BASE)
    assert agrees(arrangement, client, 0.0)
    work = world.log.tables()["work"]
    assert (work["cause"] == WorkCause.EXTRA_SUPPORT).all()
    profession = world.stations.facts.profession[work["station"]]
    assert work["minutes"][profession == Profession.HOME_HELP_WORKER].sum() == pytest.approx(3 * 120)
    assert work["minutes"][profession == Profession.HOME_NURSE].sum() == pytest.approx(3 * 30)
    facts = world.stations.facts
    home = world.population.municipality[client]
    assert (facts.municipality[work["station"]] == home).all()


def test_a_refusal_takes_nobodys_time() -> None:
    world, arrangement, client = set_up(BASE)
    assert not agrees(arrangement, client, 0.99)
    assert not len(world.log.tables()["work"]["minutes"])
