"""Hold one acute turn on its way to an answer, with the luck it will meet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sim.care.actors import Crisis
from sim.care.answers import Offer


class VisitLuck(NamedTuple):
    """What is drawn for a visit to the emergency department: uniform numbers, and one normal."""

    ambulance: float
    minutes_z: float
    admission: float
    alternative: float
    agreement: float
    met: float
    follow_up: float


@dataclass(slots=True)
class Turn:
    """One acute turn; probabilities are those of the morning."""

    person: int
    time_days: float
    source: int
    """An `AcuteSource`."""
    severity: float
    episode: int
    key: int
    crisis: Crisis
    offers: tuple[Offer, ...]
    luck: VisitLuck
