"""Every place of the program runs with every means on, and its declared utilisation is the measured one."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from calibration.base_load import modelled_shares
from sim.config.loader import load_scenario
from sim.config.lookup import place_files
from sim.core.observation import Observation
from sim.core.vocabulary import Profession, label
from sim.outcomes.table import measure_all
from sim.run import simulate

PLACES = sorted(place_files())
SAMPLED_PEOPLE = 30_000
TINY_PEOPLE = 1_500
REASON = 0.09
"""How far a share may be off by luck among `SAMPLED_PEOPLE`."""


def inhabitants(place: str) -> int:
    return sum(m.total for m in load_scenario("baseline", place=place).place.municipalities)


def run(name: str, place: str, people: int, years: float, warmup_years: float) -> Observation:
    share = min(people / inhabitants(place), 1.0)
    return simulate(
        load_scenario(name, place=place, years=years, warmup_years=warmup_years, sample_share=share), seed=11
    )


@cache
def in_sample(place: str) -> Observation:
    return run("baseline", place, SAMPLED_PEOPLE, 0.6, 0.5)


@pytest.mark.parametrize("place", PLACES)
def test_runs_with_every_means_on(place: str) -> None:
    observation = run("all_four", place, TINY_PEOPLE, 0.1, 0.05)
    assert set(np.unique(observation.people.municipality)) == set(range(len(observation.municipalities)))
    served = set(observation.table("contacts")["profession"].tolist())
    assert {Profession.GENERAL_PRACTITIONER, Profession.CARE_MANAGER, Profession.SPECIALIST_PHYSICIAN} <= served
    visitors = set(observation.table("visits")["profession"].tolist())
    assert visitors == {Profession.HOME_NURSE, Profession.HOME_HELP_WORKER}
    cost = measure_all(observation).set_index(["group_by", "outcome"])["value"]
    assert cost.loc[("principal", "cost_sek")].sum() == pytest.approx(float(cost.loc[("all", "cost_sek")].sum()))


@pytest.mark.parametrize("place", PLACES)
def test_utilisation_declared_is_utilisation_measured(place: str) -> None:
    observation = in_sample(place)
    units = load_scenario("baseline", place=place).place.units
    declared = {s.profession: (s.utilisation.value, s.base_load_share.value) for u in units for s in u.staff}
    modelled = modelled_shares(observation)
    assert modelled.keys() == {label(p) for p in Profession}
    off = {p: round(modelled[p] + base - used, 3) for p, (used, base) in declared.items()}
    reason = REASON * (SAMPLED_PEOPLE / len(observation.people)) ** 0.5
    assert {p: by for p, by in off.items() if abs(by) > reason} == {}


def test_no_invoice_is_sent_where_region_and_municipality_are_one() -> None:
    gotland, elsewhere = in_sample("gotland"), in_sample("norrtalje")
    assert len(elsewhere.tables["payments"]["payer"]) > 0
    assert len(gotland.tables["payments"]["payer"]) == 0
    assert gotland.stations.principal.max() == 0
    assert elsewhere.tables["handovers"]["distance"].max() == 5
    assert gotland.tables["handovers"]["distance"].max() == 4
    assert not gotland.tables["handovers"]["disputed"].any()
