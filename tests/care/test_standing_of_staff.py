"""Weekly minutes of a means fall on the stations by their size."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import choice, scenario, with_means, world_of

from sim.care.decisions import Here
from sim.care.standing import by_inhabitants, by_municipalities, from_all_together, from_each
from sim.config.loader import load_scenario
from sim.core.vocabulary import Profession


@pytest.fixture(scope="module")
def here() -> Here:
    return world_of(with_means(scenario("baseline", 0.1), choice("mdt"))).decisions.means[0][1]


def test_minutes_from_each_are_taken_per_full_time_equivalent(here: Here) -> None:
    facts, presence = here.world.stations.facts, here.world.stations.presence
    work = from_each(here, 30.0, (Profession.CARE_MANAGER,))
    managers = np.flatnonzero(facts.profession == Profession.CARE_MANAGER)
    assert [w.station for w in work] == managers.tolist()
    for one in work:
        assert one.minutes == pytest.approx(30.0 * facts.staff[one.station] * presence[one.station])
    assert len(from_each(here, 30.0)) == len(here.world.stations)
    assert from_each(here, 0.0) == []


def test_minutes_may_differ_by_station(here: Here) -> None:
    minutes = np.zeros(len(here.world.stations))
    minutes[3] = 10.0
    (one,) = from_each(here, minutes)
    assert one.station == 3


def test_minutes_together_are_shared_by_size(here: Here) -> None:
    facts, presence = here.world.stations.facts, here.world.stations.presence
    both = (Profession.CARE_MANAGER, Profession.SOCIAL_WORKER)
    work = from_all_together(here, 600.0, both)
    assert sum(w.minutes for w in work) == pytest.approx(600.0)
    assert set(facts.profession[[w.station for w in work]]) == set(both)
    each = [w.minutes / (facts.staff[w.station] * presence[w.station]) for w in work]
    assert each == pytest.approx([each[0]] * len(each))


def test_what_a_place_needs_grows_with_people_or_municipalities_and_a_sample_has_its_share(here: Here) -> None:
    assert by_inhabitants(here, 102.0) == pytest.approx(102.0 * len(here.world.population) / 10_000)
    assert by_inhabitants(here, 102.0) == pytest.approx(0.1 * 602.7, rel=1e-3)
    assert by_municipalities(here, 125_000.0) == pytest.approx(0.1 * 4 * 125_000)
    county = load_scenario("baseline", place="jonkoping", sample_share=0.01)
    larger = world_of(with_means(county, choice("mdt"))).decisions.means[0][1]
    assert by_inhabitants(larger, 102.0) == pytest.approx(0.01 * 102 * 36.8856, rel=1e-2)
    assert by_municipalities(larger, 125_000.0) == pytest.approx(0.01 * 13 * 125_000)
