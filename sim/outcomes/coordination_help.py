"""Measure whether people get help to the next step and meet staff who know them."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

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
            "Survey: share of people with complex needs and at least one contact in the last 365 days of the "
            "window who got help with coordination at any of those contacts."
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
