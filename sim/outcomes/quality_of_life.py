"""Measure quality-adjusted life years (QALYs): utility integrated over time, 0 once dead."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="qalys",
        aim="health",
        better="higher",
        unit="QALYs per person-year",
        label_en="Quality-adjusted life years",
        label_sv="Kvalitetsjusterade levnadsår",
        meaning=(
            "Health-related utility from the monthly snapshots, summed over time, per person alive at the start "
            "of the window and year of the window; 0 once dead."
        ),
        headline=True,
    ),
)
