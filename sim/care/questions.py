"""What a means is asked about: batches of what is about to happen, one array element each."""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.arrays import B, F, I


@dataclass(slots=True)
class Handovers:
    """A batch of hand-overs about to happen."""

    person: I
    episode: I
    severity: F
    from_station: I
    to_station: I
    distance: I


@dataclass(slots=True)
class Contacts:
    """A batch of contacts about to happen, or just carried out."""

    person: I
    episode: I
    """-1 where the contact belongs to daily care."""
    station: I
    known_share: F
    """What staff would know without any means."""


@dataclass(slots=True)
class Steps:
    """A batch of next steps that would be handed over to another station."""

    person: I
    episode: I
    from_station: I
    to_station: I


@dataclass(slots=True)
class Needs:
    """A batch of needs that arise."""

    person: I
    kind: I
    """A `NeedKind` each."""
    severity: F


@dataclass(slots=True)
class Bookings:
    """A batch of requests about to be booked."""

    person: I
    episode: I
    station: I
    severity: F


@dataclass(slots=True)
class Turns:
    """A batch of acute turns of one day, sorted by time."""

    person: I
    time_days: F
    severity: F
    office_hours: B


@dataclass(slots=True)
class Queries:
    """A batch of questions from daily care to a physician."""

    person: I
    station: I
    known_share: F
