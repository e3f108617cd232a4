"""Count contacts by profession; roster visits of home help and home nursing apart."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import PHYSICIANS, ContactFlag, Mode, Profession, label
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure, Values
from sim.outcomes.wording import PROFESSION_EN, PROFESSION_SV

ROSTER_PROFESSIONS = (Profession.HOME_NURSE, Profession.HOME_HELP_WORKER)


def _contacts(profession: Profession) -> Outcome:
    return Outcome(
        id=f"contacts_{label(profession)}",
        aim="cost",
        better="neither",
        unit="per person-year",
        label_en=f"Contacts with {PROFESSION_EN[profession]}",
        label_sv=f"Kontakter med {PROFESSION_SV[profession]}",
        meaning="Contacts in all modes per person-year; roster visits not counted.",
    )


def _visits(profession: Profession) -> Outcome:
    return Outcome(
        id=f"home_visits_{label(profession)}",
        aim="cost",
        better="neither",
        unit="per person-year",
        label_en=f"Roster visits by {PROFESSION_EN[profession]}",
        label_sv=f"Planerade hembesök av {PROFESSION_SV[profession]}",
        meaning="Visits by roster in the home per person-year.",
    )


OUTCOMES = (
    Outcome(
        id="contacts_care",
        aim="cost",
        better="neither",
        unit="per person-year",
        label_en="Contacts with care",
        label_sv="Vårdkontakter",
        meaning="Contacts of all professions and modes per person-year; roster visits not counted.",
        headline=True,
    ),
    *(_contacts(profession) for profession in Profession),
    *(_visits(profession) for profession in ROSTER_PROFESSIONS),
    Outcome(
        id="physician_visits",
        aim="cost",
        better="neither",
        unit="per person-year",
        label_en="Visits to physicians",
        label_sv="Läkarbesök",
        meaning="Visits and home visits with physicians of all kinds, emergency physicians included.",
    ),
    Outcome(
        id="second_try_share",
        aim="cost",
        better="lower",
        unit="share of contacts",
        label_en="Contacts that repeat a failed one",
        label_sv="Kontakter efter ett misslyckat försök",
        meaning="Share of contacts that were a second try because the first did not meet the need.",
    ),
)


def contacts_by_profession(observation: Observation) -> Values:
    """Return contacts per profession and person, shape (professions, people)."""
    return _count(observation, "contacts")


def visits_by_profession(observation: Observation) -> Values:
    """Return roster visits per profession and person, shape (professions, people)."""
    return _count(observation, "visits")


def _count(observation: Observation, table: str) -> Values:
    rows = observation.table(table)
    people, professions = len(observation.people), len(Profession)
    key = rows["profession"] * np.int64(people) + rows["person"]
    counts = np.bincount(key, minlength=people * professions).reshape(professions, people)
    return counts.astype(np.float64)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield contacts and roster visits per person."""
    by_profession = contacts_by_profession(observation)
    total = by_profession.sum(axis=0)
    yield PersonMeasure(outcome="contacts_care", numerator=total)
    for profession in Profession:
        yield PersonMeasure(outcome=f"contacts_{label(profession)}", numerator=by_profession[profession])
    visits = visits_by_profession(observation)
    for profession in ROSTER_PROFESSIONS:
        yield PersonMeasure(outcome=f"home_visits_{label(profession)}", numerator=visits[profession])

    contacts = observation.table("contacts")
    physician = np.isin(contacts["profession"], [int(p) for p in PHYSICIANS])
    in_person = physician & (contacts["mode"] <= Mode.HOME_VISIT)
    yield PersonMeasure(outcome="physician_visits", numerator=observation.per_person(contacts["person"][in_person]))
    again = observation.per_person(contacts["person"][(contacts["flags"] & ContactFlag.SECOND_TRY) > 0])
    yield PersonMeasure(outcome="second_try_share", numerator=again, denominator=total)
