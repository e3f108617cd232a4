"""Routines make hand-overs safer and more alike, and each of them takes more work."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers
from sim.core.vocabulary import Profession, WorkCause
from sim.means.communication_routines import CommunicationRoutines

BASE = scenario("baseline", 0.1, 0.6, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def test_factors_hold_between_units_for_those_reached() -> None:
    factors = {"loss_factor": 0.6, "spread_factor": 0.8, "lead_factor": 0.9, "work_factor": 1.2, "reach_gain": 0.2}
    world = world_of(with_means(scenario(), choice("communication_routines", **factors)))
    means, here = world.decisions.means[0]
    assert isinstance(means, CommunicationRoutines)
    here.fidelity = 0.5
    here.offered[:2] = True, False
    nought = np.zeros(3, np.int64)
    # Between organisations, within a unit, not reached.
    batch = Handovers(np.array([0, 0, 1]), nought, np.full(3, 0.5), nought, nought, np.array([3, 1, 3]))
    assert means.handover_loss_factor(here, batch).tolist() == pytest.approx([0.8, 1, 1])
    assert means.handover_spread_factor(here, batch).tolist() == pytest.approx([0.9, 1, 1])
    assert means.handover_lead_factor(here, batch).tolist() == pytest.approx([0.95, 1, 1])
    assert means.handover_work_factor(here, batch).tolist() == pytest.approx([1.1, 1, 1])
    assert means.handover_reach_gain(here, batch).tolist() == pytest.approx([0.1, 0, 0])


def test_fewer_hand_overs_are_lost_and_lead_times_spread_less() -> None:
    lost, spread = [], []
    for tables in (run(None)[1], run("communication_routines", loss_factor=0.4, spread_factor=0.6, work_factor=1.5)[1]):
        rows = tables["handovers"]
        apart = (rows["time_days"] >= START + 7) & (rows["distance"] >= 2)
        lost.append(rows["lost"][apart].mean())
        spread.append(np.log(rows["lead_days"][apart & ~rows["disputed"] & (rows["distance"] == 3)]).std())
    assert lost[1] == pytest.approx(0.4 * lost[0], rel=0.25)
    assert spread[1] == pytest.approx(0.6 * spread[0], abs=0.05)


def test_each_hand_over_takes_more_work_and_less_chasing() -> None:
    each, chased = [], []
    for tables in (run(None)[1], run("communication_routines", loss_factor=0.4, spread_factor=0.6, work_factor=1.5)[1]):
        work, handovers = tables["work"], tables["handovers"]
        late = work["time_days"] >= START + 7
        apart = ((handovers["time_days"] >= START + 7) & (handovers["distance"] >= 2)).sum()
        each.append(work["minutes"][late & (work["cause"] == WorkCause.HANDOVER)].sum() / apart)
        chased.append(work["minutes"][late & (work["cause"] == WorkCause.CHASING)].sum() / apart)
    # Hand-overs within a unit take no more, so a little less than 1.5.
    assert 1.3 < each[1] / each[0] <= 1.5
    assert chased[1] < chased[0]


def test_routines_cost_an_introduction_and_upkeep() -> None:
    live, tables = run("communication_routines", loss_factor=0.4, spread_factor=0.6, work_factor=1.5)
    facts, presence = live.world.stations.facts, live.world.stations.presence
    full_time = (facts.staff * presence)[facts.profession != Profession.HOME_HELP_WORKER].sum()
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    assert minutes[time == weeks[0]].sum() == pytest.approx(full_time * (120 / 26 + 1), rel=1e-4)
    assert minutes[time == weeks[26]].sum() == pytest.approx(full_time, rel=1e-4)
