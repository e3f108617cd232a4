"""A coordinator between professions finds and pushes what has stalled; two coordinators get in each other's way."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.care.questions import Handovers
from sim.core.vocabulary import Profession, WorkCause
from sim.means.professional_coordinator import ProfessionalCoordinator

BASE = scenario("baseline", 0.1, 0.5, 0.1)
START = round(BASE.warmup_years * 365)


@cache
def run(*means_ids: str, **settings: float) -> tuple[Live, dict[str, Columns]]:
    live = Live(with_means(BASE, *(choice(one, **settings) for one in means_ids)), 4)
    return live, live.run()


def test_only_hand_overs_of_people_with_complex_needs_are_watched() -> None:
    settings = {"scan_per_day": 0.1, "lead_factor": 0.8, "push_share": 0.4}
    world = world_of(with_means(scenario(), choice("professional_coordinator", **settings)))
    means, here = world.decisions.means[0]
    assert isinstance(means, ProfessionalCoordinator)
    complex_needs = world.population.complex_needs
    watched, without = np.flatnonzero(complex_needs)[:2]
    here.offered[[watched, without]] = True, False
    person = np.array([watched, watched, np.flatnonzero(~complex_needs)[0], without])
    nought = np.zeros(4, np.int64)
    batch = Handovers(person, nought, np.full(4, 0.5), nought, nought, np.array([3, 1, 3, 3]))
    assert means.push_share(here) == 0.0
    here.fidelity = 0.5
    assert means.scan_per_day(here, person).tolist() == pytest.approx([0.05, 0.05, 0, 0])
    # Within one unit there is nothing to watch.
    assert means.handover_lead_factor(here, batch).tolist() == pytest.approx([0.9, 1, 1, 1])
    assert means.push_share(here) == pytest.approx(0.4)


def test_what_has_stalled_is_pushed_for_people_with_complex_needs_only() -> None:
    live, tables = run("professional_coordinator")
    pushes = tables["pushes"]
    assert len(pushes["person"]) > 20
    assert live.world.population.complex_needs[pushes["person"]].all()
    assert (pushes["lead_days_saved"] >= 0).all()
    assert pushes["lead_days_saved"].sum() > 5
    assert not len(run()[1]["pushes"]["person"])


def test_no_more_is_pushed_in_a_day_than_there_is_time_for() -> None:
    live, tables = run("professional_coordinator", scan_per_day=1.0)
    centre = live.world.stations.of_person[:, Profession.PRIMARY_CARE_NURSE]
    served = np.bincount(centre)
    limit = BASE.parameters["enrolment.list_pushes_per_10000_inhabitants_day"].value
    rows = tables["pushes"]
    pushed = {}
    for time, person in zip(rows["time_days"].tolist(), rows["person"].tolist(), strict=True):
        pushed[int(time), int(centre[person])] = pushed.get((int(time), int(centre[person])), 0) + 1
    assert len(pushed) > 50
    # Fractions add up to one more on some days.
    assert all(n <= np.ceil(limit * served[station] / 10_000) for (_, station), n in pushed.items())
    days, most = BASE.years * 365 * 5 / 7, limit * len(live.world.population) / 10_000
    assert 0.5 * most * days < len(rows["person"]) <= most * (days + 5)


def test_lead_times_are_kept() -> None:
    (live, before), (_, after) = run(), run("professional_coordinator", lead_factor=0.5)
    complex_needs = live.world.population.complex_needs
    mean = []
    for tables in (before, after):
        rows = tables["handovers"]
        undisputed = (rows["time_days"] >= START + 7) & ~rows["disputed"] & (rows["distance"] >= 2)
        mean.append(
            [rows["lead_days"][undisputed & (complex_needs[rows["person"]] == w)].mean() for w in (True, False)]
        )
    assert mean[1][0] == pytest.approx(0.5 * mean[0][0], rel=0.15)
    assert mean[1][1] == pytest.approx(mean[0][1], rel=0.1)


def test_a_contact_person_beside_her_is_a_second_coordinator() -> None:
    def chased_for_two(tables: dict[str, Columns]) -> float:
        """Return minutes spent at the coordinators' round: nothing else is chased at that moment."""
        rows = tables["work"]
        at_round = np.isclose(rows["time_days"] % 1, 0.42, atol=1e-9) & (rows["cause"] == WorkCause.CHASING)
        return float(rows["minutes"][at_round].sum())

    assert chased_for_two(run("professional_coordinator")[1]) == 0
    assert chased_for_two(run("professional_coordinator", "patient_coordinator")[1]) > 0


def test_her_minutes_follow_the_number_of_people_watched() -> None:
    live, tables = run("professional_coordinator")
    work = tables["work"]
    of_means = work["cause"] == WorkCause.MEANS
    time, minutes = work["time_days"][of_means], work["minutes"][of_means]
    profession = live.world.stations.facts.profession[work["station"][of_means]]
    assert (profession == Profession.PRIMARY_CARE_NURSE).all()
    last = time.max()
    dead = tables["deaths"]["person"][tables["deaths"]["time_days"] < last - 0.4]
    watched = live.world.population.complex_needs.copy()
    watched[dead] = False
    assert minutes[time == last].sum() == pytest.approx(2 * watched.sum(), rel=1e-3)
