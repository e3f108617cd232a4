"""Divide paid staff time by kind of work, per profession; and count hours of work per inhabitant."""

from __future__ import annotations

from sim.core.vocabulary import WorkKind, label
from sim.outcomes.outcome import Better, Outcome
from sim.outcomes.wording import WORK_KIND_EN, WORK_KIND_SV

BETTER: dict[WorkKind, Better] = {
    WorkKind.DIRECT: "higher",
    WorkKind.READING_IN: "lower",
    WorkKind.DOCUMENTATION: "neither",
    WorkKind.TRAVEL: "neither",
    WorkKind.COORDINATION: "neither",
    WorkKind.HASSLE: "lower",
}


def _paid_share(kind: WorkKind) -> Outcome:
    return Outcome(
        id=f"time_{label(kind)}_share",
        aim="staff",
        better=BETTER[kind],
        unit="share of paid time",
        label_en=f"Time for {WORK_KIND_EN[kind]}",
        label_sv=f"Tid för {WORK_KIND_SV[kind]}",
        meaning="Modelled minutes of this kind per minute of paid time.",
    )


def _hours(kind: WorkKind) -> Outcome:
    return Outcome(
        id=f"staff_hours_{label(kind)}",
        aim="staff",
        better="neither" if kind is WorkKind.DIRECT else BETTER[kind],
        unit="hours per 1,000 person-years",
        label_en=f"Staff hours: {WORK_KIND_EN[kind]}",
        label_sv=f"Personaltimmar: {WORK_KIND_SV[kind]}",
        meaning="Staff hours of this kind per 1,000 person-years of the whole place.",
        scale=1000.0,
        headline=kind is WorkKind.HASSLE,
    )


OUTCOMES = (
    *(_paid_share(kind) for kind in WorkKind),
    Outcome(
        id="time_base_load_share",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Time for work that is not modelled",
        label_sv="Tid för arbete utanför modellen",
        meaning="Declared share of paid time taken by work that is not modelled.",
    ),
    Outcome(
        id="time_slack_share",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Slack",
        label_sv="Marginal",
        meaning="Paid time left when all work is done; negative = more work than paid time.",
    ),
    Outcome(
        id="utilisation",
        aim="staff",
        better="neither",
        unit="share of paid time",
        label_en="Staff time used",
        label_sv="Utnyttjad personaltid",
        meaning="Modelled minutes and work that is not modelled, per minute of paid time.",
        headline=True,
    ),
    *(_hours(kind) for kind in WorkKind),
    Outcome(
        id="staff_hours",
        aim="staff",
        better="neither",
        unit="hours per 1,000 person-years",
        label_en="Staff hours",
        label_sv="Personaltimmar",
        meaning="Staff hours of all modelled kinds per 1,000 person-years of the whole place.",
        scale=1000.0,
        headline=True,
    ),
    Outcome(
        id="direct_share_of_work",
        aim="staff",
        better="higher",
        unit="share of modelled work",
        label_en="Direct patient time, share of work",
        label_sv="Direkt patienttid, andel av arbetet",
        meaning="Direct minutes per minute of all modelled work; work that is not modelled is left out.",
    ),
    Outcome(
        id="hassle_share_of_work",
        aim="staff",
        better="lower",
        unit="share of modelled work",
        label_en="Hassle, share of work",
        label_sv="Strul, andel av arbetet",
        meaning=(
            "Minutes spent on repairing failed coordination per minute of all modelled work (direct, reading in, "
            "documentation, travel, coordination, hassle); base load and slack are left out."
        ),
        headline=True,
    ),
)
