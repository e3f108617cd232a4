"""Messages and shared lists let more come along between organisations, with consent, for a licence and upkeep."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers, Queries
from sim.core.vocabulary import PaymentKind, Profession, WorkCause, WorkKind
from sim.means.technical_communication import TechnicalCommunication

BASE = scenario("baseline", 0.1, 0.5, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def test_more_comes_along_between_organisations_with_consent() -> None:
    settings = {"handover_information_gain": 0.4, "lead_factor": 0.8, "discharge_information_gain": 0.6}
    world = world_of(with_means(scenario(), choice("technical_communication", query_reach_gain=0.2, **settings)))
    means, here = world.decisions.means[0]
    assert isinstance(means, TechnicalCommunication)
    here.fidelity = 0.5
    consents = world.population.consent
    willing, without = np.flatnonzero(consents)[:2]
    refuses = np.flatnonzero(~consents)[0]
    here.offered[[willing, refuses, without]] = True, True, False
    person = np.array([willing, willing, refuses, without])
    nought = np.zeros(4, np.int64)
    # Between organisations, between units, refused, not reached.
    batch = Handovers(person, nought, np.full(4, 0.5), nought, nought, np.array([3, 2, 5, 3]))
    assert means.handover_information_gain(here, batch).tolist() == pytest.approx([0.2, 0, 0, 0])
    assert means.handover_lead_factor(here, batch).tolist() == pytest.approx([0.9, 1, 0.9, 1])
    sent = [means.discharge_information_gain(here, int(who)) for who in (willing, refuses, without)]
    assert sent == pytest.approx([0.3, 0, 0])
    queries = Queries(person, nought, np.full(4, 0.5))
    assert means.query_reach_gain(here, queries).tolist() == pytest.approx([0.1, 0.1, 0.1, 0])


def test_more_crosses_in_less_time_and_home_nurses_are_answered() -> None:
    settings = {"handover_information_gain": 0.6, "lead_factor": 0.7, "query_reach_gain": 0.5}
    crossed, lead, unanswered = [], [], []
    for tables in (run(None)[1], run("technical_communication", **settings)[1]):
        rows, work = tables["handovers"], tables["work"]
        apart = (rows["time_days"] >= START + 7) & (rows["distance"] == 3)
        crossed.append(rows["information_share"][apart].mean())
        lead.append(rows["lead_days"][apart].mean())
        asked = (work["time_days"] >= START + 7) & (work["cause"] == WorkCause.MICRO_QUERY)
        unanswered.append(work["minutes"][asked & (work["kind"] == WorkKind.HASSLE)].sum())
    # Of the four tenths that do not cross, six come along for the nine in ten who consent.
    assert crossed[0] == pytest.approx(0.6, abs=0.01)
    assert crossed[1] == pytest.approx(0.6 + 0.4 * 0.6 * 0.9, abs=0.02)
    assert lead[1] == pytest.approx(0.7 * lead[0], rel=0.1)
    assert unanswered[1] < 0.8 * unanswered[0]


def test_it_costs_a_licence_training_and_one_more_system() -> None:
    settings = {"handover_information_gain": 0.6, "lead_factor": 0.7, "query_reach_gain": 0.5}
    live, tables = run("technical_communication", **settings)
    facts, presence = live.world.stations.facts, live.world.stations.presence
    full_time = (facts.staff * presence)[facts.profession != Profession.HOME_HELP_WORKER].sum()
    work, payments = tables["work"], tables["payments"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    assert minutes[time == weeks[0]].sum() == pytest.approx(full_time * (120 / 13 + 5), rel=1e-4)
    assert minutes[time == weeks[13]].sum() == pytest.approx(full_time * 5, rel=1e-4)
    fixed = payments["sek"][payments["kind"] == PaymentKind.MEANS_FIXED_COST].sum()
    assert fixed == pytest.approx(20 * len(live.world.population) / 52 * len(weeks))
