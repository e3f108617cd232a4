"""Tell what became of single needs of one person, step by step, in both worlds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from sim.analysis.journey_spans import DISPUTE, LOST, NEED, ON_ITS_WAY
from sim.report.journey_results import Journey
from sim.report.journey_words import date, days, listed, who
from sim.report.tables import Row, first, records
from sim.report.words import Words

_MOST_NEEDS, _MOST_STEPS = 3, 9
_SAME_MOMENT_DAYS = 1e-6
Need = Row
"""A row of the table of spans."""
_BETWEEN = (DISPUTE, ON_ITS_WAY, LOST)
"""Phases in which a need is between two units."""


def stories(journey: Journey, words: Words) -> list[str]:
    """Return a paragraph each on the needs that spent most time between units today, in both worlds."""
    today, beside = journey.worlds
    told = []
    for need, same in most_telling(journey):
        told.append(
            words.text(
                "journey.need.head",
                what=words.text.name("need_kind", str(need["what"])),
                date=date(need["start_day"], words) if not need["began_before"] else words.text("journey.need.before"),
                today=tell(journey, today, need, words),
                scenario=words.scenario(beside),
                with_it=words.text("journey.need.not_there") if same is None else tell(journey, beside, same, words),
            )
        )
    return told


def most_telling(journey: Journey) -> list[tuple[Need, Need | None]]:
    """Return needs that began in the year, each with the same need in the other world, the most telling first.

    What tells is how many days a need was between units today, and by how many days its whole length differs.
    """
    today, beside = journey.worlds
    own = journey.of(journey.spans, today)
    between = own[own["kind"].isin(_BETWEEN)].groupby("episode")["days"].sum()
    found: list[tuple[float, Need, Need | None]] = []
    for need in records(own[(own["kind"] == NEED) & ~own["began_before"]]):
        same = _same_need(journey, beside, need)
        differs = 0.0 if same is None else abs(same["days"] - need["days"])
        found.append((float(between.get(need["episode"], 0.0)) + differs, need, same))
    found.sort(key=lambda one: -one[0])
    return [(need, same) for telling, need, same in found[:_MOST_NEEDS] if telling > 0]


def _same_need(journey: Journey, world: str, need: Need) -> Need | None:
    """Return the need of the same kind that began at the same moment in another world."""
    rows = journey.lasted(world, NEED)
    near = (rows["what"] == need["what"]) & ((rows["start_day"] - need["start_day"]).abs() < _SAME_MOMENT_DAYS)
    return first(rows[near & ~rows["began_before"]])


def tell(journey: Journey, world: str, need: Need, words: Words) -> str:
    """Return the steps of a need in one world, and how it ended, as sentences."""
    own = journey.of(journey.events, world)
    steps = list(_steps(own[own["episode"] == need["episode"]], words))
    if len(steps) > _MOST_STEPS:
        left = words.text("journey.need.and_more", count=len(steps) - _MOST_STEPS)
        steps = [*steps[: _MOST_STEPS - 1], left, steps[-1]]
    told = listed(steps) or words.text("journey.need.nobody")
    return f"{told}. {_end(own, need, words)}"


def _steps(own: pd.DataFrame, words: Words) -> Iterator[str]:
    lost_on = None
    for event in _pushed(list(map(dict, records(own)))):
        kind, day = event["event"], float(event["day"]) - 1.0
        if kind == "contact":
            yield _contact(event, day, words)
        elif kind == "handover":
            yield _handover(event, words)
        elif kind == "handover_lost":
            lost_on = day
        elif kind == "handover_found" and lost_on is not None:
            yield words.text("journey.need.found", date=date(day, words), days=days(day - lost_on, words))
            lost_on = None
    if lost_on is not None:
        yield words.text("journey.need.never_found")


def _contact(event: Row, day: float, words: Words) -> str:
    met, notes = who(event["profession"], words), event["note"].split()
    if "not_met" in notes:
        return words.text("journey.need.not_solved", who=met, date=date(day, words))
    if "joint" in notes:
        return words.text("journey.need.joint", who=met)
    return words.text("journey.need.seen", who=met, date=date(day, words))


def _pushed(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Take off each hand-over's delay what pushes saved on its way."""
    latest: dict[str, Any] = {}
    for event in events:
        if event["event"] == "handover":
            latest = event
        elif event["event"] == "handover_pushed" and latest:
            latest["days"] -= event["days"]
    return events


def _handover(event: Row, words: Words) -> str:
    to, notes = who(event["to_profession"], words), event["note"].split()
    if "lost" in notes:
        return words.text("journey.need.lost", who=to)
    if "disputed" in notes:
        argued = float(event["dispute_days"])
        on_way = days(float(event["days"]) - argued, words)
        return words.text("journey.need.disputed", who=to, argued=days(argued, words), days=on_way)
    return words.text("journey.need.handed", who=to, days=days(float(event["days"]), words))


_ENDS = {"need_met": "met", "need_lapses": "lapses", "need_ends_by_death": "death"}


def _end(own: pd.DataFrame, need: Need, words: Words) -> str:
    closing = own[(own["episode"] == need["episode"]) & own["event"].isin(list(_ENDS))]
    kind = _ENDS[str(closing["event"].iloc[0])] if len(closing) else "open"
    return words.text(f"journey.need.{kind}", days=days(float(need["days"]), words))
