"""Test how a time is said beforehand."""

from __future__ import annotations

from typing import Any

import pytest

from sim.batch import run_time
from sim.cli.batch_request import Request
from sim.cli.how_long import in_words, time_at_most, time_of
from sim.config.loader import load_scenario


@pytest.mark.parametrize(
    ("seconds", "words"), [(20, "less than a minute"), (600, "about 10 minutes"), (9000, "about 2.5 hours")]
)
def test_times_are_said_as_a_person_would(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


@pytest.mark.parametrize(
    ("runs", "jobs", "words"),
    [
        (240, 4, "about 60 minutes on 4 free processors"),
        (240, 1, "about 4.0 hours on 1 free processors"),
        (3, 8, "about 1 minutes on 3 free processors"),  # no more processors than runs
    ],
)
def test_runs_share_the_processors(
    library: Any, monkeypatch: pytest.MonkeyPatch, runs: int, jobs: int, words: str
) -> None:
    monkeypatch.setattr(run_time.RunTime, "of", lambda _self, _scenario: 60.0)
    request = Request(command="sweep", scenarios=(), replications=1, seed=1, jobs=jobs)
    said = time_at_most(runs, load_scenario("baseline"), request)
    assert said == f"{words} unless they are stored already"


def test_where_all_is_stored_nothing_takes_time() -> None:
    request = Request(command="sweep", scenarios=(), replications=1, seed=1, jobs=2)
    assert time_of([], request) == "less than a minute on 1 free processors"
