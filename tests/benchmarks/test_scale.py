"""Hold the arithmetic of the scale benchmark and of what is reckoned from it; the places are timed by running it."""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import cluster_cost, scale

REFERENCE = scale.Measurement(
    place="vastra_varmland",
    persons=1_000,
    stations=4,
    contacts=20_000,
    days=365,
    load_seconds=9.0,
    simulate_seconds=1.5,
    measure_seconds=0.5,
    imports_megabytes=100.0,
    simulate_megabytes=105.0,
    peak_megabytes=110.0,
    job_bytes=1_000,
    small_bytes=2_000,
    outcome_file_bytes=500,
    person_file_bytes=10_000,
)
LARGE = replace(
    REFERENCE, place="large", persons=10_000, contacts=100_000, simulate_seconds=18.0, measure_seconds=6.0,
    peak_megabytes=180.0,
)  # fmt: skip


def test_ratios_by_hand() -> None:
    summary = LARGE.summary(REFERENCE)
    assert summary["microseconds_per_person"] == pytest.approx(2_400)
    assert summary["time_per_person_ratio"] == pytest.approx(1.2)
    assert summary["time_per_contact_ratio"] == pytest.approx(2.4)
    assert summary["kilobytes_per_person"] == pytest.approx(8)
    assert summary["memory_per_person_ratio"] == pytest.approx(0.8)


def test_a_small_place_is_measured_as_a_worker_runs_it() -> None:
    options = argparse.Namespace(scenario="baseline", years=0.05, warmup_years=0.0, sample=0.05, seed=1, persons=True)
    found = scale.measure_here(options, "borgholm")
    assert found.persons == round(10_837 * 0.05)
    assert found.days == 18
    assert found.contacts > 100
    assert found.peak_megabytes >= found.simulate_megabytes >= found.imports_megabytes > 20
    assert min(found.job_bytes, found.small_bytes, found.outcome_file_bytes, found.person_file_bytes) > 1_000


def measured() -> dict[str, object]:
    places = [one.summary(REFERENCE) for one in (REFERENCE, LARGE)]
    return {"sample": 0.5, "places": places}


def test_regions_are_scaled_from_the_sample_to_everybody() -> None:
    small, large = cluster_cost.regions_of(measured(), ["vastra_varmland:9", "large"])
    assert (small.count, large.count) == (9, 1)
    assert (small.people, small.seconds, small.megabytes) == (2_000, 4.0, 120.0)
    assert (large.people, large.seconds, large.megabytes) == (20_000, 48.0, 260.0)
    assert (large.job_bytes, large.person_file_bytes) == (1_000, 20_000)
    with pytest.raises(SystemExit, match="mars was not measured"):
        cluster_cost.regions_of(measured(), ["mars:1"])


def test_cost_by_hand() -> None:
    regions = cluster_cost.regions_of(measured(), ["vastra_varmland:9", "large:1"])
    cost = cluster_cost.reckon(regions, 100, (1, 84))
    assert cost.runs == 1_000
    assert cost.core_hours == pytest.approx((900 * 4 + 100 * 48) / 3600)
    assert cost.wall_hours[1] == pytest.approx((8_400 + 5) / 3600)
    assert cost.wall_hours[84] == pytest.approx((100 + 48 * 83 / 84 + 5) / 3600)
    assert cost.largest_worker_gigabytes == pytest.approx(0.26 * 1.25)
    assert cost.sent_gigabytes == pytest.approx(1e-3)
    assert cost.person_disk_gigabytes == pytest.approx(1_000 * 20_000 / 1e9)


def test_the_script_reads_what_the_benchmark_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "scale.json"
    path.write_text(json.dumps(measured()))
    cluster_cost.main([str(path), "--regions", "large:2", "--parameter-sets", "3", "--replications", "1"])
    shown = capsys.readouterr().out
    assert "3 parameter sets x 2 scenarios x 1 replications = 6 runs of 365 days for each region" in shown
    assert "10 cores" in shown


def test_the_document_shows_what_the_script_prints(capsys: pytest.CaptureFixture[str]) -> None:
    docs = Path(__file__).parents[2] / "docs"
    cluster_cost.main([str(docs / "scale_measured.json")])
    assert capsys.readouterr().out.rstrip() in (docs / "scale.md").read_text(encoding="utf-8")
