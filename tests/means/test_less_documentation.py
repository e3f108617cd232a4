"""Less is written: time is freed, and beyond what was needless the record keeps less."""

from __future__ import annotations

from typing import cast

import numpy as np
import pytest
from paired_runs import contacts, inhabitants, pair, run, switched_on, weekly_minutes

from sim.care.questions import Queries
from sim.core.vocabulary import Profession, WorkCause, WorkKind
from sim.means.less_documentation import LessDocumentation

FAR = {"contact_documentation_cut": 0.6, "visit_documentation_cut": 0.6, "needless_share": 0.2}


def test_what_is_cut_beyond_the_needless_part_is_lost() -> None:
    means, _ = switched_on("less_documentation", needless_share=0.2)
    recorded = cast(LessDocumentation, means).recorded_share
    assert recorded(0.1) == recorded(0.2) == 1.0
    # 40 % is written of the 80 % that was needed.
    assert recorded(0.6) == pytest.approx(0.5)


def test_minutes_fall_and_the_record_keeps_less_as_far_as_it_has_taken_hold() -> None:
    means, here = switched_on("less_documentation", fidelity=0.5, **FAR)
    batch = contacts(here, Profession.GENERAL_PRACTITIONER)
    assert means.documentation_factor(here, batch) == pytest.approx([0.7])
    assert means.visit_documentation_factor(here, batch.person) == pytest.approx([0.7])
    assert means.recorded_factor(here, batch) == pytest.approx([0.75])
    queries = Queries(batch.person, batch.station, batch.known_share)
    assert means.query_rate_factor(here, queries) == pytest.approx([1.25])


def test_a_cut_within_the_needless_part_loses_nothing() -> None:
    means, here = switched_on("less_documentation", contact_documentation_cut=0.2, needless_share=0.2)
    assert means.recorded_factor(here, contacts(here, Profession.GENERAL_PRACTITIONER)) == pytest.approx([1.0])


def test_contacts_take_less_writing_and_the_next_one_knows_less() -> None:
    # The emergency department writes as it always does.
    before, after = (
        {name: values[rows["profession"] != Profession.EMERGENCY_PHYSICIAN] for name, values in rows.items()}
        for rows in pair("contacts", "less_documentation", **FAR)
    )
    writing = [rows["documentation_minutes"].mean() for rows in (before, after)]
    assert writing[1] == pytest.approx(0.4 * writing[0], rel=0.05)
    known = [rows["known_share"].mean() for rows in (before, after)]
    assert known[1] < known[0] - 0.01


def test_home_nurses_ask_more_and_reviews_cost_time() -> None:
    live, after = run("less_documentation", **FAR)
    asked = [
        float(np.sum(t["work"]["minutes"][_queries(t)])) for t in (run()[1], after)
    ]  # fmt: skip
    assert asked[1] > 1.1 * asked[0]
    assert weekly_minutes("less_documentation", **FAR)[-1] == pytest.approx(inhabitants() * 20, rel=1e-4)
    assert len(live.world.population) > 0


def _queries(tables):
    rows = tables["work"]
    return (rows["cause"] == WorkCause.MICRO_QUERY) & (rows["kind"] == WorkKind.COORDINATION)
