"""Count visits to the emergency department and what they lead to."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import AcuteAnswer
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="ed_visits_per_1000",
        aim="cost",
        better="lower",
        unit="per 1,000 person-years",
        label_en="Visits to the emergency department",
        label_sv="Besök på akutmottagning",
        meaning="Arrivals at the emergency department per 1,000 person-years.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="ed_admitted_share",
        aim="cost",
        better="neither",
        unit="share",
        label_en="Emergency visits that end in admission",
        label_sv="Akutbesök som leder till inläggning",
        meaning="Share of departures from the emergency department that went to a hospital bed.",
    ),
    Outcome(
        id="ed_visits_80_plus_share",
        aim="cost",
        better="neither",
        unit="share",
        label_en="Emergency visits made by people 80+",
        label_sv="Akutbesök av personer 80+",
        meaning="Share of arrivals at the emergency department by people of 80 and over.",
    ),
    Outcome(
        id="acute_turns_answered_at_home_share",
        aim="cost",
        better="higher",
        unit="share",
        label_en="Acute turns answered at home",
        label_sv="Akuta försämringar som möts hemma",
        meaning="Share of acute turns answered at home, by usual care or by a means.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield arrivals, admissions per departure, and answers at home per acute turn."""
    arrivals = observation.per_person(observation.table("ed_arrivals")["person"])
    yield PersonMeasure(outcome="ed_visits_per_1000", numerator=arrivals)
    departures = observation.table("ed_departures")
    yield PersonMeasure(
        outcome="ed_admitted_share",
        numerator=observation.per_person(departures["person"][departures["admitted"]]),
        denominator=observation.per_person(departures["person"]),
    )
    old = arrivals[observation.people.age_years >= 80].sum()
    yield GroupMeasure(
        outcome="ed_visits_80_plus_share",
        group_by="all",
        groups=("all",),
        numerator=np.array([old]),
        denominator=np.array([arrivals.sum()]),
    )
    turns = observation.table("acute_turns")
    at_home = turns["answer"] == AcuteAnswer.ANSWERED_AT_HOME
    yield PersonMeasure(
        outcome="acute_turns_answered_at_home_share",
        numerator=observation.per_person(turns["person"][at_home]),
        denominator=observation.per_person(turns["person"]),
    )
