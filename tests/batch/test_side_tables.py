"""Tables that runs leave beside their outcomes."""

from pathlib import Path

import pandas as pd
from batch_fakes import Listening, fake_work, job

from sim.batch.batch import run_batch
from sim.batch.executors import local_pool
from sim.batch.jobs import Wanted
from sim.batch.side_tables import beside_baseline, side_table
from sim.batch.store import Store
from sim.config.scenario import Scenario


def twin_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    tables = fake_work(scenario, seed, wanted)
    return {**tables, "twins": pd.DataFrame({"who": [f"{scenario.id} {seed}"]})}


def test_pairs_of_the_same_replication_and_the_baseline_alone(tmp_path: Path) -> None:
    store = Store(tmp_path)
    jobs = [job(name, number) for number in (1, 0) for name in ("team", "baseline", "mdt")] + [job("team", 7)]
    results = run_batch(jobs, pool=local_pool(1), work=twin_work, progress=Listening(), store=store).results
    found = [
        (name, number, *(one["who"][0] for one in tables))
        for name, number, *tables in beside_baseline(results, store, "twins")
    ]
    assert found == [
        ("mdt", 0, "baseline 100", "mdt 100"),
        ("team", 0, "baseline 100", "team 100"),
        ("mdt", 1, "baseline 101", "mdt 101"),
        ("team", 1, "baseline 101", "team 101"),
    ]
    table = side_table(results, store, "twins")
    assert table is not None
    assert list(zip(table["replication"], table["who"], strict=True)) == [(0, "baseline 100"), (1, "baseline 101")]
    assert side_table(results, store, "series") is None
    assert list(beside_baseline(results, store, "series")) == []
