"""Political support helps other means to take hold and to stay; alone it only costs."""

from __future__ import annotations

import numpy as np
import pytest
from engine_runs import Live, choice, with_means
from paired_runs import SMALL, inhabitants, run, switched_on, weekly_minutes, weekly_sek

from sim.core.vocabulary import EnrolmentEvent


def test_it_answers_with_speed_and_persistence_as_far_as_it_has_taken_hold() -> None:
    means, here = switched_on("political_support", fidelity=0.5, speed_gain=0.4, persistence_gain=0.6)
    support = means.supports_fidelity(here)
    assert support is not None
    assert (support.speed_gain, support.persistence_gain) == pytest.approx((0.2, 0.3))


def test_another_means_takes_hold_sooner() -> None:
    slow = choice("formal_agreement", ramp_days=120.0)
    fidelity = []
    for others in ((), (choice("political_support", speed_gain=0.5),)):
        live = Live(with_means(SMALL, slow, *others), seed=4)
        seen: list[float] = []
        live.run(lambda now, into=seen: into.append(now.world.decisions.means[0][1].fidelity), every_days=28)
        fidelity.append(np.array(seen))
    assert (fidelity[1] >= fidelity[0]).all()
    assert fidelity[1].max() > fidelity[0].max() + 0.05


def test_alone_it_costs_a_little_and_enrols_nobody() -> None:
    assert weekly_minutes("political_support")[-1] == pytest.approx(inhabitants() * 10, rel=1e-4)
    assert weekly_sek("political_support") == pytest.approx(0.1 * 4 * 37_500 / 52, rel=1e-4)
    rows = run("political_support")[1]["enrolments"]
    assert not (rows["event"] == EnrolmentEvent.ENROLLED).any()
