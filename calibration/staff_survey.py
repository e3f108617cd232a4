"""Ask staff: what each member of some professions has met in a period, as far as the log can tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.study_outcomes import Flags, Values
from sim.core.observation import Observation
from sim.core.vocabulary import EpisodeEvent, NeedKind, Profession, UnitKind, label

_OLD_YEARS = 65.0
_PSYCHIATRIC = (Profession.PSYCHIATRIST, Profession.PSYCHIATRIC_NURSE)
_PRIMARY_CARE = [int(UnitKind.HEALTH_CENTRE)]
_MUNICIPAL = [
    int(kind)
    for kind in (
        *(UnitKind.HOME_HELP, UnitKind.HOME_NURSING, UnitKind.NEEDS_ASSESSMENT),
        *(UnitKind.MUNICIPAL_REHABILITATION, UnitKind.SOCIAL_SERVICES),
    )
]
"""The survey says home help; in the model nobody hands over to those who help, but to those who grant and plan it."""
StaffAnswers = Callable[[Observation, float, float, Sequence[str]], tuple[npt.NDArray[np.int64], Values]]
"""Takes a world, the days asked about and professions; returns staff numbers and who says yes (1) or no (0)."""


def left_without_care(
    world: Observation, start: float, end: float, professions: Sequence[str]
) -> tuple[npt.NDArray[np.int64], Values]:
    """Tell who met somebody of 65 or more with mental ill-health while care of theirs was lost between the chairs.

    The chairs are those the survey asks about (report 004, line 337): primary care and the municipality's care of old
    people. Lost is an episode that nobody acted on when it was handed over from one to the other in these days and that
    was neither found nor met before their end. Somebody met is met after the loss.
    """
    contacts = world.tables["contacts"]
    lost_since = _lost_since(world, start, end)
    lost_since[~(_mentally_ill(world) & (world.people.age_years >= _OLD_YEARS))] = np.inf
    mine = _between(contacts["time_days"], start, end) & np.isin(contacts["profession"], _numbers(professions))
    met = contacts["time_days"][mine] > lost_since[contacts["person"][mine]]
    staff, which = np.unique(contacts["staff"][mine].astype(np.int64), return_inverse=True)
    return staff, (np.bincount(which, met, minlength=len(staff)) > 0).astype(np.float64)


def _lost_since(world: Observation, start: float, end: float) -> Values:
    """Return since when care of each person is lost between the two and not found again; infinite without."""
    episodes, handovers, kind = world.tables["episodes"], world.tables["handovers"], world.stations.unit_kind
    again = _between(episodes["time_days"], start, end) & np.isin(
        episodes["event"], [EpisodeEvent.FOUND, EpisodeEvent.MET]
    )
    sender, receiver = kind[handovers["from_station"]], kind[handovers["to_station"]]
    out = np.isin(sender, _PRIMARY_CARE) & np.isin(receiver, _MUNICIPAL)
    back = np.isin(sender, _MUNICIPAL) & np.isin(receiver, _PRIMARY_CARE)
    lost = (
        _between(handovers["time_days"], start, end)
        & handovers["lost"]
        & (out | back)
        & ~np.isin(handovers["episode"], episodes["episode"][again])
    )
    since = np.full(len(world.people), np.inf)
    np.minimum.at(since, handovers["person"][lost], handovers["time_days"][lost])
    return since


def _mentally_ill(world: Observation) -> Flags:
    """Tell who has had a mental-health crisis or met psychiatry."""
    episodes, contacts, people = world.tables["episodes"], world.tables["contacts"], len(world.people)
    crisis = episodes["person"][episodes["need_kind"] == NeedKind.MENTAL_HEALTH_CRISIS]
    psychiatric = contacts["person"][np.isin(contacts["profession"], [int(one) for one in _PSYCHIATRIC])]
    return _holds(people, crisis) | _holds(people, psychiatric)


def _between(time: Values, start: float, end: float) -> Flags:
    return np.asarray((time >= start) & (time < end))


def _holds(people: int, person: npt.NDArray[Any]) -> Flags:
    """Tell for each person whether it is among those named."""
    found = np.zeros(people, dtype=np.bool_)
    found[person] = True
    return found


def _numbers(professions: Sequence[str]) -> list[int]:
    return [int(one) for one in Profession if label(one) in professions]


STAFF_OUTCOMES: dict[str, StaffAnswers] = {"left_without_care": left_without_care}
"""What staff can be asked, by name."""
