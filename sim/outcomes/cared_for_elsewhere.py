"""Measure care given somewhere else instead of in a hospital bed, such as in a home hospital."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import PlaceEvent
from sim.outcomes.intervals import Intervals, covered_days
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="cared_for_elsewhere_days_per_1000",
        aim="cost",
        better="neither",
        unit="days per 1,000 person-years",
        label_en="Days of care elsewhere instead of a bed",
        label_sv="Vårddagar på annat håll i stället för på sjukhus",
        meaning=(
            "Days in which somebody who needed a hospital bed was cared for elsewhere instead, as in a home "
            "hospital. They are not bed days, and count as days at home."
        ),
        scale=1000.0,
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield days cared for elsewhere per person; days covered twice count once."""
    none = Intervals(np.zeros(0, np.int64), np.zeros(0), np.zeros(0))
    days = covered_days(observation, stays_elsewhere(observation), none)
    yield PersonMeasure(outcome="cared_for_elsewhere_days_per_1000", numerator=days)


def stays_elsewhere(observation: Observation) -> Intervals:
    """Return the stays elsewhere of the whole run: a person's n-th move in goes with the n-th move out.

    Nobody has two places at a time; were it so, which end belongs to which beginning would not change the days that
    are covered.
    """
    rows = observation.tables["stays_elsewhere"]
    order = np.lexsort((rows["time_days"], rows["person"]))
    person, time, event = (rows[name][order] for name in ("person", "time_days", "event"))
    came, left = event == PlaceEvent.MOVED_IN, event == PlaceEvent.MOVED_OUT
    first, number = np.unique(person[came], return_index=True, return_inverse=True)[1:]
    rank = np.arange(int(came.sum())) - first[number]
    at = np.searchsorted(person[left], person[came]) + rank
    ended = at < np.searchsorted(person[left], person[came], side="right")
    end = np.full(len(at), np.inf)
    end[ended] = time[left][at[ended]]
    return Intervals(person[came], time[came], end)
