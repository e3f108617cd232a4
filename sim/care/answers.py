"""What a means may answer where one number is not enough."""

from __future__ import annotations

from dataclasses import dataclass

from sim.core.arrays import F
from sim.core.vocabulary import Profession, Responder

Work = tuple[tuple[Profession, float], ...]
"""Minutes by profession."""


@dataclass(slots=True, frozen=True)
class Offer:
    """Somebody who may answer acute turns instead of the hospital, one array element per turn."""

    responder: Responder
    probability: F
    """That this one is called and reached."""
    home_possible_gain: float
    """Added to the probability that care can be given at home."""
    work: Work
    """Minutes of each profession for one answer."""
    direct_admission: float = 0.0
    """Probability that this one may admit to a ward, past the emergency department, who needs a bed."""


@dataclass(slots=True, frozen=True)
class BedAlternative:
    """Care somewhere else for somebody who needs a hospital bed: a home hospital, a short-term ward."""

    responder: Responder
    probability: float
    """That it would do for this person, and is accepted."""
    places: float
    """How many it can care for at a time, in the whole place."""
    stay_factor: float
    """Length of the care there, in clinical lengths of the hospital stay it replaces."""
    daily_work: Work
    """Minutes of each profession per person and day."""


@dataclass(slots=True, frozen=True, kw_only=True)
class RestAtHome(BedAlternative):
    """Care at home for the last part of a hospital stay, by a team that follows the person from the ward.

    `stay_factor` is the length of the care at home in lengths of the clinical stay that is left.
    """

    after_share: float
    """Share of the clinical stay that has to pass in the ward first."""


@dataclass(slots=True, frozen=True)
class StandingWork:
    """Staff time a means takes whatever happens to patients, in one week."""

    station: int
    minutes: float


@dataclass(slots=True, frozen=True)
class RosterPolicy:
    """How daily care is staffed around a client."""

    group_size: int
    """Staff who may come to one client."""
    kept_in_group: float
    """Probability that the roster sees to it that one of the group is on duty when chance would have it otherwise."""
    share_of_clients: float
    """Share of clients whose group follows the policy."""


@dataclass(slots=True, frozen=True)
class Support:
    """What helps a new way of working to take hold; every number closes part of a gap to 1."""

    speed_gain: float = 0.0
    """Share of the ramp-up time that is saved."""
    persistence_gain: float = 0.0
    """Share of what would fall back after a champion leaves, or with turnover, that stays."""


@dataclass(slots=True, frozen=True)
class GainShare:
    """A promise to share what is saved when support at home replaces a bed."""

    strength: float
    """How far the promise works, 0-1."""
    municipality_share: float
    """Share of the saving that goes to the municipality, on top of its costs."""


@dataclass(slots=True, kw_only=True)
class EnrolmentRule:
    """How a means finds its people: how many a week, and how many in all."""

    weekly_intake_per_municipality: float
    places_per_10000: float
    intake_minutes: float
    intake_profession: Profession
    caseload: float | None = None
    """The most people one named contact person may have; None = nobody is named."""
    introduction_familiarity: float = 0.0
