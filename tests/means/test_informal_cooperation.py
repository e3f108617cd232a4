"""People of different units who know each other chase and argue less; they must meet, and newcomers must be shown."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, with_parameters, world_of

from sim.care.questions import Handovers, Queries
from sim.care.stations import BETWEEN_PRINCIPALS, WITHIN_UNIT
from sim.core.vocabulary import Profession, WorkCause, WorkKind
from sim.means.informal_cooperation import InformalCooperation

BASE = scenario("baseline", 0.1, 0.6, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def test_closeness_is_full_in_a_municipality_thin_across_the_place_and_nothing_else() -> None:
    settings = {"handover_reach_gain": 0.4, "query_reach_gain": 0.2, "dispute_factor": 0.8}
    world = world_of(with_means(scenario(), choice("informal_cooperation", closeness_across_place=0.5, **settings)))
    means, here = world.decisions.means[0]
    assert isinstance(means, InformalCooperation)
    here.fidelity = 0.5
    here.offered[:2] = True, False
    home = world.stations.facts.municipality
    one, two = np.flatnonzero(home == 0)[:2]
    other, for_all = np.flatnonzero(home == 1)[0], np.flatnonzero(home < 0)[0]
    # Same municipality, whole place, another municipality, same unit, not reached.
    person = np.array([0, 0, 0, 0, 1])
    to_station = np.array([two, for_all, other, two, two])
    distance = np.array([BETWEEN_PRINCIPALS] * 3 + [WITHIN_UNIT, BETWEEN_PRINCIPALS])
    nought = np.zeros(5, np.int64)
    batch = Handovers(person, nought, np.full(5, 0.5), np.full(5, one), to_station, distance)
    assert means.handover_reach_gain(here, batch).tolist() == pytest.approx([0.2, 0.1, 0, 0, 0])
    assert means.dispute_factor(here, batch).tolist() == pytest.approx([0.9, 0.95, 1, 1, 1])
    queries = Queries(np.array([0, 1]), nought[:2], np.full(2, 0.5))
    assert means.query_reach_gain(here, queries).tolist() == pytest.approx([0.1, 0.0])


def test_less_time_goes_to_chasing_and_to_calls_that_nobody_answers() -> None:
    lost = []
    for tables in (run(None)[1], run("informal_cooperation", handover_reach_gain=0.6, query_reach_gain=0.4)[1]):
        rows = tables["work"]
        late = (rows["time_days"] >= START + 7) & (rows["kind"] == WorkKind.HASSLE)
        by_cause = np.bincount(rows["cause"][late], rows["minutes"][late], minlength=len(WorkCause))
        lost.append((by_cause[WorkCause.CHASING], by_cause[WorkCause.MICRO_QUERY]))
    assert lost[1][0] < 0.9 * lost[0][0]
    assert lost[1][1] < 0.9 * lost[0][1]


def test_it_costs_meetings_and_shadowing_of_all_and_then_of_newcomers() -> None:
    base = with_parameters(scenario("baseline", 0.03, 0.6, 0.1), {"implementation.staff_turnover_per_year": 0.4})
    live = Live(with_means(base, choice("informal_cooperation")))
    tables = live.run()
    facts, presence = live.world.stations.facts, live.world.stations.presence
    inside = ~np.isin(facts.profession, (Profession.HOME_HELP_WORKER, Profession.EMERGENCY_PHYSICIAN))
    full_time = (facts.staff * presence)[inside].sum()
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    _, here = live.world.decisions.means[0]
    # Staff change more often than presumed (0.4 against 0.12 a year), so less of it holds and learning never ends.
    assert here.fidelity == pytest.approx(1 - 0.8 * (0.4 - 0.12))
    learning = 1 + 0.25 * (1 - here.fidelity)
    first, later = full_time * (240 / 26 + 150 / 52), full_time * (0.4 * 240 / 52 + 150 / 52)
    assert minutes[time == weeks[0]].sum() == pytest.approx(first * learning, rel=1e-4)
    assert minutes[time == weeks[26]].sum() == pytest.approx(later * learning, rel=1e-4)
    assert not np.isin(work["station"][of_means], np.flatnonzero(~inside)).any()
