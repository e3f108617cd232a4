"""Divide the days of the window between home, hospital, special housing and after death."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.outcomes.exposure import alive_days, starter_years
from sim.outcomes.intervals import Intervals, covered_days, hospital_stays
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure, Values
from sim.outcomes.snapshots import snapshots

OUTCOMES = (
    Outcome(
        id="days_at_home",
        aim="health",
        better="higher",
        unit="days per person-year",
        label_en="Days at home",
        label_sv="Dagar hemma",
        meaning=(
            "Days alive, not in hospital and not living in special housing, per person alive at the start "
            "of the window and year of the window: a death loses the days that follow."
        ),
        headline=True,
    ),
    Outcome(
        id="days_in_special_housing",
        aim="health",
        better="neither",
        unit="days per person-year",
        label_en="Days in special housing",
        label_sv="Dagar i särskilt boende",
        meaning="Days living in special housing and not in hospital, per person-year lived.",
    ),
)


def divided_days(observation: Observation) -> tuple[Values, Values, Values]:
    """Return days at home, in hospital and in special housing per person; they sum to the days lived.

    Somebody in hospital is in hospital, also when special housing waits.
    """
    beds = hospital_stays(observation).in_bed()
    none = Intervals(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0))
    in_hospital = covered_days(observation, beds, none)
    seen = snapshots(observation)
    housed = np.flatnonzero(seen.columns["special_housing"])
    start = seen.begin[housed]
    living_there = Intervals(seen.person[housed], start, start + seen.days[housed])
    in_special_housing = covered_days(observation, living_there, beds)
    at_home = alive_days(observation) - in_hospital - in_special_housing
    return at_home, in_hospital, in_special_housing


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield days at home and in special housing per person."""
    at_home, _, in_special_housing = divided_days(observation)
    yield PersonMeasure(outcome="days_at_home", numerator=at_home, denominator=starter_years(observation))
    yield PersonMeasure(outcome="days_in_special_housing", numerator=in_special_housing)
