"""Who lives in the place: totals as counted, shares as declared, services to those who need them most."""

from __future__ import annotations

from dataclasses import fields
from functools import cache

import numpy as np
import pytest
from engine_runs import scenario
from scipy import stats

from sim.core.luck import Luck
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.population.parameters import PopulationParameters
from sim.population.services_at_start import care_load
from sim.population.traits import Population, draw_population

BASE = scenario("baseline", 1.0, 0.1, 0.0)
PLACE = BASE.place
REGISTER = dict(BASE.parameters)


@cache
def people(share: float = 1.0, seed: int = 1) -> Population:
    return draw_population(PLACE, REGISTER, Luck(seed, Purpose), share)


def declared(name: str) -> float:
    value = REGISTER[f"population.{name}"].value
    assert isinstance(value, float)
    return value


def test_everybody_exists_by_municipality_age_and_sex() -> None:
    p = people()
    assert len(p) == sum(m.total for m in PLACE.municipalities) == 59_085
    for m, municipality in enumerate(PLACE.municipalities):
        for band in municipality.age_groups:
            here = (p.municipality == m) & (p.age_years >= band.from_age) & (p.age_years < band.to_age + 1)
            assert (here & p.female).sum() == band.women
            assert (here & ~p.female).sum() == band.men


@pytest.mark.parametrize("share", [0.01, 0.1, 0.33])
def test_a_sample_has_its_share_of_people_everywhere(share: float) -> None:
    p = people(share)
    assert len(p) == round(59_085 * share)
    for m, municipality in enumerate(PLACE.municipalities):
        assert (p.municipality == m).sum() == pytest.approx(municipality.total * share, abs=1)
    whole_old = (people().age_years >= 80).sum()
    assert (p.age_years >= 80).sum() == pytest.approx(whole_old * share, abs=9)


def test_one_in_twenty_five_has_complex_needs() -> None:
    assert people().complex_needs.mean() == pytest.approx(declared("complex_share"), abs=2e-4)
    assert declared("complex_share") == pytest.approx(0.04)


def test_need_groups_are_as_defined() -> None:
    """Report 000, figure 10: complexity of coordination x ability to take part; two groups in between."""
    p = people()
    low = p.participation < declared("participation_low")
    assert set(np.unique(p.need_group)) == {1, 2, 3, 4, 5}
    assert ((p.need_group == 1) == (p.complex_needs & low)).all()
    assert ((p.need_group == 4) == (p.complex_needs & ~low)).all()
    others = ~p.complex_needs
    ill = np.isfinite(p.new_illness_days)
    assert ((p.need_group == 2) == (others & ill)).all()
    weak = p.disability | (low & ((p.chronic_conditions > 0) | p.cognitive))
    assert ((p.need_group == 3) == (others & ~ill & weak)).all()
    assert np.bincount(p.need_group)[5] > 0.6 * len(p)


def test_shares_are_as_declared() -> None:
    p = people()
    old, grown = p.age_years >= 65, p.age_years >= 15
    for found, name, among in (
        (p.psychiatric, "psychiatric_share", grown),
        (p.disability, "disability_share", p.age_years >= 0),
        (p.substance, "substance_share_of_psychiatric", p.psychiatric),
        (p.consent, "consent_share", p.age_years >= 0),
        (p.relative, "relative_share", p.age_years >= 0),
        (p.alone, "alone_share_65plus", old),
    ):
        count, n = int((found & among).sum()), int(among.sum())
        assert abs(count / n - declared(name)) < 5 * np.sqrt(declared(name) / n), name
    assert not p.psychiatric[~grown].any()
    assert not p.substance[~p.psychiatric].any()


def test_home_help_and_home_nursing_reach_their_share_of_the_old() -> None:
    p = people()
    old = p.age_years >= 65
    for visits, name in ((p.home_help_visits_per_day, "home_help"), (p.home_nursing_visits_per_day, "home_nursing")):
        assert (visits > 0).sum() == round(declared(f"{name}_share_65plus") * int(old.sum()))
        assert not ((visits > 0) & ~old).any()
        assert not ((visits > 0) & p.special_housing).any()
        assert visits[visits > 0].mean() == pytest.approx(declared(f"{name}_visits_mean"), rel=0.1)


def test_places_in_special_housing_are_filled_with_those_who_need_them_most() -> None:
    p = people()
    parameters = read_group(PopulationParameters, "population", REGISTER)
    score = care_load(parameters, p.frailty, p.cognitive, p.care_load_rank)
    for m, municipality in enumerate(PLACE.municipalities):
        places = sum(
            round(u.places.value) for u in PLACE.units
            if u.kind == "special_housing" and u.municipality == municipality.id and u.places
        )  # fmt: skip
        old_here = (p.municipality == m) & (p.age_years >= 65)
        lives = p.special_housing & (p.municipality == m)
        assert lives.sum() == places
        assert score[lives].min() >= score[old_here & ~lives].max()


def test_traits_lie_in_their_ranges() -> None:
    p = people()
    for field in fields(p):
        assert len(getattr(p, field.name)) == len(p), field.name
    assert (p.frailty > 0).all() and (p.frailty <= 0.95).all()
    assert (p.participation >= 0.05).all() and (p.participation <= 0.98).all()
    assert (p.utility >= 0.05).all() and (p.utility <= 1).all()
    assert (p.chronic_conditions >= 0).all()
    ill = p.new_illness_days[np.isfinite(p.new_illness_days)]
    assert (ill >= 0).all() and (ill < declared("new_illness_window_years") * 365).all()
    rate = 1000 * len(ill) / len(p) / declared("new_illness_window_years")
    assert rate == pytest.approx(declared("new_illness_per_1000_years"), rel=0.2)


def test_one_score_drives_both_propensities_and_acute_turns_have_the_heavier_tail() -> None:
    p = people()
    assert abs(p.instability.mean()) < 0.02 and p.instability.std() == pytest.approx(1, abs=0.02)
    for propensity, name in ((p.acute_propensity, "acute"), (p.planned_propensity, "planned")):
        sd = declared(f"instability_{name}_log_sd")
        assert np.log(propensity).std() == pytest.approx(sd, rel=0.02)
        assert propensity.mean() == pytest.approx(1, abs=5 * np.sqrt(np.expm1(sd**2) / len(p)))
        assert stats.spearmanr(propensity, p.instability).statistic == pytest.approx(1)
    assert np.quantile(p.acute_propensity, 0.99) > np.quantile(p.planned_propensity, 0.99)


def test_frailty_grows_with_age_to_the_declared_median_at_80() -> None:
    p = people()
    at_80 = p.frailty[(p.age_years >= 79) & (p.age_years < 81)]
    median = 1 / (1 + np.exp(-declared("frailty_at_80_logit")))
    assert np.median(at_80) == pytest.approx(median, rel=0.1)
    medians = [np.median(p.frailty[(p.age_years >= a) & (p.age_years < a + 10)]) for a in range(40, 90, 10)]
    assert (np.diff(medians) > 0).all()


def test_each_seed_has_its_own_people_and_each_its_own_again() -> None:
    assert people(0.1, 1).frailty.tobytes() != people(0.1, 2).frailty.tobytes()
    again = draw_population(PLACE, REGISTER, Luck(1, Purpose), 0.1)
    assert again.frailty.tobytes() == people(0.1, 1).frailty.tobytes()
