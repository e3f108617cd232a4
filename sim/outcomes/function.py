"""Measure how frail people are."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="mean_frailty",
        aim="health",
        better="lower",
        unit="index 0-1",
        label_en="Mean frailty",
        label_sv="Genomsnittlig skörhet",
        meaning="Frailty (0 = full function) in the monthly snapshots, averaged over the time lived.",
    ),
)
