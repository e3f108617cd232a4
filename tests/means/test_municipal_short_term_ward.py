"""Municipal short-term ward: who is ready waits there and not in a hospital bed; places are not overfull and cost."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, world_of

from sim.core.vocabulary import PlaceEvent, Profession, StayEvent

BASE = scenario("baseline", 0.1, 0.5, 0.1)


def waiting_days(rows: Columns) -> float:
    """Return days in bed after being ready, among stays that ended after the start."""
    start = BASE.warmup_years * 365 + 7
    ready, ended = ({int(s): float(t) for s, t, e in zip(rows["stay"], rows["time_days"], rows["event"], strict=True)
                     if e == event} for event in (StayEvent.READY, StayEvent.DISCHARGED))  # fmt: skip
    return sum(end - ready[stay] for stay, end in ended.items() if end > start and stay in ready)


def test_its_places_are_added_by_inhabitants_and_fidelity() -> None:
    world = world_of(with_means(BASE, choice("municipal_short_term_ward", coverage=0.5)))
    means, here = world.decisions.means[0]
    here.fidelity = 0.4
    places = 1.0 * len(world.population) / 10_000
    assert means.short_term_places(here) * BASE.sample_share == pytest.approx(places * 0.2)
    work = means.standing_work(here, 3)
    profession = world.stations.facts.profession
    nurse = sum(w.minutes for w in work if profession[w.station] == Profession.HOME_NURSE)
    assert nurse == pytest.approx(60 * places * 0.2)
    assert sum(w.minutes for w in work) == pytest.approx(120 * places * 0.2)
    assert means.fixed_cost_sek_per_week(here) == pytest.approx(250_000 * places / 52)


def test_people_wait_in_the_ward_instead_of_in_a_bed() -> None:
    after = Live(with_means(BASE, choice("municipal_short_term_ward", places_per_10000_inhabitants=3.0)), 4)
    first, tables = Live(BASE, 4).run(), after.run()
    assert waiting_days(tables["stays"]) < 0.6 * waiting_days(first["stays"])
    rows = tables["short_term_stays"]
    moved_in = rows["event"] == PlaceEvent.MOVED_IN
    assert moved_in.sum() > (first["short_term_stays"]["event"] == PlaceEvent.MOVED_IN).sum() + 5
    order = np.argsort(rows["time_days"], kind="stable")
    inside = np.cumsum(np.where(moved_in, 1, -1)[order])
    usual = after.system.hospital.short_term_places.capacity
    assert inside.max() <= usual + round(3.0 * len(after.world.population) / 10_000)
