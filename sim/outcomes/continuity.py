"""Measure relational continuity from who met whom; never set anywhere in the model."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="usual_provider_gp",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Continuity with a GP (UPC)",
        label_sv="Läkarkontinuitet på vårdcentral (UPC)",
        meaning=(
            "Usual provider of care: share of a person's GP visits made to the GP seen most, averaged over "
            "people with at least 2 GP visits (visits and home visits) in the window."
        ),
        headline=True,
    ),
    Outcome(
        id="bice_boxerman",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Continuity of physicians (Bice-Boxerman COC)",
        label_sv="Läkarkontinuitet (Bice-Boxerman COC)",
        meaning=(
            "Bice-Boxerman index: 1 = always the same physician, 0 = never the same twice; averaged over people "
            "with at least 3 physician contacts outside the emergency department."
        ),
    ),
    Outcome(
        id="sequential_continuity",
        aim="experience",
        better="higher",
        unit="index 0-1",
        label_en="Same physician as last time (SECON)",
        label_sv="Samma läkare som förra gången (SECON)",
        meaning=(
            "Share of consecutive physician contacts with the same physician, averaged over people with at least "
            "3 physician contacts outside the emergency department."
        ),
    ),
    Outcome(
        id="distinct_physicians",
        aim="experience",
        better="lower",
        unit="physicians per person-year",
        label_en="Different physicians a year, complex needs",
        label_sv="Olika läkare per år, komplexa behov",
        meaning=(
            "Different physicians met in each year of the window (emergency physicians included), among people "
            "with complex needs."
        ),
        headline=True,
    ),
)
