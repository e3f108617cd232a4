"""Measure hand-overs: how long they take, how many are lost or disputed, what crosses; also by distance."""

from __future__ import annotations

from sim.outcomes.outcome import Outcome

OUTCOMES = (
    Outcome(
        id="lead_time_days",
        aim="experience",
        better="lower",
        unit="days",
        label_en="Lead time of hand-overs",
        label_sv="Ledtid vid överlämningar",
        meaning=(
            "Mean administrative delay of a hand-over that arrives, disputes included, queueing at the receiver not "
            "included (see waits). Lost hand-overs have no lead time."
        ),
        headline=True,
    ),
    Outcome(
        id="handovers_lost_share",
        aim="experience",
        better="lower",
        unit="share",
        label_en="Hand-overs lost",
        label_sv="Överlämningar som tappas bort",
        meaning="Share of hand-overs on which nobody acted: fallen between the chairs.",
        headline=True,
    ),
    Outcome(
        id="handovers_disputed_share",
        aim="experience",
        better="lower",
        unit="share",
        label_en="Hand-overs disputed",
        label_sv="Överlämningar med tvist",
        meaning="Share of hand-overs where the parties first argued about who is responsible.",
    ),
    Outcome(
        id="information_crossing_share",
        aim="experience",
        better="higher",
        unit="share",
        label_en="Information that crosses a hand-over",
        label_sv="Information som följer med en överlämning",
        meaning="Mean share of what was known that crossed with the hand-over.",
    ),
    Outcome(
        id="handovers",
        aim="experience",
        better="neither",
        unit="per person-year",
        label_en="Hand-overs",
        label_sv="Överlämningar",
        meaning="Hand-overs between actors (all distances) per person-year.",
    ),
)
