"""Units that merge are units of one organisation: nearer, after a year of friction."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_runs import choice, scenario, with_means, world_of
from paired_runs import handovers, pair, run, switched_on, weekly_minutes, weekly_sek

from sim.care.decisions import Here, Means
from sim.core.vocabulary import PaymentKind, Profession, WorkCause

APART = (Profession.GENERAL_PRACTITIONER, Profession.HOME_NURSE)
DOMAINS = (Profession.GENERAL_PRACTITIONER, Profession.PSYCHIATRIST)
ONE_UNIT = (Profession.GENERAL_PRACTITIONER, Profession.PRIMARY_CARE_NURSE)


def without_psychiatry() -> tuple[Means, Here]:
    one = choice("single_organisation")
    kinds = one.settings["merged_share"]
    assert isinstance(kinds.value, dict)
    settings = {**one.settings, "merged_share": replace(kinds, value={**kinds.value, "psychiatric_clinic": 0.0})}
    world = world_of(with_means(scenario("baseline", 0.03), replace(one, settings=settings)))
    means, here = world.decisions.means[0]
    here.started, here.fidelity = True, 1.0
    return means, here


def test_merged_units_are_two_apart_and_nearer_ones_stay_near() -> None:
    means, here = switched_on("single_organisation")
    batch = handovers(here, APART, DOMAINS, ONE_UNIT)
    assert batch.distance.tolist() == [5, 4, 1]
    assert means.handover_distance(here, batch).tolist() == [2, 2, 1]


def test_cultures_may_remain_apart() -> None:
    means, here = switched_on("single_organisation", distance_inside=4.0)
    assert means.handover_distance(here, handovers(here, APART, DOMAINS)).tolist() == [4, 4]


def test_what_is_left_outside_stays_as_far_away() -> None:
    means, here = without_psychiatry()
    assert means.handover_distance(here, handovers(here, APART, DOMAINS)).tolist() == [2, 4]


def test_fidelity_is_the_share_of_hand_overs_that_go_the_new_way() -> None:
    means, here = switched_on("single_organisation", fidelity=0.3)
    here.world.episodes.key[:400] = np.arange(400)
    batch = handovers(here, *[APART] * 400)
    near = (means.handover_distance(here, batch) == 2).mean()
    assert near == pytest.approx(0.3, abs=0.08)


def test_friction_passes_in_the_course_of_a_year() -> None:
    means, here = switched_on("single_organisation", friction_at_start=0.4)
    batch = handovers(here, APART)
    factors = []
    for here.age_days in (0.0, 182.5, 365.0, 700.0):
        factors += means.handover_lead_factor(here, batch).tolist()
    assert factors == pytest.approx([1.4, 1.2, 1.0, 1.0])


def test_hand_overs_are_nearer_sooner_and_undisputed() -> None:
    before, after = pair("handovers", "single_organisation")
    assert after["distance"].max() == 2
    assert after["lead_days"].mean() < 0.7 * before["lead_days"].mean()
    assert before["disputed"].any()
    assert not after["disputed"].any()
    invoices = [
        t["payments"]["sek"][t["payments"]["kind"] == PaymentKind.DELAYED_DISCHARGE_INVOICE].sum()
        for t in (run()[1], run("single_organisation")[1])
    ]
    assert invoices[1] < 0.8 * invoices[0]


def test_it_decides_as_one_purse_as_far_as_it_has_one_budget() -> None:
    means, here = switched_on("single_organisation", fidelity=0.5, one_budget=0.6)
    assert means.pools_money(here) == pytest.approx(0.3)


def test_the_merger_takes_hours_of_all_and_size_costs() -> None:
    live, tables = run("single_organisation")
    stations = live.world.stations
    full_time = float((stations.facts.staff * stations.presence).sum())
    assert weekly_minutes("single_organisation")[0] == pytest.approx(full_time * 1200 / 52, rel=1e-4)
    people = len(live.world.population)
    assert weekly_sek("single_organisation") == pytest.approx(people * 60 / 52, rel=1e-4)
    assert (tables["work"]["cause"] == WorkCause.MEANS).any()
