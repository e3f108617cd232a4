import math

import pytest

from sim.report.verdict import SYMBOLS, Verdict, judge


@pytest.mark.parametrize(
    ("low", "high", "better", "verdict"),
    [
        (-3.0, -1.0, "lower", Verdict.BETTER),
        (-3.0, -1.0, "higher", Verdict.WORSE),
        (1.0, 3.0, "lower", Verdict.WORSE),
        (1.0, 3.0, "higher", Verdict.BETTER),
        (-1.0, 3.0, "higher", Verdict.UNCLEAR),
        (0.0, 3.0, "higher", Verdict.UNCLEAR),
        (1.0, 3.0, "neither", Verdict.CHANGED),
        (-3.0, -1.0, "neither", Verdict.CHANGED),
        (0.0, 0.0, "lower", Verdict.UNCHANGED),
        (math.nan, math.nan, "lower", Verdict.UNTESTED),
    ],
)
def test_verdict_follows_interval_and_good_direction(low, high, better, verdict):
    assert judge(low, high, better) is verdict


def test_each_verdict_has_its_own_symbol():
    assert len(set(SYMBOLS.values())) == len(Verdict)
