"""A year of four people by hand, today and with a team: person 1 has the story, the others are there to choose from."""

from __future__ import annotations

from typing import Any

import numpy as np
from build_observation import EMERGENCY, GP, HOME_HELP, HOME_NURSE, PSYCHIATRIST, observe, people

from sim.core.observation import Observation
from sim.core.vocabulary import EnrolmentEvent, EpisodeEvent, Mode, NeedKind, StayEvent, WorkKind

NEED = 7
"""Episode of the need that is told."""
BORN, SEEN_BY_GP, SEEN_AT_HOME, FOUND, MET_TODAY, MET_WITH = 31.25, 40.4, 70.5, 100.4, 110.5, 80.5
ENROLLED, ARRIVED, ADMITTED, READY, LEFT_WARD, DIED = 60.0, 200.1, 200.3, 205.3, 208.3, 300.0
ROSTER_DAYS = 28
Rows = list[dict[str, Any]]


def today() -> Observation:
    """Return the year today: a hand-over is lost and found again, and there is a stay with delayed days."""
    lost = {**_to_psychiatrist(), "lead_days": 6.0, "lost": True}
    return _year(
        (),
        handovers=[_to_home_nurse(), lost],
        episodes=[_event(SEEN_AT_HOME, EpisodeEvent.LOST), _event(FOUND, EpisodeEvent.FOUND)],
        met=MET_TODAY,
        ed_arrivals=[{"time_days": ARRIVED, "person": 1, "ambulance": True}],
        ed_departures=[{"time_days": ADMITTED, "person": 1, "wait_minutes": 90.0, "admitted": True}],
        stays=[
            {"time_days": ADMITTED, "person": 1, "stay": 3, "event": StayEvent.DECIDED},
            {"time_days": ADMITTED, "person": 1, "stay": 3, "event": StayEvent.ADMITTED},
            {"time_days": READY, "person": 1, "stay": 3, "event": StayEvent.READY},
            {"time_days": LEFT_WARD, "person": 1, "stay": 3, "event": StayEvent.DISCHARGED},
        ],
    )


def with_team() -> Observation:
    """Return the same year with a team: the hand-over is pushed, not lost, and there is no stay."""
    return _year(
        ("mdt",),
        handovers=[_to_home_nurse(), {**_to_psychiatrist(), "lead_days": 6.0}],
        episodes=[],
        met=MET_WITH,
        pushes=[{"time_days": 72.0, "person": 1, "episode": NEED, "distance": 5, "lead_days_saved": 2.0}],
        enrolments=[{"time_days": ENROLLED, "person": 1, "means": 0, "event": EnrolmentEvent.ENROLLED}],
    )


def _year(means: tuple[str, ...], *, handovers: Rows, episodes: Rows, met: float, **more: Rows) -> Observation:
    who = people(
        4,
        age_years=np.array([40.0, 67.0, 50.0, 80.0]),
        need_group=np.array([5, 1, 5, 1]),
        complex_needs=np.array([False, True, False, True]),
        home_help=np.array([False, True, False, False]),
    )
    need = [_event(BORN, EpisodeEvent.BORN), *episodes, _event(met, EpisodeEvent.MET)]
    contacts = [
        _contact(SEEN_BY_GP, GP, 10, wait_days=5.0, direct_minutes=20.0),
        _contact(SEEN_AT_HOME, HOME_NURSE, 20, wait_days=10.1, mode=Mode.HOME_VISIT),
        _contact(met, PSYCHIATRIST, 30, wait_days=4.0, met=False),
        _contact(met, PSYCHIATRIST, 31),
        *_others(),
    ]
    return observe(
        who,
        means=means,
        contacts=contacts,
        episodes=need,
        handovers=handovers,
        visits=[
            {"time_days": day + 0.3, "person": 1, "staff": 50 + day % 2, "station": HOME_HELP, "direct_minutes": 30.0}
            for day in range(ROSTER_DAYS)
        ],
        work=[{"time_days": 70.5, "person": 1, "station": GP, "kind": WorkKind.HASSLE, "minutes": 30.0}],
        deaths=[{"time_days": DIED, "person": 3}],
        **more,
    )


def _others() -> Rows:
    """Give person 3, who dies, most contacts of all, and the others one or two."""
    rows = [_contact(20.0 + day, GP, 10, person=3, episode=90 + day) for day in range(9)]
    rows += [_contact(150.0, EMERGENCY, 40, person=0, episode=-1), _contact(151.0, GP, 10, person=2, episode=98)]
    return [*rows, _contact(152.0, GP, 10, person=2, episode=99)]


def _contact(time: float, station: int, staff: int, **more: Any) -> dict[str, Any]:
    row = {"time_days": time, "person": 1, "staff": staff, "station": station, "episode": NEED}
    return {**row, "need_kind": NeedKind.SOCIAL_NEED, **more}


def _event(time: float, event: EpisodeEvent) -> dict[str, Any]:
    return {"time_days": time, "person": 1, "episode": NEED, "event": event, "need_kind": NeedKind.SOCIAL_NEED}


def _to_home_nurse() -> dict[str, Any]:
    """Hand over to another principal, who argues for 8 of 20 days."""
    return {
        "time_days": SEEN_BY_GP, "person": 1, "episode": NEED, "from_station": GP, "to_station": HOME_NURSE,
        "distance": 5, "lead_days": 20.0, "disputed": True, "dispute_days": 8.0, "information_share": 0.4,
    }  # fmt: skip


def _to_psychiatrist() -> dict[str, Any]:
    return {
        "time_days": SEEN_AT_HOME, "person": 1, "episode": NEED, "from_station": HOME_NURSE,
        "to_station": PSYCHIATRIST, "distance": 5,
    }  # fmt: skip
