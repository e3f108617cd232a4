"""Count contacts by profession; roster visits of home help and home nursing apart."""

from __future__ import annotations

from sim.core.vocabulary import Profession, label
from sim.outcomes.outcome import Outcome
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
