"""Measure how much home help there is: clients, visits a day, hours a month."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

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
