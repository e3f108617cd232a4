"""A joint board settles disputes sooner; it does not prevent them."""

from __future__ import annotations

import pytest
from paired_runs import handovers, inhabitants, pair, switched_on, weekly_minutes, weekly_sek

from sim.core.vocabulary import Profession


def test_disputes_between_principals_are_shorter_by_the_declared_share() -> None:
    means, here = switched_on("joint_board", fidelity=0.5, dispute_length_left=0.6)
    batch = handovers(
        here,
        (Profession.SPECIALIST_PHYSICIAN, Profession.CARE_MANAGER),
        (Profession.SPECIALIST_PHYSICIAN, Profession.GENERAL_PRACTITIONER),
    )
    assert means.dispute_length_factor(here, batch) == pytest.approx([0.8, 1.0])


def test_what_the_board_decides_lasts() -> None:
    means, here = switched_on("joint_board", fidelity=0.5, persistence_gain=0.5)
    support = means.supports_fidelity(here)
    assert support is not None
    assert (support.speed_gain, support.persistence_gain) == pytest.approx((0.0, 0.25))


def test_disputes_take_fewer_days_but_are_as_many() -> None:
    before, after = pair("handovers", "joint_board", dispute_length_left=0.4)
    days = [rows["dispute_days"][rows["disputed"]].mean() for rows in (before, after)]
    assert days[1] < 0.7 * days[0]
    share = [rows["disputed"].mean() for rows in (before, after)]
    assert share[1] == pytest.approx(share[0], rel=0.2)


def test_it_costs_a_board_a_secretariat_and_preparation() -> None:
    weeks = weekly_minutes("joint_board", dispute_length_left=0.4)
    assert weeks[-1] == pytest.approx(inhabitants() * 51, rel=1e-4)
    # Four municipalities send members to the board; the sample is a tenth.
    sek = 0.1 * 4 * 125_000 + inhabitants() * 152_000
    assert weekly_sek("joint_board", dispute_length_left=0.4) == pytest.approx(sek / 52, rel=1e-4)
