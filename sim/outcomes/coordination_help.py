"""Measure whether people get help to the next step and meet staff who know them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag
from sim.outcomes.information_failures import RECALL_DAYS
from sim.outcomes.outcome import Measure, Outcome, PersonMeasure

FAMILIAR = 0.5
"""Familiarity from which staff count as knowing the patient."""

OUTCOMES = (
    Outcome(
        id="help_with_coordination_share",
        aim="experience",
        better="higher",
        unit="share of persons",
        label_en="Got help with coordination, complex needs",
        label_sv="Fick hjälp med samordning, komplexa behov",
        meaning=(
            "Survey: share of people with complex needs and at least one contact in the last 365 days of "
            "the window who got help with coordination at any of those contacts."
        ),
        headline=True,
    ),
    Outcome(
        id="familiar_contacts_share",
        aim="experience",
        better="higher",
        unit="share of contacts",
        label_en="Contacts with staff who know the patient",
        label_sv="Kontakter med personal som känner patienten",
        meaning="Share of contacts with a familiarity of at least 0.5 beforehand; roster visits not counted.",
    ),
    Outcome(
        id="known_share",
        aim="experience",
        better="higher",
        unit="share",
        label_en="Information known at contacts",
        label_sv="Information som är känd vid kontakter",
        meaning="Mean share of what is known about a person that staff knew at a contact.",
    ),
)


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield people helped per person with complex needs asked, and familiar contacts per contact."""
    contacts = observation.table("contacts")
    recalled = int(np.searchsorted(contacts["time_days"], observation.end_days - RECALL_DAYS))
    person, flags = contacts["person"][recalled:], contacts["flags"][recalled:]
    helped = observation.per_person(person[(flags & ContactFlag.HELP_WITH_COORDINATION) > 0]) > 0
    asked = (observation.per_person(person) > 0) & observation.people.complex_needs
    yield PersonMeasure(
        outcome="help_with_coordination_share",
        numerator=(helped & asked).astype(np.float64),
        denominator=asked.astype(np.float64),
    )
    number = observation.per_person(contacts["person"])
    familiar = contacts["person"][contacts["familiarity"] >= FAMILIAR]
    yield PersonMeasure(
        outcome="familiar_contacts_share", numerator=observation.per_person(familiar), denominator=number
    )
    known = observation.per_person(contacts["person"], contacts["known_share"])
    yield PersonMeasure(outcome="known_share", numerator=known, denominator=number)
