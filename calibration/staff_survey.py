"""Ask staff: what each member of some professions has met in a period, as far as the log can tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from calibration.study_outcomes import Flags, Values
from sim.core.observation import Observation
from sim.core.vocabulary import EpisodeEvent, NeedKind, Profession, label

_OLD_YEARS = 65.0
_PSYCHIATRIC = (Profession.PSYCHIATRIST, Profession.PSYCHIATRIC_NURSE)
StaffAnswers = Callable[[Observation, float, float, Sequence[str]], tuple[npt.NDArray[np.int64], Values]]
"""Takes a world, the days asked about and professions; returns staff numbers and who says yes (1) or no (0)."""


def left_without_care(
    world: Observation, start: float, end: float, professions: Sequence[str]
) -> tuple[npt.NDArray[np.int64], Values]:
    """Tell who met somebody of 65 or more with mental ill-health whose care was lost or given up in these days."""
    episodes, contacts = world.tables["episodes"], world.tables["contacts"]
    gone = _between(episodes["time_days"], start, end) & np.isin(
        episodes["event"], [EpisodeEvent.LOST, EpisodeEvent.LAPSED]
    )
    people = len(world.people)
    concerned = _holds(people, episodes["person"][gone])
    ill = _holds(people, episodes["person"][episodes["need_kind"] == NeedKind.MENTAL_HEALTH_CRISIS])
    ill |= _holds(people, contacts["person"][np.isin(contacts["profession"], [int(p) for p in _PSYCHIATRIC])])
    concerned &= ill & (world.people.age_years >= _OLD_YEARS)
    mine = _between(contacts["time_days"], start, end) & np.isin(contacts["profession"], _numbers(professions))
    met = concerned[contacts["person"][mine]]
    staff, which = np.unique(contacts["staff"][mine].astype(np.int64), return_inverse=True)
    return staff, (np.bincount(which, met, minlength=len(staff)) > 0).astype(np.float64)


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
