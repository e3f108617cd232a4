"""Who makes a saving possible gets part of it: money moves, and staff work shorter hours."""

from __future__ import annotations

import pytest
from paired_runs import BASE, inhabitants, run, switched_on, weekly_minutes

from sim.core.vocabulary import PaymentKind, WorkCause


def test_the_promise_is_as_strong_as_trust_and_fidelity() -> None:
    means, here = switched_on("shared_gain", fidelity=0.5, trust=0.6)
    gain = means.shares_gain(here)
    assert gain is not None
    assert gain.strength == pytest.approx(0.3)
    assert gain.municipality_share == 0.5
    support = means.supports_fidelity(here)
    assert support is not None
    assert (support.speed_gain, support.persistence_gain) == pytest.approx((0.075, 0.0))


@pytest.mark.parametrize(("fidelity", "strength"), [(0.0, None), (0.5, 0.3)])
def test_a_promise_that_nobody_keeps_is_none_and_moves_no_money(fidelity: float, strength: float | None) -> None:
    _, here = switched_on("shared_gain", fidelity=fidelity, trust=0.6)
    gain = here.world.decisions.shared_gain()
    assert (gain.strength if gain else None) == (None if strength is None else pytest.approx(strength))


def test_the_region_pays_municipalities_when_support_at_home_replaces_a_bed() -> None:
    (_, before), (_, after) = run(), run("shared_gain", trust=1.0)
    rows = after["payments"]
    shared = rows["kind"] == PaymentKind.SHARED_GAIN
    assert shared.sum() > 3
    region = next(i for i, p in enumerate(BASE.place.principals) if p.kind == "region")
    assert (rows["payer"][shared] == region).all()
    assert (rows["payee"][shared] != region).all()
    assert (rows["sek"][shared] > 0).all()
    assert not (before["payments"]["kind"] == PaymentKind.SHARED_GAIN).any()
    extra = [t["work"]["minutes"][t["work"]["cause"] == WorkCause.EXTRA_SUPPORT].sum() for t in (before, after)]
    assert extra[1] > 1.2 * extra[0]


def test_staff_take_their_half_of_the_expected_gain_as_shorter_hours() -> None:
    live, _ = run("shared_gain", trust=1.0)
    full_time = float((live.world.stations.facts.staff * live.world.stations.presence).sum())
    # Half of 0.5 % of 40 hours a week each, and 51 minutes of reckoning for every 10,000 people.
    expected = full_time * 0.5 * 0.005 * 2400 + inhabitants() * 51
    assert weekly_minutes("shared_gain", trust=1.0)[-1] == pytest.approx(expected, rel=1e-4)
