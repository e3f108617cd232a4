"""A formal agreement prevents disputes and losses between principals, and lasts."""

from __future__ import annotations

import pytest
from engine_runs import Live, choice, with_means, with_parameters
from paired_runs import SMALL, handovers, inhabitants, pair, run, switched_on, weekly_minutes, weekly_sek

from sim.care.stations import BETWEEN_PRINCIPALS
from sim.core.vocabulary import Profession

APART = (Profession.GENERAL_PRACTITIONER, Profession.HOME_NURSE)
SAME = (Profession.GENERAL_PRACTITIONER, Profession.PRIMARY_CARE_NURSE)


def test_disputes_and_losses_fall_between_principals_only() -> None:
    means, here = switched_on("formal_agreement", fidelity=0.5, dispute_share_left=0.6, loss_share_left=0.9)
    batch = handovers(here, APART, SAME)
    # Half in place: half-way from 1 to 0.6, and from 1 to 0.9.
    assert means.dispute_factor(here, batch) == pytest.approx([0.8, 1.0])
    assert means.handover_loss_factor(here, batch) == pytest.approx([0.95, 1.0])


def test_what_is_agreed_on_outlasts_its_champions() -> None:
    means, here = switched_on("formal_agreement", fidelity=0.5, persistence_gain=0.4)
    support = means.supports_fidelity(here)
    assert support is not None
    assert support.persistence_gain == pytest.approx(0.2)
    assert support.speed_gain == 0.0


def test_fewer_hand_overs_between_principals_end_in_a_dispute() -> None:
    before, after = pair("handovers", "formal_agreement", dispute_share_left=0.4)
    share = [rows["disputed"][rows["distance"] == BETWEEN_PRINCIPALS].mean() for rows in (before, after)]
    assert 0.0 < share[1] < 0.6 * share[0]


def test_it_costs_negotiation_follow_up_and_officials() -> None:
    weeks = weekly_minutes("formal_agreement", dispute_share_left=0.4)
    # In four municipalities 3,000 minutes over 26 weeks; the sample is a tenth.
    assert weeks[0] == pytest.approx(0.1 * 4 * 3_000 / 26 + inhabitants() * 41, rel=1e-4)
    assert len(weeks) == 26
    assert weekly_sek("formal_agreement", dispute_share_left=0.4) == pytest.approx(0.1 * 4 * 100_000 / 52, rel=1e-4)
    assert run()[1]["payments"]["sek"].sum() > 0


def test_another_means_falls_back_less_when_its_champion_leaves() -> None:
    leaves = {"implementation.champion_leaves_after_days": 28.0, "implementation.fall_back_half_life_days": 90.0}
    left = []
    for others in ((), (choice("formal_agreement", persistence_gain=0.8),)):
        base = with_means(with_parameters(SMALL, leaves), choice("joint_financing"), *others)
        live = Live(base, seed=4)
        live.run()
        left.append(live.world.decisions.means[-1][1].fidelity)
    # Of the 0.7 that rests on the champion, up to 0.8 stays with an agreement.
    assert left[0] < 0.8
    assert left[0] + 0.05 < left[1] < 1.0
