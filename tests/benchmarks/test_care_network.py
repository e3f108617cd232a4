"""Hold the engines of the reference workload to the same workload, and ours to one event at a time."""

from __future__ import annotations

import json
from collections.abc import Generator
from typing import Any

import numpy as np
import pytest
import simpy

from benchmarks import care_network
from benchmarks.engines import ours
from benchmarks.workload import (
    DISTINCT_STAFF_IN_THEORY,
    MINUTES_PER_DAY,
    TEAM_STAFF,
    VISIT_MINUTES,
    Stop,
    Workload,
    distinct_staff_per_block,
)

TINY = Workload(persons=700, days=42)
ENGINES = care_network.load_engines()


def test_servers_of_the_published_workload() -> None:
    """Loads 3.75, 1.84, 1.06 and 25.4 by hand, at no more than 0.85 each."""
    assert list(Workload().servers().values()) == [5, 3, 2, 30]


def test_distinct_staff_counts_members_not_visits() -> None:
    members = np.array([[0b1, 0b111], [0b101, 0b1]])
    assert distinct_staff_per_block(members) == (1 + 3 + 2 + 1) / 4
    assert pytest.approx(10.16, abs=0.005) == DISTINCT_STAFF_IN_THEORY


@pytest.mark.parametrize("name", ENGINES)
def test_the_books_of_every_engine_balance(name: str) -> None:
    result = ENGINES[name](TINY, 5)
    assert result.visits == 3 * TINY.clients * TINY.days
    assert result.person_contacts.sum() == result.contacts
    assert result.person_wait_minutes.sum() == pytest.approx(result.stop_wait_minutes.sum(), rel=1e-6)
    assert result.person_emergencies.sum() == result.stop_contacts[Stop.EMERGENCY] > 0
    assert 0 < result.person_bed_days.sum() <= TINY.servers()[Stop.BED] * TINY.days
    assert len(result.staff_minutes) == TINY.teams * TEAM_STAFF
    assert result.staff_minutes.sum() / result.visits == pytest.approx(VISIT_MINUTES, rel=0.05)
    assert result.distinct_staff == pytest.approx(DISTINCT_STAFF_IN_THEORY, abs=0.6)
    others = np.arange(TINY.persons) >= TINY.complex_persons
    assert (result.person_contacts[others] < 20).all()  # a need in a hundred days


@pytest.mark.parametrize("name", ENGINES)
def test_the_same_seed_gives_the_same_result_and_another_does_not(name: str) -> None:
    small = Workload(persons=300, days=20)
    first, again, other = (ENGINES[name](small, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.person_wait_minutes, again.person_wait_minutes)
    assert not np.array_equal(first.person_wait_minutes, other.person_wait_minutes)


def test_all_engines_agree_within_monte_carlo_error() -> None:
    table = care_network.compare_statistics(ENGINES, Workload(persons=700, days=28), seeds=12)
    assert len(table) == 13
    wrong = [(row, name) for row, cells in table.items() for name, cell in cells.items() if not cell["agrees"]]
    assert not wrong


def test_disagreement_is_noticed() -> None:
    rng = np.random.default_rng(1)
    one = rng.normal(100, 5, 12)
    assert care_network.agrees(one, rng.normal(100, 5, 12), 1e-4)
    assert not care_network.agrees(one, rng.normal(115, 5, 12), 1e-4)
    assert not care_network.agrees(np.full(12, 7.0), np.full(12, 8.0), 1e-4)


def test_home_care_can_be_left_out_without_touching_the_queues() -> None:
    queued = ours.simulate(Workload(TINY.persons, TINY.days, home_care=False), 5)
    both = ours.simulate(TINY, 5)
    assert queued.visits == 0
    assert np.array_equal(queued.stop_contacts, both.stop_contacts)
    assert np.array_equal(queued.stop_wait_minutes, both.stop_wait_minutes)


def test_batches_give_what_one_event_at_a_time_gives() -> None:
    """The same needs with the same luck through SimPy's own resources, episode by episode."""
    load = Workload(persons=2_000, days=42, home_care=False)
    model = ours.CareNetwork(load, seed=9)
    batched = model.run()
    needs, env = model.needs, simpy.Environment()
    stops = {stop: simpy.Resource(env, servers) for stop, servers in load.servers().items()}
    contacts, waits = np.zeros(len(Stop), int), np.zeros(len(Stop))

    def contact(need: int, stop: Stop) -> Generator[Any, Any, float]:
        arrived = env.now
        with stops[stop].request() as turn:
            yield turn
            wait = float(env.now - arrived)
            contacts[stop] += 1
            waits[stop] += wait * MINUTES_PER_DAY
            yield env.timeout(needs.work_minutes[stop][need] / MINUTES_PER_DAY)
        return wait

    def episode(need: int) -> Generator[Any, Any, None]:
        yield env.timeout(needs.time_days[need])
        delay = yield from contact(need, Stop.PRIMARY_CARE)
        if needs.handed_on[need]:
            yield env.timeout(needs.lead_days[need])
            delay += needs.lead_days[need] + (yield from contact(need, Stop.SPECIALIST))
        if delay > needs.deadline_days[need]:
            yield from contact(need, Stop.EMERGENCY)
            if needs.admitted[need]:
                yield from contact(need, Stop.BED)

    for need in range(len(needs.time_days)):
        env.process(episode(need))
    env.run(until=load.days)
    model.release()
    assert contacts.tolist() == batched.stop_contacts.tolist()
    assert waits == pytest.approx(batched.stop_wait_minutes, rel=1e-5)  # the log holds waits in 32 bits


def test_the_command_prints_ratios(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(care_network, "SMALL", Workload(persons=300, days=14))
    arguments = ["--persons", "400", "--days", "14", "--repeats", "1", "--seeds", "3"]
    assert care_network.main([*arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found["engines"]) == set(ENGINES)
    assert found["engines"]["naive_mesa_simpy"]["all"]["ratio_to_naive"] == 1.0
    assert all(part["contacts_per_second"] > 0 for engine in found["engines"].values() for part in engine.values())
    assert care_network.main(arguments) == 0
    assert "all engines agree" in capsys.readouterr().out
