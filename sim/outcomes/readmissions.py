"""Measure readmission within 30 days of a discharge."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

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
            "Share of discharges of living people, with 30 days left of the window, that were followed by a new "
            "admission within 30 days. Age and frailty as at the start of the run."
        ),
        headline=headline,
    )


OUTCOMES = (
    _outcome("readmission_30_days_share", "", "", headline=True),
    _outcome("readmission_30_days_65_plus_share", ", 65+", ", 65+"),
    _outcome("readmission_30_days_most_ill_share", ", most ill elderly", ", mest sjuka äldre"),
)
