"""Early supported discharge: whom it suits, when people leave the ward, and what the days at home cost."""

from __future__ import annotations

import numpy as np
import pytest
from conservation_laws import wrong_after_death, wrong_stays_elsewhere
from engine_runs import Columns, Live, choice, scenario, with_means, with_parameters, world_of

from sim.core.vocabulary import PaymentKind, PlaceEvent, Profession, Responder, StayEvent, WorkCause

BASE = scenario("baseline", 0.1, 0.5, 0.1)
NO_PREPARATIONS = {"hospital.ward_preparation_mean_days": 0.5, "hospital.planning_share": 0.0,
                   "hospital.planning_share_without_services": 0.0}  # fmt: skip
FOR_ALL = {"places_per_10000_inhabitants": 5.0, "suitable_base": 1.0, "suitable_severity_slope": 0.0}


def test_it_suits_the_mildly_ill_who_are_offered_it() -> None:
    world = world_of(with_means(BASE, choice("early_supported_discharge")))
    means, here = world.decisions.means[0]
    here.fidelity = 0.5
    offers = [means.rest_at_home(here, 3, severity) for severity in (0.5, 1.0)]
    assert [offer.probability for offer in offers] == pytest.approx([(0.7 - 0.3) * 0.5, (0.7 - 0.6) * 0.5])
    assert offers[0].daily_work == ((Profession.THERAPIST, 45.0), (Profession.HOME_NURSE, 30.0))
    inhabitants = len(world.population) / BASE.sample_share
    assert offers[0].places == pytest.approx(1.0 * inhabitants / 10_000)
    here.offered[3] = False
    assert means.rest_at_home(here, 3, 0.5) is None


def test_people_leave_the_ward_after_the_first_part_and_have_the_rest_at_home() -> None:
    live = Live(with_means(with_parameters(BASE, NO_PREPARATIONS), choice("early_supported_discharge", **FOR_ALL)), 4)
    tables = live.run()
    homes = tables["stays_elsewhere"]
    assert (homes["responder"] == Responder.WARD_TEAM).all()
    went = homes["event"] == PlaceEvent.MOVED_IN
    begun = dict(zip(homes["person"][went].tolist(), homes["time_days"][went].tolist(), strict=True))
    early = [stay for stay in live.system.hospital.stays if stay.home_team is not None and stay.ready_days is not None]
    assert len(early) > 20
    shorter = 0
    for stay in early:
        in_ward = stay.ready_days - stay.admitted_days
        # Half of the clinical stay, or longer where the ward's own preparations take longer.
        assert 0.5 * stay.clinical_days - 1e-9 <= in_ward < stay.clinical_days
        shorter += in_ward == pytest.approx(0.5 * stay.clinical_days)
        if begun.get(stay.person) == stay.ready_days:
            assert stay.clinical_end_days - stay.ready_days == pytest.approx(stay.clinical_days - in_ward)
    assert shorter > 0.6 * len(early)
    inside = np.cumsum(np.where(went, 1, -1)[np.argsort(homes["time_days"], kind="stable")])
    assert inside.max() <= round(5.0 * len(live.world.population) / 10_000)
    assert wrong_stays_elsewhere(homes, tables["stays"]) == []


def mean_stay(tables: Columns) -> float:
    rows = tables["stays"]
    admitted, ended = (
        dict(zip(rows["stay"][rows["event"] == event].tolist(), rows["time_days"][rows["event"] == event].tolist(),
                 strict=True))
        for event in (StayEvent.ADMITTED, StayEvent.DISCHARGED)
    )  # fmt: skip
    return float(np.mean([ended[stay] - admitted[stay] for stay in ended]))


def test_beds_are_freed_and_the_days_at_home_cost_minutes() -> None:
    base = with_parameters(BASE, NO_PREPARATIONS)
    plain = Live(base, 4).run()
    tables = Live(with_means(base, choice("early_supported_discharge", **FOR_ALL)), 4).run()
    assert mean_stay(tables) < 0.9 * mean_stay(plain)
    homes, work = tables["stays_elsewhere"], tables["work"]
    moved = homes["event"] == PlaceEvent.MOVED_IN
    first_days = set(zip(homes["person"][moved].tolist(), homes["time_days"][moved].tolist(), strict=True))
    columns = (work[name] for name in ("person", "time_days", "minutes", "cause"))
    minutes = [
        float(each)
        for who, when, each, cause in zip(*columns, strict=True)
        if cause == WorkCause.ACUTE_RESPONSE and (int(who), float(when)) in first_days
    ]
    assert sorted(minutes) == [30.0] * len(first_days) + [45.0] * len(first_days)


def test_death_on_the_way_gives_the_place_back() -> None:
    base = with_parameters(BASE, {"mortality.hazard_at_80_per_year": 1.0})
    live = Live(with_means(base, choice("early_supported_discharge", **FOR_ALL)), 4)
    tables = live.run()
    assert wrong_stays_elsewhere(tables["stays_elsewhere"], tables["stays"]) == []
    assert wrong_after_death(tables) == []
    kept = sum(live.system.department.elsewhere._taken.values())
    moves = np.where(tables["stays_elsewhere"]["event"] == PlaceEvent.MOVED_IN, 1, -1).sum()
    waiting = sum(
        stay.home_team is not None and stay.ready_days is not None and live.world.in_hospital[stay.person]
        for stay in live.system.hospital.stays
    )
    assert moves <= kept <= moves + waiting


def test_the_team_s_own_time_and_cars_cost_by_place() -> None:
    live = Live(with_means(BASE, choice("early_supported_discharge")), 4)
    world, (means, here) = live.world, live.world.decisions.means[0]
    here.fidelity = 1.0
    places = 1.0 * len(world.population) / 10_000
    work = means.standing_work(here, 3)
    assert (world.stations.facts.profession[[w.station for w in work]] == Profession.THERAPIST).all()
    assert sum(w.minutes for w in work) == pytest.approx(40 * places)
    assert means.fixed_cost_sek_per_week(here) == pytest.approx(60_000 * places / 52)
    tables = live.run()
    paid = tables["payments"]["kind"] == PaymentKind.MEANS_FIXED_COST
    assert tables["payments"]["sek"][paid].sum() > 0
