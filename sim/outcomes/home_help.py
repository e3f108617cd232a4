"""Measure how much home help there is: clients, visits a day, hours a month."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import Profession
from sim.outcomes.exposure import alive_days
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure
from sim.outcomes.snapshots import snapshots

OUTCOMES = (
    Outcome(
        id="home_help_share_65_plus",
        aim="cost",
        better="neither",
        unit="share",
        label_en="People 65+ with home help",
        label_sv="Personer 65+ med hemtjänst",
        meaning="Share of the time lived by people of 65 and over with home help in place.",
    ),
    Outcome(
        id="special_housing_share_80_plus",
        aim="cost",
        better="neither",
        unit="share",
        label_en="People 80+ in special housing",
        label_sv="Personer 80+ i särskilt boende",
        meaning="Share of the time lived by people of 80 and over in special housing.",
    ),
    Outcome(
        id="home_help_visits_per_day",
        aim="cost",
        better="neither",
        unit="visits per client and day",
        label_en="Home-help visits per client and day",
        label_sv="Hemtjänstbesök per brukare och dag",
        meaning="Home-help visits carried out per day with home help in place.",
    ),
    Outcome(
        id="home_help_hours_per_month",
        aim="cost",
        better="neither",
        unit="hours per client and month",
        label_en="Home-help hours per client and month",
        label_sv="Hemtjänsttimmar per brukare och månad",
        meaning="Hours of home help in the home per month (365/12 days) with home help in place.",
    ),
)


_MINUTES_PER_HOUR = 60.0


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield home help and special housing as shares of time, and amounts per day with home help in place."""
    seen = snapshots(observation)
    age, alive = observation.people.age_years, alive_days(observation)
    in_place = seen.columns["home_help_visits_per_day"] > 0
    served = observation.per_person(seen.person, seen.days * in_place)
    yield PersonMeasure(
        outcome="home_help_share_65_plus", numerator=served * (age >= 65), denominator=alive * (age >= 65)
    )
    yield PersonMeasure(
        outcome="special_housing_share_80_plus",
        numerator=seen.total(observation, "special_housing") * (age >= 80),
        denominator=alive * (age >= 80),
    )
    visits = observation.table("visits")
    home_help = np.flatnonzero(visits["profession"] == Profession.HOME_HELP_WORKER)
    person = visits["person"][home_help]
    yield PersonMeasure(
        outcome="home_help_visits_per_day", numerator=observation.per_person(person), denominator=served
    )
    hours = observation.per_person(person, visits["direct_minutes"][home_help]) / _MINUTES_PER_HOUR
    yield PersonMeasure(outcome="home_help_hours_per_month", numerator=hours, denominator=served / (DAYS_PER_YEAR / 12))
