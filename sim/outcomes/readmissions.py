"""Measure readmission within 30 days of a discharge."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.outcomes.intervals import hospital_stays
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

FOLLOW_UP_DAYS = 30.0
MOST_ILL_FRAILTY = 0.45
"""Frailty above which people of 65 and over count as the most ill elderly."""


def _outcome(name: str, who_en: str, who_sv: str, headline: bool = False) -> Outcome:
    return Outcome(
        id=name,
        aim="cost",
        better="lower",
        unit="share of discharges",
        label_en=f"Readmission within 30 days{who_en}",
        label_sv=f"Återinläggning inom 30 dagar{who_sv}",
        meaning=(
            "Share of discharges of living people, with 30 days left of the window, that were followed by a "
            "new admission within 30 days. Age and frailty as at the start of the run."
        ),
        headline=headline,
    )


OUTCOMES = (
    _outcome("readmission_30_days_share", "", "", headline=True),
    _outcome("readmission_30_days_65_plus_share", ", 65+", ", 65+"),
    _outcome("readmission_30_days_most_ill_share", ", most ill elderly", ", mest sjuka äldre"),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield readmissions per discharge, for all, for 65+ and for the most ill elderly."""
    stays = hospital_stays(observation)
    order = np.lexsort((stays.admitted, stays.person))
    person, admitted, ended = stays.person[order], stays.admitted[order], stays.ended[order]
    following = np.full(len(order), np.inf)
    same = person[1:] == person[:-1]
    following[:-1][same] = admitted[1:][same]
    last = observation.end_days - FOLLOW_UP_DAYS
    discharged = (ended >= observation.start_days) & (ended <= last) & ~stays.died[order]
    back = discharged & (following <= ended + FOLLOW_UP_DAYS)
    discharges, returns = observation.per_person(person[discharged]), observation.per_person(person[back])

    people = observation.people
    old = people.age_years >= 65
    chosen = {
        "readmission_30_days_share": np.ones(len(people), dtype=np.bool_),
        "readmission_30_days_65_plus_share": old,
        "readmission_30_days_most_ill_share": old & (people.frailty > MOST_ILL_FRAILTY),
    }
    for outcome, who in chosen.items():
        yield PersonMeasure(outcome=outcome, numerator=returns * who, denominator=discharges * who)
