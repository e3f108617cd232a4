"""Measure the wait from a request to the contact, by profession, and in the emergency department."""

from __future__ import annotations

from sim.core.vocabulary import Profession, label
from sim.outcomes.outcome import Outcome
from sim.outcomes.wording import PROFESSION_EN, PROFESSION_SV

PROFESSIONS = tuple(p for p in Profession if p is not Profession.EMERGENCY_PHYSICIAN)


def _outcome(profession: Profession) -> Outcome:
    return Outcome(
        id=f"wait_days_{label(profession)}",
        aim="experience",
        better="lower",
        unit="days",
        label_en=f"Wait for {PROFESSION_EN[profession]}",
        label_sv=f"Väntan på {PROFESSION_SV[profession]}",
        meaning="Mean days from the request to the contact; acute contacts and roster visits left out.",
    )


OUTCOMES = (
    *(_outcome(profession) for profession in PROFESSIONS),
    Outcome(
        id="ed_wait_minutes",
        aim="experience",
        better="lower",
        unit="minutes",
        label_en="Wait in the emergency department",
        label_sv="Väntan på akutmottagningen",
        meaning="Mean minutes from arrival to physician.",
    ),
)
