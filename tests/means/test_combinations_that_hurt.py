"""More is not always more: two coordinators of the same people, and meetings that eat the time they free."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means

from sim.config.scenario import MeansChoice
from sim.core.vocabulary import Profession, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)
SETTLED = round(BASE.warmup_years * 365) + 56
MANY = {"weekly_intake_per_municipality": 40.0, "patients_per_10000_inhabitants": 300.0, "caseload": 200.0}


@cache
def run(name: str) -> tuple[Live, dict[str, Columns]]:
    contact_person = choice("patient_coordinator", scan_per_day=0.9, **MANY)
    meetings = (
        choice("mdt", weekly_intake_per_municipality=60.0, team_size_patients=400.0),
        choice("weekly_group", first_share=0.04, weekly_intake_per_municipality=60.0, caseload=200.0),
        choice("coordinated_plan", weekly_intake_per_municipality=60.0),
    )
    chosen: dict[str, tuple[MeansChoice, ...]] = {
        "nothing": (),
        "one coordinator": (contact_person,),
        "two coordinators": (contact_person, choice("professional_coordinator", scan_per_day=0.9, lead_factor=1.0)),
        "meetings": meetings,
    }
    live = Live(with_means(BASE, *chosen[name]), 4)
    return live, live.run()


def test_where_one_coordinator_sees_nearly_all_a_second_pushes_no_more_and_costs_time() -> None:
    (live, alone), (_, both) = run("one coordinator"), run("two coordinators")
    theirs = np.flatnonzero((live.world.contact_person >= 0) & live.world.population.complex_needs)
    pushed = [int(np.isin(t["pushes"]["person"], theirs).sum()) for t in (alone, both)]
    assert pushed[0] > 300
    # A share of what both see is left to the other for the day, so twice the work does not push more.
    assert pushed[1] < 1.05 * pushed[0]
    sorted_out, of_means = [], []
    for tables in (alone, both):
        work = tables["work"]
        # Nothing else is chased at the moment of the coordinators' round.
        at_round = np.isclose(work["time_days"] % 1, 0.42, atol=1e-9) & (work["cause"] == WorkCause.CHASING)
        sorted_out.append(float(work["minutes"][at_round].sum()))
        of_means.append(float(work["minutes"][work["cause"] == WorkCause.MEANS].sum()))
    assert sorted_out[0] == 0.0
    # Eight minutes each time.
    assert sorted_out[1] >= 8 * 0.2 * pushed[1]
    assert of_means[1] > of_means[0]


@pytest.mark.parametrize("profession", [Profession.GENERAL_PRACTITIONER, Profession.HOME_NURSE])
def test_meetings_around_many_people_make_everybody_wait_for_those_who_meet(profession: Profession) -> None:
    waits = []
    for name in ("nothing", "meetings"):
        rows = run(name)[1]["contacts"]
        late = (rows["time_days"] >= SETTLED) & (rows["profession"] == profession)
        waits.append(float(rows["wait_days"][late].mean()))
    assert waits[1] > 1.15 * waits[0]


def test_meetings_do_not_make_people_wait_for_those_who_do_not_meet() -> None:
    waits = []
    for name in ("nothing", "meetings"):
        rows = run(name)[1]["contacts"]
        late = (rows["time_days"] >= SETTLED) & (rows["profession"] == Profession.SPECIALIST_NURSE)
        waits.append(float(rows["wait_days"][late].mean()))
    assert waits[1] < 1.1 * waits[0]
