"""Work out by hand when needs arise, which steps they call for, and when they turn acute."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import scenario, with_parameters, world_of
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.care.need import NeedParameters, counts, rates_per_year, severity_of
from sim.care.pathways import Pathways, lowest_step
from sim.care.worsening import (
    WorseningParameters,
    days_to_turn_after_discharge,
    exogenous_rate_per_year,
    hazard_per_day,
    turn_severity,
)
from sim.core.luck import Luck
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import NeedKind, Profession, label

BASE = scenario("baseline", 0.05, 0.2, 0.1)
REGISTER = dict(BASE.parameters)
WORSENING = read_group(WorseningParameters, "worsening", REGISTER)
NEEDS = read_group(NeedParameters, "needs", REGISTER)
PATHWAYS = Pathways(BASE.pathways)
BITS = Luck(3, Purpose).bits(Purpose.STEPS, np.arange(40_000))


@pytest.mark.parametrize("mean", [0.0, 0.02, 0.7, 4.0, 40.0])
def test_counts_of_events_are_poisson(mean: float) -> None:
    n = 20_000
    row, number = counts(Luck(2, Purpose), Purpose.NEED_COUNT, np.arange(n), np.full(n, mean))
    found = np.bincount(row, minlength=n)
    assert found.mean() == pytest.approx(mean, abs=4 * np.sqrt(mean / n) + 1e-12)
    if mean:
        assert found.var() == pytest.approx(mean, rel=0.08)
    assert (found == 0).mean() == pytest.approx(np.exp(-mean), abs=0.015)
    # Events of a person are numbered 0, 1, 2 ...
    first = np.concatenate(([0], np.cumsum(found)))[row]
    assert (number == np.arange(len(row)) - first).all()


@given(u=st.floats(0, 1), low=st.floats(0, 0.9), shape=st.floats(0.5, 4))
def test_severity_lies_between_the_lowest_and_one(u: float, low: float, shape: float) -> None:
    values = {"needs.severity_low": low, "needs.severity_shape": shape}
    p = read_group(NeedParameters, "needs", with_parameters(BASE, values).parameters)
    severity = float(severity_of(p, np.array([u]))[0])
    assert low - 1e-12 <= severity <= 1 + 1e-12
    assert float(severity_of(p, np.array([0.0]))[0]) == pytest.approx(low)
    assert float(severity_of(p, np.array([1.0]))[0]) == pytest.approx(1.0)


def test_needs_of_the_run_lie_in_the_run_and_in_the_range() -> None:
    w = world_of(BASE)
    for stream in (w.needs, w.exogenous):
        assert (stream.severity >= NEEDS.severity_low - 1e-6).all() and (stream.severity <= 1).all()
        assert (stream.time_days >= 0).all() and (stream.time_days < w.days).all()
        assert (np.diff(stream.time_days) >= 0).all()
        assert len(np.unique(stream.key)) == len(stream.key)
        days = np.concatenate([np.arange(len(stream.time_days))[stream.of_day(d)] for d in range(w.days)])
        assert (days == np.arange(len(stream.time_days))).all()
        for day in (0, w.days // 2):
            assert (stream.time_days[stream.of_day(day)].astype(int) == day).all()


def test_rates_of_needs_by_hand() -> None:
    w = world_of(BASE)
    person = np.arange(200)
    rates = rates_per_year(NEEDS, w.population, person)
    for i in (0, 57, 199):
        p = w.population
        for kind in NeedKind:
            n = label(kind)
            expected = NEEDS.base_rate_per_year[n] * p.planned_propensity[i]
            expected *= (
                1 + NEEDS.frailty_factor[n] * p.frailty[i] + NEEDS.psychiatric_factor[n] * p.psychiatric[i]
                + NEEDS.disability_factor[n] * p.disability[i] + NEEDS.chronic_factor[n] * p.chronic_conditions[i]
            )  # fmt: skip
            assert rates[i, kind] == pytest.approx(expected)


def test_as_many_needs_arise_as_the_rates_say() -> None:
    w = world_of(scenario("baseline", 0.3, 0.9, 0.1))
    rates = rates_per_year(NEEDS, w.population, np.arange(len(w.population)))
    new = w.population.new_illness_days
    regular = w.needs.kind[~np.isin(w.needs.person, np.flatnonzero(np.isfinite(new)))]
    healthy = ~np.isfinite(new)
    expected = rates[healthy].sum() * w.days / 365
    # Spells spread the counts of a person, so more than a Poisson error is right.
    assert len(regular) == pytest.approx(expected, rel=0.03)
    shares = np.bincount(regular, minlength=len(NeedKind)) / len(regular)
    np.testing.assert_allclose(shares, rates[healthy].sum(axis=0) / rates[healthy].sum(), atol=0.01)


# --- steps


@given(st.integers(1, (1 << 16) - 1))
def test_the_next_step_is_the_lowest_bit(bits: int) -> None:
    step = int(lowest_step(np.array([bits], np.uint16))[0])
    assert bits >> step & 1
    assert bits & ((1 << step) - 1) == 0


@pytest.mark.parametrize("kind", list(NeedKind), ids=label)
@pytest.mark.parametrize("home_care", [False, True])
def test_steps_are_called_for_as_often_as_the_pathway_says(kind: NeedKind, home_care: bool) -> None:
    n = len(BITS)
    bits = PATHWAYS.needed_steps(np.full(n, kind), BITS.copy(), np.full(n, home_care))
    assert (bits > 0).all()
    skipped = Profession.PRIMARY_CARE_NURSE if home_care else Profession.HOME_NURSE
    steps = BASE.pathways[kind].steps
    allowed = [i for i, step in enumerate(steps) if Profession[step.profession.upper()] != skipped]
    nothing = float(np.prod([1 - steps[i].probability for i in allowed]))
    for i, step in enumerate(steps):
        share = float((bits >> i & 1).mean())
        expected = step.probability if i in allowed else 0.0
        # Where nothing was called for, the first allowed step is taken all the same.
        expected += nothing if i == allowed[0] else 0.0
        assert share == pytest.approx(expected, abs=4 * np.sqrt(0.25 / n)), step.profession
    assert (bits >> len(steps) == 0).all()


def test_steps_of_one_need_are_drawn_independently() -> None:
    n = len(BITS)
    bits = PATHWAYS.needed_steps(np.full(n, NeedKind.COMPOSITE_NEED), BITS.copy(), np.ones(n, bool))
    drawn = [bits >> i & 1 for i in range(len(BASE.pathways[NeedKind.COMPOSITE_NEED].steps))]
    for i in range(1, len(drawn)):
        for j in range(i):
            assert abs(np.corrcoef(drawn[i], drawn[j])[0, 1]) < 0.03


# --- worsening


def test_hazard_by_hand() -> None:
    """Twice the share x scale x tempo x severity x (1 + slope x frailty) x (base - slope x participation)."""
    values = {
        "worsening.preventable_share": 0.6, "worsening.hazard_scale": 0.5, "worsening.hazard_frailty_slope": 2.0,
        "worsening.hazard_participation_base": 1.3, "worsening.hazard_participation_slope": 0.6,
    }  # fmt: skip
    p = read_group(WorseningParameters, "worsening", with_parameters(BASE, values).parameters)
    assert hazard_per_day(p, 0.01, 0.8, 0.25, 0.5) == pytest.approx(1.2 * 0.5 * 0.01 * 0.8 * 1.5 * 1.0)


def test_the_preventable_share_weighs_the_two_streams_against_each_other() -> None:
    w = world_of(BASE)
    rates, hazards = {}, {}
    for share in (0.3, 0.5, 0.7):
        register = with_parameters(BASE, {"worsening.preventable_share": share}).parameters
        p = read_group(WorseningParameters, "worsening", register)
        rates[share] = exogenous_rate_per_year(p, w.population)
        hazards[share] = hazard_per_day(p, 0.01, 0.5, 0.2, 0.6)
    np.testing.assert_allclose(rates[0.3], rates[0.5] * 1.4)
    np.testing.assert_allclose(rates[0.7], rates[0.5] * 0.6)
    assert hazards[0.3] == pytest.approx(0.6 * hazards[0.5])
    assert hazards[0.7] == pytest.approx(1.4 * hazards[0.5])


@given(severity=st.floats(0, 1), luck=st.floats(0, 1))
def test_turns_are_as_severe_as_need_and_luck_say(severity: float, luck: float) -> None:
    p = WORSENING
    found = float(turn_severity(p, np.array([severity]), np.array([luck]))[0])
    assert found == pytest.approx(p.turn_severity_share * severity + p.turn_severity_luck * luck)
    assert 0 <= found <= 1 + 1e-12


@pytest.mark.parametrize(("frailty", "information"), [(0.0, 0.8), (0.3, 0.55), (0.9, 0.3)])
def test_turns_after_discharge_follow_the_fading_hazard(frailty: float, information: float) -> None:
    p = WORSENING
    start = p.after_discharge_per_day * (p.after_discharge_base + p.after_discharge_frailty * frailty)
    start *= p.after_discharge_information_base - p.after_discharge_information * information
    fading = p.after_discharge_fading_days
    n = 40_000
    luck = -np.log((np.arange(n) + 0.5) / n)
    days = [days_to_turn_after_discharge(p, frailty, information, float(e)) for e in luck]
    struck = np.array([d for d in days if d is not None])
    ever = 1 - np.exp(-start * fading)
    assert len(struck) / n == pytest.approx(ever, abs=2e-4)
    for day in (1.0, 7.0, 30.0):
        expected = 1 - np.exp(-start * fading * (1 - np.exp(-day / fading)))
        assert (struck <= day).sum() / n == pytest.approx(expected, abs=2e-4)


def test_exposure_decides_whether_an_unmet_need_turns_acute() -> None:
    """The exponential threshold of a need divided by its hazard: turns before day d in 1 - exp(-hazard d)."""
    hazard = hazard_per_day(WORSENING, 0.03, 0.5, 0.2, 0.6)
    luck = Luck(5, Purpose).exponential(Purpose.TURN_ACUTE, np.arange(50_000))
    assert stats.kstest(luck / hazard, "expon", args=(0, 1 / hazard)).pvalue > 1e-4
