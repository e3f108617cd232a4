"""When a scenario starts to pay: clearly below the baseline, and for good."""

from math import nan

import pytest

from sim.report.over_time import pays_from, when_it_pays
from sim.report.results import Difference
from sim.report.words import words_for


def quarter(number: int, low: float, high: float) -> Difference:
    return Difference(
        scenario="team", group_by="quarter", group=str(number), outcome="cost_sek", unit="SEK", aim="cost",
        better="lower", mean=(low + high) / 2, low=low, high=high, n=4, baseline_mean=100.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("intervals", "first"),
    [
        ([(1, 2), (-1, 1), (-3, -1), (-4, -2)], 3),
        ([(-3, -1), (-1, 1), (-3, -1)], 3),
        ([(-3, -1), (-3, -2), (-1, 1)], None),
        ([(nan, nan), (nan, nan)], None),
        ([], None),
    ],
)
def test_it_pays_from_the_first_quarter_of_the_last_unbroken_run(intervals, first):
    assert pays_from([quarter(i, *ends) for i, ends in enumerate(intervals, start=1)]) == first


def test_every_scenario_is_spoken_of_in_both_languages(full):
    for lang in ("en", "sv"):
        said = when_it_pays(words_for(full, lang))
        assert len(said) == 5
        assert "All four" in said[-1] or "Alla fyra" in said[-1]
