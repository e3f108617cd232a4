"""Lay out the lanes of a person's calendar: who was met, where the person was, what help there was."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.analysis.journey_spans import ELSEWHERE, ENROLLED, HOSPITAL, SHORT_TERM
from sim.core.vocabulary import Profession, label
from sim.report.figures import style
from sim.report.journey_results import Journey
from sim.report.words import Words

_WIDTH = 34
EMERGENCY = "emergency"
Lane = tuple[str, str]
"""What it is about, and its principal, means or nothing."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes from top to bottom with the names beside them, and where a block of them begins, under which name."""

    names: dict[Lane, str]
    headings: dict[int, str]
    """What stands above a lane, by the lane's number from the top; empty where nothing does."""

    def has(self, lane: Lane) -> bool:
        """Tell whether there is such a lane."""
        return lane in self.names

    def place(self, lane: Lane) -> int:
        """Return the number of a lane from the top."""
        return list(self.names).index(lane)

    def height(self, heading: float) -> float:
        """Return how many lanes high they are together, when a heading is `heading` lanes high."""
        return len(self.names) + heading * sum(map(bool, self.headings.values()))

    def above(self, number: int, heading: float) -> float:
        """Return where the lane of this number begins, in lanes."""
        return number + heading * sum(bool(name) for at, name in self.headings.items() if at <= number)


def all_lanes(journey: Journey, words: Words) -> Lanes:
    """Return the lanes that anything happens in, in either world: places, each principal's professions, help."""
    blocks = [("", _places(journey, words)), *_principals(journey, words), ("", _help(journey, words))]
    names: dict[Lane, str] = {}
    headings: dict[int, str] = {}
    for heading, block in blocks:
        if block:
            headings[len(names)] = heading
            names |= {lane: style.wrap(name, _WIDTH) for lane, name in block.items()}
    return Lanes(names, headings)


def _places(journey: Journey, words: Words) -> dict[Lane, str]:
    lanes: dict[Lane, str] = {}
    if (journey.events["event"] == "ed_arrival").any():
        lanes[EMERGENCY, ""] = words.text("journey.figure.emergency")
    for kind in (HOSPITAL, ELSEWHERE, SHORT_TERM):
        if (journey.spans["kind"] == kind).any():
            lanes[kind, ""] = words.text(f"journey.figure.{kind}")
    return lanes


def _principals(journey: Journey, words: Words) -> list[tuple[str, dict[Lane, str]]]:
    contacts = journey.events[journey.events["event"] == "contact"]
    met = set(zip(contacts["profession"], contacts["principal"], strict=True))
    visits = journey.events[journey.events["event"] == "roster_visit"]
    rostered = dict(zip(visits["profession"], visits["principal"], strict=True))
    found = []
    for principal in dict.fromkeys([*map(str, journey.groups("contacts")), *rostered.values()]):
        lanes: dict[Lane, str] = {}
        for profession in map(label, Profession):
            # What happens in an emergency department has a lane of its own.
            if (profession, principal) in met and profession != label(Profession.EMERGENCY_PHYSICIAN):
                lanes[profession, principal] = words.text.name("profession", profession)
            if rostered.get(profession) == principal:
                lanes[f"roster_{profession}", ""] = words.text(f"journey.figure.roster_{profession}")
        found.append((words.group("principal", principal), lanes))
    return found


def _help(journey: Journey, words: Words) -> dict[Lane, str]:
    spans = journey.spans[journey.spans["kind"] == ENROLLED]
    return {
        (ENROLLED, means): words.text("journey.figure.taken_in", means=words.text.name("means_short", means))
        for means in dict.fromkeys(map(str, spans["what"]))
    }


def bar_rows(needs: pd.DataFrame) -> dict[int, int]:
    """Return the row of each need by its episode: the first row that is free when it begins."""
    free: list[float] = []
    rows: dict[int, int] = {}
    for episode, start, end in zip(needs["episode"], needs["start_day"], needs["end_day"], strict=True):
        row = next((number for number, until in enumerate(free) if until <= start), len(free))
        free[row : row + 1] = [float(end)]
        rows[int(episode)] = row
    return rows
