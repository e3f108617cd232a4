"""What should not move does not move: people, their luck and what nothing reaches are the same in every scenario."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from engine_runs import Live, choice, observed, scenario, with_means, world_of

from sim.core.purposes import Purpose
from sim.core.vocabulary import AcuteSource, Profession
from sim.means import all_means
from sim.run import simulate

SIZE = (0.08, 0.6, 0.1)


@pytest.mark.parametrize("means_id", all_means())
def test_people_needs_and_sudden_illness_are_the_same_with_any_means(means_id: str) -> None:
    before, after = world_of(scenario()), world_of(with_means(scenario(), choice(means_id)))
    for field in fields(before.population):
        one, other = getattr(before.population, field.name), getattr(after.population, field.name)
        assert one.tobytes() == other.tobytes(), field.name
    for stream in ("needs", "exogenous"):
        for column in ("time_days", "person", "kind", "severity", "key"):
            one, other = getattr(getattr(before, stream), column), getattr(getattr(after, stream), column)
            assert one.tobytes() == other.tobytes(), f"{stream}.{column}"
    person = np.arange(len(before.population))
    thresholds = [w.luck.exponential(Purpose.DEATH, person).tobytes() for w in (before, after)]
    assert thresholds[0] == thresholds[1]


def test_another_seed_moves_people_and_needs() -> None:
    one, other = world_of(scenario(), 1), world_of(scenario(), 2)
    assert one.population.frailty.tobytes() != other.population.frailty.tobytes()
    assert one.needs.time_days.tobytes() != other.needs.time_days.tobytes()


def test_sudden_illness_of_those_never_in_hospital_strikes_at_the_same_moments() -> None:
    before, after = observed("baseline", 3, *SIZE), observed("all_four", 3, *SIZE)
    touched = np.zeros(len(before.people), bool)
    for run in (before, after):
        for table in ("stays", "ed_arrivals", "deaths"):
            touched[run.tables[table]["person"]] = True
    rows = [_exogenous(run, ~touched) for run in (before, after)]
    assert len(rows[0]) > 20
    assert rows[0] == rows[1]


def _exogenous(run, people) -> list[tuple[float, int]]:
    turns = run.tables["acute_turns"]
    of_interest = (turns["source"] == AcuteSource.EXOGENOUS) & people[turns["person"]]
    return list(zip(turns["time_days"][of_interest].tolist(), turns["person"][of_interest].tolist(), strict=True))


def test_home_help_comes_at_the_same_times_with_shared_records() -> None:
    base = scenario("baseline", *SIZE)
    before = observed("baseline", 3, *SIZE)
    after = simulate(with_means(base, choice("integrated_records")), 3)
    calm = before.people.home_help.copy()
    for run in (before, after):
        for table in ("stays", "deaths"):
            calm[run.tables[table]["person"]] = False
        # Those who moved to special housing, or were granted other visits, are a matter of others' fates.
        health = run.tables["health"]
        calm[health["person"][health["special_housing"]]] = False
    visits = [_visits(run, calm) for run in (before, after)]
    assert len(visits[0]) > 2000
    assert visits[0] == visits[1]


def _visits(run, people) -> list[tuple[float, int, int, float]]:
    rows = run.tables["visits"]
    kept = (rows["profession"] == Profession.HOME_HELP_WORKER) & people[rows["person"]]
    columns = [rows[name][kept].tolist() for name in ("time_days", "person", "staff", "direct_minutes")]
    return list(zip(*columns, strict=True))


def test_the_day_of_listing_is_the_same_in_all_worlds() -> None:
    listed = []
    for name in ("baseline", "all_four"):
        live = Live(scenario(name, *SIZE), seed=3)
        live.run()
        listed.append(live.world.listed.tobytes())
    assert listed[0] == listed[1]
    assert any(listed[0])


def test_the_warm_up_is_the_same_in_all_worlds() -> None:
    before, after = observed("baseline", 3, *SIZE), observed("all_four", 3, *SIZE)
    for name, columns in before.tables.items():
        for column, values in columns.items():
            past = columns["time_days"] < before.start_days
            other = after.tables[name]["time_days"] < before.start_days
            assert values[past].tobytes() == after.tables[name][column][other].tobytes(), f"{name}.{column}"
