"""The way home: what the ward itself has to prepare, and what may go wrong afterwards whether anybody asks or not."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, scenario, with_means, with_parameters

from sim.core.vocabulary import AcuteSource, EpisodeEvent, NeedKind

BASE = scenario("baseline", 0.1, 0.5, 0.1)
CERTAIN = {"hospital.ward_preparation_mean_days": 3.0, "hospital.preparation_log_sd": 0.0}


@pytest.mark.parametrize(("start", "coordinated"), [(0.35, False), (0.1, True)])
def test_a_stay_waits_for_the_ward_s_own_preparations_from_when_planning_starts(
    start: float, coordinated: bool
) -> None:
    base = with_parameters(BASE, CERTAIN)
    live = Live(with_means(base, choice("discharge_coordination")) if coordinated else base, 4)
    live.run()
    people = live.world.population
    longer = 0
    for stay in live.system.hospital.stays:
        if stay.ready_days is None or stay.admitted_days is None or stay.admitted_days < 0.1 * 365 + 7:
            continue
        old_or_complex = people.age_years[stay.person] >= 65 or people.complex_needs[stay.person]
        needed = start * stay.clinical_days + 3.0 if old_or_complex else 0.0
        longer += needed > stay.clinical_days
        assert stay.ready_days - stay.admitted_days == pytest.approx(max(stay.clinical_days, needed))
    assert longer > 20


def turns(tables: dict[str, Columns], source: AcuteSource) -> int:
    return int((tables["acute_turns"]["source"] == source).sum())


def test_a_follow_up_after_a_stay_is_no_danger_by_itself() -> None:
    """Only visits without admission leave follow-ups that may turn acute; none are left here."""
    tables = Live(with_parameters(BASE, {"emergency.follow_up_after_ed": 0.0}), 4).run()
    episodes = tables["episodes"]
    follow_up = episodes["need_kind"] == NeedKind.DISCHARGE_FOLLOW_UP
    assert (follow_up & (episodes["event"] == EpisodeEvent.BORN)).sum() > 50
    assert not (follow_up & (episodes["event"] == EpisodeEvent.TURNED_ACUTE)).any()
    others = (episodes["need_kind"] != NeedKind.DISCHARGE_FOLLOW_UP) & (episodes["event"] == EpisodeEvent.TURNED_ACUTE)
    assert others.sum() > 50


def test_asking_for_a_follow_up_of_everybody_prevents_turns_after_discharge() -> None:
    strong = {"worsening.after_discharge_per_day": 0.05, "worsening.follow_up_protection": 1.0}
    nobody, everybody = (
        Live(with_parameters(BASE, {**strong, "hospital.follow_up_share": share}), 4).run() for share in (0.0, 1.0)
    )
    assert turns(nobody, AcuteSource.AFTER_DISCHARGE) > 60
    assert turns(everybody, AcuteSource.AFTER_DISCHARGE) < 0.85 * turns(nobody, AcuteSource.AFTER_DISCHARGE)


def test_follow_ups_come_sooner_with_discharge_coordination() -> None:
    days = []
    for base in (BASE, with_means(BASE, choice("discharge_coordination", follow_up_factor=0.2))):
        contacts = Live(base, 4).run()["contacts"]
        mine = (contacts["need_kind"] == NeedKind.DISCHARGE_FOLLOW_UP) & (contacts["time_days"] > 0.1 * 365 + 7)
        days.append(np.mean(contacts["wait_days"][mine]))
    assert days[1] < 0.6 * days[0]
