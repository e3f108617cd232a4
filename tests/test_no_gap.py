"""No gap, no trouble: with all distances 0 there is no dispute, no loss, no hassle."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, scenario

from sim.care.world import World
from sim.core.vocabulary import ContactFlag, EpisodeEvent, WorkCause, WorkKind


def close_the_gap(world: World) -> None:
    """Let all work at one place, as one person."""
    world.stations.distance[:] = 0


@pytest.mark.parametrize("name", ["baseline", "all_four"])
def test_without_distance_there_is_no_trouble(name: str) -> None:
    tables = Live(scenario(name, 0.06, 0.5, 0.1), seed=2, change=close_the_gap).run()
    handovers, work, contacts = tables["handovers"], tables["work"], tables["contacts"]
    assert len(handovers["person"]) > 500 and len(contacts["person"]) > 3000
    assert not handovers["lost"].any()
    assert not handovers["disputed"].any()
    assert not handovers["dispute_days"].any()
    assert not handovers["lead_days"].any()
    assert (handovers["information_share"] == 1).all()
    assert work["minutes"][work["kind"] == WorkKind.HASSLE].sum() == 0
    gap_causes = [WorkCause.HANDOVER, WorkCause.CHASING, WorkCause.DISPUTE, WorkCause.MICRO_QUERY]
    assert work["minutes"][np.isin(work["cause"], gap_causes)].sum() == 0
    assert not np.isin(tables["episodes"]["event"], [EpisodeEvent.LOST, EpisodeEvent.FOUND]).any()
    flags = contacts["flags"]
    assert not (flags & (ContactFlag.RECORD_MISSING | ContactFlag.TEST_REPEATED)).any()


def test_with_distance_there_is_trouble() -> None:
    """The same run with the gap in place has all that the test above looks for."""
    tables = Live(scenario("baseline", 0.06, 0.5, 0.1), seed=2).run()
    handovers, work = tables["handovers"], tables["work"]
    assert handovers["lost"].any() and handovers["disputed"].any()
    assert work["minutes"][work["kind"] == WorkKind.HASSLE].sum() > 1000
    assert (tables["contacts"]["flags"] & ContactFlag.RECORD_MISSING).any()
