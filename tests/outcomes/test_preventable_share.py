"""The measured ceiling of every effect, counted by hand."""

import pytest
from build_observation import observe, people, value

from sim.core.vocabulary import AcuteSource


def turn(time, person, source):
    return {"time_days": time, "person": person, "source": source}


def test_turns_after_unmet_needs_and_discharges_count_as_preventable():
    turns = [
        turn(1.0, 0, AcuteSource.EXOGENOUS),
        turn(2.0, 0, AcuteSource.UNMET_NEED),
        turn(3.0, 1, AcuteSource.AFTER_DISCHARGE),
        turn(4.0, 1, AcuteSource.UNMET_NEED),
        turn(900.0, 1, AcuteSource.EXOGENOUS),
    ]
    seen = observe(people(2, need_group=[1, 5]), acute_turns=turns)
    assert value(seen, "preventable_share_measured") == pytest.approx(3 / 4)
    assert value(seen, "preventable_share_measured", "need_group", "5") == pytest.approx(1.0)


def test_a_year_without_acute_turns_has_no_share():
    assert value(observe(2), "preventable_share_measured") is None
