"""Test how what is typed is taken apart."""

from __future__ import annotations

import math

import pytest

from sim.cli.typed import number_of, words_of


def test_an_option_may_be_given_several_times_or_with_commas() -> None:
    assert words_of(["health=2, cost=1", "staff=0"]) == ["health=2", "cost=1", "staff=0"]
    assert words_of([]) == []
    assert words_of([""]) == [""]  # nothing is a wrong word, not no word


@pytest.mark.parametrize(("text", "number"), [("3", 3.0), (" -0.5 ", -0.5), ("1e6", 1e6), ("inf", math.inf)])
def test_a_number_is_read(text: str, number: float) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize("text", ["", "three", "1,5", "2 SEK"])
def test_what_is_no_number_is_told_as_such(text: str) -> None:
    assert math.isnan(number_of(text))
