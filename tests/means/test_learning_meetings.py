"""Learning meetings help other means to take hold; they take time from all professions."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, with_means
from paired_runs import SMALL, inhabitants, run, switched_on, weekly_minutes, weekly_sek

from sim.core.vocabulary import WorkCause


def test_they_answer_with_speed_and_persistence_as_far_as_they_are_held() -> None:
    means, here = switched_on("learning_meetings", fidelity=0.5, speed_gain=0.4, persistence_gain=0.2)
    support = means.supports_fidelity(here)
    assert support is not None
    assert (support.speed_gain, support.persistence_gain) == pytest.approx((0.2, 0.1))


def test_another_means_takes_hold_sooner() -> None:
    slow = choice("formal_agreement", ramp_days=120.0)
    most = []
    for others in ((), (choice("learning_meetings", speed_gain=0.6),)):
        live = Live(with_means(SMALL, slow, *others), seed=4)
        live.run()
        most.append(live.world.decisions.means[0][1].fidelity)
    assert most[1] > most[0] + 0.05


def test_they_take_the_time_of_every_profession() -> None:
    live, tables = run("learning_meetings")
    facts, presence = live.world.stations.facts, live.world.stations.presence
    full_time = float((facts.staff * presence).sum())
    # Ten meetings a year of 90 minutes and 15 of preparation, a quarter of the staff.
    expected = full_time * 10 * 105 / 52 * 0.25
    assert weekly_minutes("learning_meetings")[-1] == pytest.approx(expected, rel=1e-4)
    station = tables["work"]["station"][tables["work"]["cause"] == WorkCause.MEANS]
    assert set(facts.profession[np.unique(station)]) == set(facts.profession)
    assert weekly_sek("learning_meetings") == pytest.approx(inhabitants() * 59_000 / 52, rel=1e-4)
