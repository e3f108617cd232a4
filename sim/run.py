"""Run one scenario once: (scenario, seed) -> observation; no files, no printing."""

from __future__ import annotations

import numpy as np

from sim.care.world import World
from sim.config.scenario import Scenario
from sim.core.observation import Observation, People, Prices
from sim.core.pause import collection_paused
from sim.core.purposes import Purpose
from sim.means import means_class


def simulate(scenario: Scenario, seed: int) -> Observation:
    """Simulate warm-up and study period and return what happened.

    The same scenario and seed give the same observation, bit for bit. Seeds are integers >= 0.
    """
    with collection_paused():
        return _observed(scenario, seed)


def _observed(scenario: Scenario, seed: int) -> Observation:
    from sim.agents.model import CareModel  # Mesa takes a second to import: only where a run is made

    means = [means_class(choice.id)(choice.settings) for choice in scenario.means]
    world = World(scenario, means, seed)
    people = _people(world)
    model = CareModel(world, seed)
    model.run_until(world.days)
    model.release()
    return Observation(
        start_days=float(world.warmup_days),
        end_days=float(world.days),
        sample_share=scenario.sample_share,
        tables=world.log.tables(),
        people=people,
        stations=world.stations.facts,
        prices=_prices(world),
        principals=tuple(p.id for p in world.place.principals),
        municipalities=tuple(m.id for m in world.place.municipalities),
        municipality_principal=world.municipality_principal,
        region_principal=world.region_principal,
        means=tuple(choice.id for choice in scenario.means),
        staff_left=world.disturbances.staff_by_day(),
        ward_places=world.place.places_of("ward") * scenario.sample_share,
    )


def _people(world: World) -> People:
    """Copy the traits people have at the start."""
    p = world.population
    return People(
        age_years=p.age_years.astype(np.float32),
        female=p.female,
        municipality=p.municipality,
        need_group=p.need_group,
        complex_needs=p.complex_needs,
        participation=p.participation.astype(np.float32),
        frailty=p.frailty.astype(np.float32),
        home_help=p.home_help_visits_per_day > 0,
        home_nursing=p.home_nursing_visits_per_day > 0,
        special_housing=p.special_housing,
        survey_luck=world.luck.uniform(Purpose.SURVEY, np.arange(len(p))).astype(np.float32),
    )


def _prices(world: World) -> Prices:
    prices = world.place.prices
    return Prices(
        price_year=prices.price_year,
        bed_day_sek=prices.bed_day_sek.value,
        bed_day_variable_share=prices.bed_day_variable_share.value,
        ed_visit_sek=prices.ed_visit_sek.value,
        ambulance_sek=prices.ambulance_sek.value,
        special_housing_day_sek=prices.special_housing_day_sek.value,
        short_term_day_sek=prices.short_term_day_sek.value,
        repeated_test_sek=prices.repeated_test_sek.value,
        overhead_share=prices.overhead_share.value,
        staff_variable_share=prices.staff_variable_share.value,
        relative_hour_sek=prices.relative_hour_sek.value,
    )
