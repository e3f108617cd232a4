"""Hold that an episode waits in one place at a time, and ends once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.care.sessions import Sessions
from sim.config.loader import load_scenario
from sim.core.vocabulary import EpisodeEvent, Profession
from sim.run import simulate

_ENDS = (EpisodeEvent.MET, EpisodeEvent.LAPSED, EpisodeEvent.CLOSED_BY_DEATH)


def test_no_episode_is_served_twice_in_a_session_or_ends_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    twice: list[int] = []
    hold = Sessions.hold

    def hold_and_look(sessions: Sessions, day: int) -> None:
        hold(sessions, day)
        waiting = np.sort(sessions.queue.episode)
        twice.extend(waiting[1:][waiting[1:] == waiting[:-1]].tolist())

    monkeypatch.setattr(Sessions, "hold", hold_and_look)
    scenario = replace(load_scenario("baseline", years=0.3, warmup_years=0.0), sample_share=0.03)
    observation = simulate(scenario, 1)
    assert not twice
    episodes, contacts = observation.tables["episodes"], observation.tables["contacts"]
    ended = episodes["episode"][np.isin(episodes["event"], _ENDS)]
    assert len(ended) == len(np.unique(ended)) > 100
    in_session = contacts["profession"] != Profession.EMERGENCY_PHYSICIAN
    pairs = np.stack((contacts["episode"], contacts["time_days"].astype(np.int64)))[:, in_session]
    assert pairs.shape[1] == np.unique(pairs, axis=1).shape[1] > 300
