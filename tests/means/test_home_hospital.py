"""Home hospital: whom it suits, that places are not overfull, and what a day in it costs."""

from __future__ import annotations

import numpy as np
import pytest
from conservation_laws import wrong_after_death, wrong_stays_elsewhere
from engine_runs import Live, choice, scenario, with_means, with_parameters, world_of

from sim.core.vocabulary import PaymentKind, PlaceEvent, Profession, Responder, StayEvent, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)


def test_it_suits_the_mildly_ill_and_those_who_do_not_live_alone() -> None:
    world = world_of(with_means(BASE, choice("home_hospital")))
    means, here = world.decisions.means[0]
    here.fidelity = 0.5
    alone, together = (int(np.flatnonzero(world.population.alone == yes)[0]) for yes in (True, False))
    chance = [means.bed_alternatives(here, who, how)[0].probability
              for who, how in ((together, 0.5), (alone, 0.5), (together, 1.0))]  # fmt: skip
    assert chance == pytest.approx([0.3 * 0.5, 0.3 * 0.7 * 0.5, 0.0])
    # 1.5 places per 10,000 of the whole place, whatever the sample; the engine scales them down again.
    inhabitants = len(world.population) / BASE.sample_share
    place = means.bed_alternatives(here, together, 0.5)[0]
    assert place.places == pytest.approx(1.5 * inhabitants / 10_000)
    assert place.daily_work == ((Profession.HOME_NURSE, 75.0), (Profession.GENERAL_PRACTITIONER, 15.0))
    here.offered[together] = False
    assert means.bed_alternatives(here, together, 0.5) == []


def test_people_are_cared_for_at_home_instead_of_in_a_bed_within_the_places() -> None:
    settings = {"places_per_10000_inhabitants": 5.0, "suitable_base": 0.8}
    live = Live(with_means(BASE, choice("home_hospital", **settings)), 4)
    tables = live.run()
    rows, work, stays = tables["stays_elsewhere"], tables["work"], tables["stays"]
    assert (rows["responder"] == Responder.HOME_HOSPITAL).all()
    moved_in = rows["event"] == PlaceEvent.MOVED_IN
    assert moved_in.sum() > 8
    order = np.argsort(rows["time_days"], kind="stable")
    inside = np.cumsum(np.where(moved_in, 1, -1)[order])
    assert inside.max() <= round(5.0 * len(live.world.population) / 10_000)
    admitted = stays["event"] == StayEvent.ADMITTED
    moves = set(zip(rows["person"][moved_in].tolist(), rows["time_days"][moved_in].tolist(), strict=True))
    beds = set(zip(stays["person"][admitted].tolist(), stays["time_days"][admitted].tolist(), strict=True))
    assert not moves & beds
    # The first day of each is taken down at the moment of moving in: 75 minutes of a home nurse, 15 of a physician.
    first_day = [
        float(minutes)
        for time, person, cause, minutes in zip(*(work[n] for n in ("time_days", "person", "cause", "minutes")),
                                                strict=True)
        if cause == WorkCause.ACUTE_RESPONSE and (int(person), float(time)) in moves
    ]  # fmt: skip
    assert sorted(first_day) == [15.0] * len(moves) + [75.0] * len(moves)


def test_nobody_has_two_places_or_a_place_and_a_bed_or_stays_on_when_dead() -> None:
    # Long stays of many, and many deaths.
    settings = {"places_per_10000_inhabitants": 20.0, "suitable_base": 1.0, "stay_factor": 10.0}
    base = with_parameters(BASE, {"mortality.hazard_at_80_per_year": 1.0})
    live = Live(with_means(base, choice("home_hospital", **settings)), 4)
    tables = live.run()
    moved_out = tables["stays_elsewhere"]["event"] == PlaceEvent.MOVED_OUT
    out = set(tables["stays_elsewhere"]["person"][moved_out].tolist())
    assert out & set(tables["deaths"]["person"].tolist())
    assert wrong_stays_elsewhere(tables["stays_elsewhere"], tables["stays"]) == []
    assert wrong_after_death(tables) == []


def test_standby_and_equipment_cost_by_place() -> None:
    live = Live(with_means(BASE, choice("home_hospital")), 4)
    world, (means, here) = live.world, live.world.decisions.means[0]
    here.fidelity = 1.0
    places = 1.5 * len(world.population) / 10_000
    work = means.standing_work(here, 3)
    assert (world.stations.facts.profession[[w.station for w in work]] == Profession.HOME_NURSE).all()
    assert sum(w.minutes for w in work) == pytest.approx(7 * 15 * places)
    assert means.fixed_cost_sek_per_week(here) == pytest.approx(150_000 * places / 52)
    tables = live.run()
    paid = tables["payments"]["kind"] == PaymentKind.MEANS_FIXED_COST
    assert tables["payments"]["sek"][paid].sum() > 0
