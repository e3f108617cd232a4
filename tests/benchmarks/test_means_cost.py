"""Hold the arithmetic of the benchmark of what means cost; the times themselves come from running it."""

from __future__ import annotations

import pytest

from benchmarks import means_cost
from sim.means import all_means

SMALL = ["--sample", "0.02", "--years", "0.1", "--warmup-years", "0", "--repeats", "1"]


def test_ratios_are_taken_beside_each_other_before_the_middle_one_counts() -> None:
    seconds = {means_cost.BASELINE: [1.0, 2.0, 4.0], means_cost.ON: [1.5, 2.4, 6.8]}
    found = means_cost.summary(seconds, {means_cost.BASELINE: 7, means_cost.ON: 6})["variants"]
    assert found[means_cost.BASELINE] == {"cpu_seconds": 2.0, "ratio": 1.0, "contacts": 7}
    # 1.5, 1.2 and 1.7 times; the middle times alone would say 1.2.
    assert found[means_cost.ON] == {"cpu_seconds": 2.4, "ratio": pytest.approx(1.5), "contacts": 6}


def test_every_means_is_run_and_means_that_are_off_change_nothing() -> None:
    found = means_cost.measure(means_cost.read_options(SMALL))
    assert found["means"] == len(all_means())
    contacts = {name: one["contacts"] for name, one in found["variants"].items()}
    assert contacts[means_cost.BASELINE] == contacts[means_cost.OFF] == contacts[means_cost.LATE]
    assert contacts[means_cost.ON] != contacts[means_cost.BASELINE]


def test_means_that_change_results_though_off_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work = means_cost.every_means
    monkeypatch.setattr(means_cost, "every_means", lambda **_: at_work())
    with pytest.raises(SystemExit, match="all off have changed results"):
        means_cost.measure(means_cost.read_options(SMALL))
