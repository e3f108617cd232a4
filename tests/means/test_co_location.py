"""Co-location: quicker and less chased between those under one roof, as before with all others."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers
from sim.core.vocabulary import PaymentKind, Profession, WorkCause
from sim.means.co_location import UNDER_ONE_ROOF

BASE = scenario("baseline", 0.1, 0.5, 0.1)


def test_it_acts_between_professions_of_one_municipality_under_the_roof() -> None:
    world = world_of(with_means(BASE, choice("co_location")))
    means, here = world.decisions.means[0]
    here.fidelity = 0.5
    (gp, *_), (nurse, *_) = (world.stations.of_profession(p, 0) for p in UNDER_ONE_ROOF[0:4:3])
    elsewhere = world.stations.of_profession(Profession.HOME_NURSE, 1)[0]
    specialist = world.stations.of_profession(Profession.SPECIALIST_PHYSICIAN, 0)[0]
    none = np.zeros(3, np.int64)
    to = np.array([nurse, elsewhere, specialist])
    batch = Handovers(none, none, np.full(3, 0.5), np.full(3, gp), to, np.full(3, 5))
    assert means.handover_lead_factor(here, batch) == pytest.approx([0.9, 1.0, 1.0])
    assert means.handover_reach_gain(here, batch) == pytest.approx([0.2, 0.0, 0.0])


def test_the_move_costs_every_full_time_post_and_meetings_go_on() -> None:
    world = world_of(with_means(BASE, choice("co_location", coverage=0.5)))
    means, here = world.decisions.means[0]
    here.fidelity = 0.4
    facts = world.stations.facts
    posts = (facts.staff * world.stations.presence)[np.isin(facts.profession, UNDER_ONE_ROOF)].sum()
    first, later = (sum(w.minutes for w in means.standing_work(here, week)) for week in (0, 30))
    assert later == pytest.approx(posts * 10 * 0.4 * 0.5)
    assert first - later == pytest.approx(posts * 900 / 26 * 0.5)


def test_hand_overs_under_the_roof_arrive_sooner_and_less_is_chased() -> None:
    live = Live(with_means(BASE, choice("co_location", lead_factor=0.5, reach_gain=0.7)), 4)
    usual, tables = Live(BASE, 4).run(), live.run()
    facts = live.world.stations.facts
    start = BASE.warmup_years * 365 + 7
    lead: list[list[float]] = [[], []]
    for one in (usual, tables):
        rows = one["handovers"]
        a, b = rows["from_station"], rows["to_station"]
        inside = np.isin(facts.profession[a], UNDER_ONE_ROOF) & np.isin(facts.profession[b], UNDER_ONE_ROOF)
        inside &= (facts.municipality[a] == facts.municipality[b]) & (rows["time_days"] > start)
        days = rows["lead_days"] - rows["dispute_days"]
        lead[0].append(days[inside & (rows["distance"] == 5)].mean())
        lead[1].append(days[~inside & (rows["time_days"] > start) & (rows["distance"] >= 4)].mean())
    assert lead[0][1] < 0.65 * lead[0][0]
    assert lead[1][1] > 0.8 * lead[1][0]
    chased = [one["work"]["minutes"][(one["work"]["cause"] == WorkCause.MICRO_QUERY)].sum() for one in (usual, tables)]
    assert chased[1] < chased[0]
    paid = tables["payments"]["kind"] == PaymentKind.MEANS_FIXED_COST
    weeks = len(np.unique(tables["payments"]["time_days"][paid]))
    assert tables["payments"]["sek"][paid].sum() == pytest.approx(30 * len(live.world.population) / 52 * weeks)
