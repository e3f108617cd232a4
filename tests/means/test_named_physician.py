"""Named physician: people with home care get one of their own, meet that one more, and nurses chase less."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, scenario, with_means, world_of

from sim.care.questions import Queries
from sim.core.vocabulary import Profession, WorkCause

BASE = scenario("baseline", 0.2, 0.4, 0.1)


def test_answers_concern_enrolled_people_by_fidelity() -> None:
    world = world_of(with_means(BASE, choice("named_physician")))
    means, here = world.decisions.means[0]
    here.fidelity, here.enrolled[1] = 0.5, True
    batch = Queries(np.arange(2), np.zeros(2, np.int64), np.full(2, 0.5))
    assert means.query_reach_gain(here, batch) == pytest.approx([0.0, 0.15])
    assert means.query_rate_factor(here, batch) == pytest.approx([1.0, 0.925])
    work = means.standing_work(here, 0)
    assert [w.minutes for w in work] == [0.75]
    assert world.stations.facts.profession[work[0].station] == Profession.GENERAL_PRACTITIONER


def test_people_meet_their_named_physician_and_nurses_chase_less() -> None:
    live = Live(with_means(BASE, choice("named_physician", weekly_intake_per_municipality=60.0)), 4)
    had = live.world.named_doctor.copy()
    usual, tables = Live(BASE, 4).run(), live.run()
    world, (_, here) = live.world, live.world.decisions.means[0]
    mine = here.enrolled
    assert (here.contact_staff[mine] == world.named_doctor[mine]).all()
    assert (world.named_doctor[mine & (had >= 0)] == had[mine & (had >= 0)]).all()
    # The nurse's place as contact person is left free for those who coordinate.
    assert (world.contact_person[mine] == -1).all()
    new = np.flatnonzero(mine & (had < 0))
    own = []
    for one in (usual, tables):
        rows = one["contacts"]
        seen = (rows["profession"] == Profession.GENERAL_PRACTITIONER) & np.isin(rows["person"], new)
        seen &= rows["time_days"] > BASE.warmup_years * 365 + 60
        own.append((rows["staff"][seen] == world.named_doctor[rows["person"][seen]]).mean())
    assert own[1] > own[0]
    asked = [one["work"]["minutes"][one["work"]["cause"] == WorkCause.MICRO_QUERY].sum() for one in (usual, tables)]
    assert asked[1] < 0.95 * asked[0]
