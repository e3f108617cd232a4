import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.report.numbers import MINUS, MISSING, THIN_SPACE, Numbers, decimals_for

EN, SV = Numbers(lang="en"), Numbers(lang="sv")


@pytest.mark.parametrize(
    ("value", "english", "swedish"),
    [
        (41250.4, "41,250", f"41{THIN_SPACE}250"),
        (171.25, "171", "171"),
        (12.44, "12.4", "12,4"),
        (-0.0613, f"{MINUS}0.0613", f"{MINUS}0,0613"),
        (0.0, "0", "0"),
        (math.nan, MISSING, MISSING),
        (math.inf, MISSING, MISSING),
    ],
)
def test_three_significant_figures_in_both_languages(value, english, swedish):
    assert EN.plain(value) == english
    assert SV.plain(value) == swedish


def test_signs_are_true_minus_and_plus_and_zero_has_none():
    assert EN.signed(2.5, 1) == "+2.5"
    assert EN.signed(-2.5, 1) == f"{MINUS}2.5"
    assert EN.signed(0.001, 1) == "0.0"
    assert EN.signed(-0.001, 1) == "0.0"


def test_percent_has_a_decimal_below_ten_only():
    assert EN.percent(0.0123) == "1.2%"
    assert EN.percent(0.0996) == "10%"
    assert EN.percent(-0.35, signed=True) == f"{MINUS}35%"
    assert SV.percent(0.0123, signed=True) == f"+1,2{THIN_SPACE}%"
    assert EN.percent(math.nan) == MISSING


def test_intervals_spans_and_short_numbers():
    assert EN.interval(-1.25, 0.5, decimals=2) == f"[{MINUS}1.25; +0.50]"
    assert SV.interval(1.0, 2.0, decimals=1, signed=False) == "[1,0; 2,0]"
    assert EN.interval(math.nan, 1.0, decimals=1) == MISSING
    assert EN.span(150.0, 200.0, 0) == "150–200"
    assert EN.span(150.0, 150.0, 0) == "150"
    assert [EN.short(value) for value in (1.0, 0.5, 0.125)] == ["1", "0.5", "0.12"]


def test_decimals_follow_the_largest():
    assert decimals_for(0.012, -3.4) == 2
    assert decimals_for(math.nan, 0.0) == 0
    assert decimals_for(0.000001) == 4


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_what_is_written_can_be_read_back(value, places):
    read = SV.plain(value, places).replace(MINUS, "-").replace(THIN_SPACE, "").replace(",", ".")
    assert float(read) == pytest.approx(value, abs=0.5000001 * 10.0**-places)
