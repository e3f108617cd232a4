"""Measure what patients notice when information is missing: per contact, and per person asked in a survey."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

RECALL_DAYS = 365.0
"""A person who is asked looks back this far from the end of the window."""

FAILURES: dict[str, tuple[ContactFlag, str, str]] = {
    "questions_repeated": (ContactFlag.QUESTIONS_REPEATED, "Questions repeated", "Frågor som upprepas"),
    "tests_repeated": (ContactFlag.TEST_REPEATED, "Tests repeated", "Prov som tas om"),
    "contradictory_information": (
        ContactFlag.CONTRADICTORY_INFORMATION,
        "Contradictory information",
        "Motstridig information",
    ),
    "record_missing": (ContactFlag.RECORD_MISSING, "Record missing", "Journaluppgifter saknas"),
}


def _per_contact(name: str, label_en: str, label_sv: str) -> Outcome:
    return Outcome(
        id=f"{name}_share",
        aim="experience",
        better="lower",
        unit="share of contacts",
        label_en=f"{label_en}, share of contacts",
        label_sv=f"{label_sv}, andel av kontakter",
        meaning="Share of contacts burdened in this way; roster visits not counted.",
        headline=name in ("tests_repeated", "contradictory_information"),
    )


def _per_person(name: str, label_en: str, label_sv: str) -> Outcome:
    return Outcome(
        id=f"survey_{name}_share",
        aim="experience",
        better="lower",
        unit="share of persons",
        label_en=f"{label_en}, share of persons asked",
        label_sv=f"{label_sv}, andel av tillfrågade",
        meaning=(
            "Survey: share of people with at least one contact in the last 365 days of the window to whom "
            "it happened at least once in those days. Everybody remembers everything, so the share is an "
            "upper bound of what a real survey finds."
        ),
    )


OUTCOMES = (
    *(_per_contact(name, en, sv) for name, (_, en, sv) in FAILURES.items()),
    *(_per_person(name, en, sv) for name, (_, en, sv) in FAILURES.items()),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield burdened contacts per contact, and people burdened at least once per person with a contact."""
    contacts = observation.table("contacts")
    number = observation.per_person(contacts["person"])
    recalled = int(np.searchsorted(contacts["time_days"], observation.end_days - RECALL_DAYS))
    asked = (observation.per_person(contacts["person"][recalled:]) > 0).astype(np.float64)
    for name, (flag, _, _) in FAILURES.items():
        rows = np.flatnonzero(contacts["flags"] & flag)
        burdened = observation.per_person(contacts["person"][rows])
        yield PersonMeasure(outcome=f"{name}_share", numerator=burdened, denominator=number)
        recent = observation.per_person(contacts["person"][rows[rows >= recalled]]) > 0
        yield PersonMeasure(outcome=f"survey_{name}_share", numerator=recent.astype(np.float64), denominator=asked)
