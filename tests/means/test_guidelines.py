"""Guidelines make courses more alike; they reach people with complex needs less, and cost writing."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Contacts, Handovers
from sim.core.vocabulary import PHYSICIANS, Profession, WorkCause
from sim.means.guidelines import Guidelines

BASE = scenario("baseline", 0.1, 0.6, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(means_id: str | None, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *([choice(means_id, **settings)] if means_id else [])), 4)
    return live, live.run()


def test_factors_reach_those_with_complex_needs_by_the_declared_share() -> None:
    shipped = {"detour_factor": 0.6, "spread_factor": 0.8, "loss_factor": 0.9, "documentation_factor": 1.1}
    world = world_of(with_means(scenario(), choice("guidelines", fit_with_complex_needs=0.25, **shipped)))
    means, here = world.decisions.means[0]
    assert isinstance(means, Guidelines)
    here.fidelity = 0.5
    complex_needs = world.population.complex_needs
    person = np.array([np.flatnonzero(~complex_needs)[0], np.flatnonzero(complex_needs)[0]])
    person = np.append(person, np.flatnonzero(~complex_needs)[1])
    here.offered[person[2]] = False
    nought = np.zeros(3, np.int64)
    contacts = Contacts(person, nought, nought, np.full(3, 0.5))
    handovers = Handovers(person, nought, np.full(3, 0.5), nought, nought, nought)
    # Half done: 0.5 of the effect for most, 0.5 x 0.25 with complex needs, nothing where it is not offered.
    assert means.detour_factor(here, contacts).tolist() == pytest.approx([0.8, 0.95, 1.0])
    assert means.handover_spread_factor(here, handovers).tolist() == pytest.approx([0.9, 0.975, 1.0])
    assert means.handover_loss_factor(here, handovers).tolist() == pytest.approx([0.95, 0.9875, 1.0])
    assert means.documentation_factor(here, contacts).tolist() == pytest.approx([1.05, 1.05, 1.0])


def test_lead_times_spread_less_and_contacts_take_more_writing() -> None:
    (live, before), (_, after) = run(None), run("guidelines", spread_factor=0.6, documentation_factor=1.1)
    plain = ~live.world.population.complex_needs
    spread, writing = [], []
    for tables in (before, after):
        rows = tables["handovers"]
        few = (rows["time_days"] >= START + 7) & ~rows["disputed"] & (rows["distance"] == 3)
        spread.append(np.log(rows["lead_days"][few & plain[rows["person"]]]).std())
        contacts = tables["contacts"]
        late = contacts["time_days"] >= START + 7
        writing.append(contacts["documentation_minutes"][late].mean())
    assert spread[0] == pytest.approx(0.9, abs=0.05)
    assert spread[1] == pytest.approx(0.9 * 0.6, abs=0.05)
    assert writing[1] / writing[0] == pytest.approx(1.1, abs=0.02)


def test_fewer_are_sent_the_wrong_way() -> None:
    detours = []
    for tables in (run(None)[1], run("guidelines", detour_factor=0.0, fit_with_complex_needs=1.0)[1]):
        rows, late = tables["handovers"], tables["handovers"]["time_days"] >= START + 7
        detours.append(len(rows["time_days"][late]))
    assert detours[1] < detours[0] - 20


def test_physicians_and_nurses_write_first_and_update_then() -> None:
    live, tables = run("guidelines", spread_factor=0.6, documentation_factor=1.1)
    facts, presence = live.world.stations.facts, live.world.stations.presence
    nurses = [Profession.PRIMARY_CARE_NURSE, Profession.SPECIALIST_NURSE, Profession.PSYCHIATRIC_NURSE]
    writers = (*PHYSICIANS, *nurses, Profession.HOME_NURSE)
    full_time = (facts.staff * presence)[np.isin(facts.profession, writers)].sum()
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    assert set(facts.profession[work["station"][of_means]]) <= set(writers)
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    weeks = np.unique(time)
    first = BASE.sample_share * 4 * 7_500 / 26 + full_time * 120 / 26
    assert minutes[time == weeks[0]].sum() == pytest.approx(first, rel=1e-4)
    assert minutes[time == weeks[26]].sum() == pytest.approx(BASE.sample_share * 4 * 50, rel=1e-4)
