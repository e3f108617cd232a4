"""Measure hand-overs: how long they take, how many are lost or disputed, what crosses; also by distance."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sim.core.observation import Observation
from sim.core.vocabulary import DISTANCE_LABELS
from sim.outcomes.arithmetic import sum_by
from sim.outcomes.outcome import GroupMeasure, Measure, Outcome, PersonMeasure

OUTCOMES = (
    Outcome(
        id="lead_time_days",
        aim="experience",
        better="lower",
        unit="days",
        label_en="Lead time of hand-overs",
        label_sv="Ledtid vid överlämningar",
        meaning=(
            "Mean administrative delay of a hand-over that arrives, disputes included, queueing at the "
            "receiver not included (see waits); what a contact person's push saves is "
            "taken off. Lost hand-overs have no lead time."
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


def measure(observation: Observation) -> Iterable[Measure]:
    """Yield each figure per group of people and per coordination distance (0-5)."""
    rows = observation.table("handovers")
    ones = np.ones(len(rows["person"]))
    arrived = (~rows["lost"]).astype(np.float64)
    parts = {
        "lead_time_days": (rows["lead_days"] * arrived, arrived),
        "handovers_lost_share": (rows["lost"] * ones, ones),
        "handovers_disputed_share": (rows["disputed"] * ones, ones),
        "information_crossing_share": (rows["information_share"] * arrived, arrived),
    }
    pushes = observation.table("pushes")
    distances = tuple(str(distance) for distance in range(len(DISTANCE_LABELS)))
    for outcome, (numerator, denominator) in parts.items():
        # A push shortens a delay that was logged when the hand-over set out.
        saved = pushes["lead_days_saved"] * (outcome == "lead_time_days")
        yield PersonMeasure(
            outcome=outcome,
            numerator=observation.per_person(rows["person"], numerator)
            - observation.per_person(pushes["person"], saved),
            denominator=observation.per_person(rows["person"], denominator),
        )
        yield GroupMeasure(
            outcome=outcome,
            group_by="distance",
            groups=distances,
            numerator=sum_by(rows["distance"], len(distances), numerator)
            - sum_by(pushes["distance"], len(distances), saved),
            denominator=sum_by(rows["distance"], len(distances), denominator),
        )
    yield PersonMeasure(outcome="handovers", numerator=observation.per_person(rows["person"]))
