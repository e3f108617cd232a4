"""One scenario, one seed: the same result bit for bit, whatever ran before and in whatever process."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import weakref
from pathlib import Path

import pytest
from engine_runs import Live, fingerprint, scenario
from mesa import Agent

from sim.run import simulate

ROOT = Path(__file__).parents[1]
SIZE = (0.03, 0.3, 0.1)
_ELSEWHERE = """
from engine_runs import fingerprint, scenario
from sim.run import simulate
print(fingerprint(simulate(scenario("{name}", 0.03, 0.3, 0.1), 7).tables))
"""


@pytest.mark.parametrize("name", ["baseline", "all_four"])
def test_the_same_run_twice_and_after_another_gives_the_same_bytes(name: str) -> None:
    first = fingerprint(simulate(scenario(name, *SIZE), 7).tables)
    assert fingerprint(simulate(scenario(name, *SIZE), 7).tables) == first
    simulate(scenario("mdt", *SIZE), 8)
    assert fingerprint(simulate(scenario(name, *SIZE), 7).tables) == first
    assert fingerprint(simulate(scenario(name, *SIZE), 9).tables) != first


@pytest.mark.parametrize("hash_seed", ["1", "4242"])
def test_a_fresh_process_with_another_hash_seed_gives_the_same_bytes(hash_seed: str) -> None:
    here = fingerprint(simulate(scenario("all_four", *SIZE), 7).tables)
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    there = subprocess.run(
        [sys.executable, "-c", _ELSEWHERE.format(name="all_four")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": hash_seed},
    )
    assert there.stdout.strip() == here


def test_looking_into_a_run_does_not_change_it() -> None:
    whole = simulate(scenario("all_four", *SIZE), 7).tables
    assert fingerprint(Live(scenario("all_four", *SIZE), 7).run(every_days=5)) == fingerprint(whole)


def test_a_model_is_released_after_its_run() -> None:
    simulate(scenario("baseline", *SIZE), 1)
    before = len(Agent._ids)
    for seed in range(3):
        simulate(scenario("baseline", *SIZE), seed)
    assert len(Agent._ids) == before
    live = Live(scenario("baseline", *SIZE), 1)
    live.run()
    model = weakref.ref(live.model)
    del live
    gc.collect()
    assert model() is None
