"""How answers of several means combine at a decision point; their order never matters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from engine_runs import scenario, world_of
from hypothesis import given
from hypothesis import strategies as st

from sim.care.answers import Offer
from sim.care.combining import Decisions
from sim.care.decisions import Here, Means
from sim.care.questions import Turns
from sim.core.parameter import Parameter
from sim.core.vocabulary import Profession, Responder

WORLD = world_of(scenario("baseline", 0.01, 0.2, 0.1))
SHARES = st.lists(st.floats(0, 1), min_size=3, max_size=3)
NO_BATCH: Any = None


class Answering(Means):
    """A means whose answers are given."""

    def __init__(self, answer: list[float]) -> None:
        super().__init__({})
        self.answer = np.array(answer)

    def handover_distance(self, here, batch):
        return np.round(5 * self.answer).astype(int)

    def handover_lead_factor(self, here, batch):
        return self.answer

    def known_share_gain(self, here, batch):
        return self.answer

    def scan_per_day(self, here, person):
        return self.answer

    def helps_with_next_step(self, here, person):
        return self.answer > 0.5

    def pools_money(self, here):
        return float(self.answer[0])

    def discharge_planning_start(self, here, person):
        return float(self.answer[1])

    def acute_offers(self, here, batch):
        return [Offer(Responder.MOBILE_TEAM, self.answer, 0.1, ((Profession.HOME_NURSE, 10.0),))]


class Silent(Means):
    """A means that acts on one point, and has nothing to say there."""

    def handover_lead_factor(self, here, batch):
        return None


def here(started: bool = True) -> Here:
    return Here(index=0, world=WORLD, coverage=1.0, start_days=0.0, ramp_days=0.0, final_fidelity=1.0, fidelity=1.0,
                started=started)  # fmt: skip


def decisions(*means: Means) -> Decisions:
    return Decisions([(one, here()) for one in means])


def all_answers(asked: Decisions) -> list[Any]:
    known = np.array([0.0, 0.3, 1.0])
    product, help_ = asked.product("handover_lead_factor", NO_BATCH), asked.any_of("helps_with_next_step", NO_BATCH)
    left = asked.gap_left("scan_per_day", NO_BATCH)
    assert product is not None and help_ is not None and left is not None
    return [
        asked.smallest("handover_distance", np.array([5, 4, 3]), NO_BATCH),
        product,
        asked.close("known_share_gain", known, NO_BATCH),
        left,
        help_,
        asked.largest("pools_money"),
        asked.earliest_planning(0, 0.35),
        sorted(tuple(offer.probability) for offer in asked.offers(NO_BATCH)),
    ]


@given(answers=st.lists(SHARES, min_size=1, max_size=4), mixed=st.randoms(use_true_random=False))
def test_the_order_of_means_never_matters(answers: list[list[float]], mixed) -> None:
    means = [Answering(one) for one in answers]
    other = list(means)
    mixed.shuffle(other)
    for one, again in zip(all_answers(decisions(*means)), all_answers(decisions(*other)), strict=True):
        np.testing.assert_allclose(np.asarray(one, float), np.asarray(again, float), atol=1e-12)


@given(answers=st.lists(SHARES, min_size=1, max_size=4))
def test_answers_stay_in_their_range(answers: list[list[float]]) -> None:
    distance, factor, known, left, _, purse, planning, _ = all_answers(decisions(*map(Answering, answers)))
    assert (distance <= [5, 4, 3]).all() and (distance >= 0).all()
    assert (factor >= 0).all() and (factor <= 1).all()
    assert (known >= [0.0, 0.3, 1.0]).all() and (known <= 1 + 1e-12).all()
    assert (left >= 0).all() and (left <= 1).all()
    assert 0 <= purse <= 1
    assert 0 <= planning <= 0.35


def test_two_means_by_hand() -> None:
    asked = decisions(Answering([0.2, 0.5, 1.0]), Answering([0.4, 0.5, 0.0]))
    distance, factor, known, left, helped, purse, planning, offers = all_answers(asked)
    assert distance.tolist() == [1, 2, 0]
    np.testing.assert_allclose(factor, [0.08, 0.25, 0.0])
    # The first closes 0.2 of the gap, the second 0.4 of what is left: 1 - 0.8 x 0.6.
    np.testing.assert_allclose(known, [0.52, 0.3 + 0.7 * 0.75, 1.0])
    np.testing.assert_allclose(left, [0.48, 0.25, 0.0])
    assert helped.tolist() == [False, False, True]
    assert purse == 0.4
    assert planning == 0.35
    assert len(offers) == 2


def test_nobody_asked_changes_nothing() -> None:
    asked, share = decisions(), np.array([0.1, 0.2])
    assert asked.close("known_share_gain", share, NO_BATCH) is share
    assert asked.product("handover_lead_factor", NO_BATCH) is None
    assert asked.gap_left("scan_per_day", NO_BATCH) is None
    assert asked.any_of("helps_with_next_step", NO_BATCH) is None
    assert asked.largest("pools_money") == 0.0
    assert asked.earliest_planning(0, 0.35) == 0.35
    assert asked.offers(NO_BATCH) == []


def test_means_that_have_not_started_are_not_asked() -> None:
    asked = Decisions([(Answering([0.5, 0.5, 0.5]), here(started=False))])
    assert asked.acting("known_share_gain") == []
    assert asked.largest("pools_money") == 0.0


def test_a_means_may_have_nothing_to_say() -> None:
    assert decisions(Silent({})).product("handover_lead_factor", NO_BATCH) is None
    both = decisions(Silent({}), Answering([0.5, 1.0, 0.0])).product("handover_lead_factor", NO_BATCH)
    assert both is not None and both.tolist() == [0.5, 1.0, 0.0]
    assert decisions(Silent({})).acting("known_share_gain") == []


def test_a_means_is_neutral_until_it_answers() -> None:
    means, empty = Means({}), np.zeros(0)
    for point in ("handover_distance", "handover_lead_factor", "handover_loss_factor", "dispute_factor",
                  "handover_information_gain", "known_share_gain", "joint_visit_probability", "query_reach_gain",
                  "participation_gain", "scan_per_day", "helps_with_next_step"):  # fmt: skip
        assert getattr(means, point)(here(), NO_BATCH) is None
    assert means.enrolment(here) is None
    assert means.acute_offers(here(), Turns(empty.astype(int), empty, empty, empty.astype(bool))) == []
    assert means.push_share(here()) == means.pools_money(here()) == means.fixed_cost_sek_per_week(here()) == 0.0
    assert means.standing_work(here(), 0) == []
    assert means.discharge_planning_start(here(), 0) is None


def test_a_setting_that_is_no_number_is_refused() -> None:
    entry = Parameter(name="x", value=(1.0, 2.0), low=0.0, high=2.0, unit="", source="", meaning="")
    with pytest.raises(TypeError, match="x: expected one number"):
        Means({"x": entry}).setting("x")
