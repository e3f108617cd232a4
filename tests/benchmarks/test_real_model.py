"""Hold the arithmetic of the speed benchmark of the real model; the model itself is timed by running it."""

from __future__ import annotations

import cProfile
from collections.abc import Callable
from types import SimpleNamespace

import numpy as np
import pytest

from benchmarks import bare_simpy, real_model
from benchmarks.where_time_goes import time_by_module
from sim.core.luck import combine
from sim.core.vocabulary import Profession


def measurement(persons: int, cpu_seconds: float, bare: float = 1000.0) -> real_model.Measurement:
    return real_model.Measurement(
        persons=persons,
        booked_contacts=3_000,
        emergency_visits=1_000,
        roster_visits=16_000,
        cpu_seconds=cpu_seconds,
        bare_contacts_per_second=bare,
        lasting_contacts_per_second=2 * bare,
        peak_megabytes=150.0,
        imports_megabytes=100.0,
    )


@pytest.mark.parametrize("loop", [bare_simpy.run, bare_simpy.run_lasting])
def test_bare_loops_finish_every_contact(loop: Callable[[int], int]) -> None:
    assert loop(5_000) == 5_000
    assert bare_simpy.contacts_per_second(5_000, 1, loop) > 1_000


def test_ratios_by_hand() -> None:
    summary = measurement(10_000, cpu_seconds=2.0).summary()
    assert summary["contacts_per_second"] == 10_000
    assert summary["ratio_to_bare"] == 10
    assert summary["queued_ratio_to_bare"] == 2
    assert summary["ratio_to_lasting"] == 5
    assert summary["queued_ratio_to_lasting"] == 1
    assert summary["bytes_per_person"] == 5_000


def test_growth_is_the_power_of_people_and_drift_of_the_machine_cancels() -> None:
    assert real_model.growth_exponent([measurement(100, 1.0)]) is None
    linear = [measurement(n, n / 100) for n in (10_000, 60_000, 240_000)]
    assert real_model.growth_exponent(linear) == pytest.approx(1.0)
    slower_machine = measurement(240_000, 2 * 240_000 / 100, bare=500.0)
    assert real_model.growth_exponent([*linear[:2], slower_machine]) == pytest.approx(1.0)
    quadratic = [measurement(n, n**2 / 1e6) for n in (10_000, 240_000)]
    assert real_model.growth_exponent(quadratic) == pytest.approx(2.0)


def test_an_emergency_visit_counts_once_even_if_booked_as_a_contact() -> None:
    profession = np.array([Profession.GENERAL_PRACTITIONER] * 3 + [Profession.EMERGENCY_PHYSICIAN] * 2)
    tables = {
        "contacts": {"profession": profession},
        "ed_departures": {"time_days": np.zeros(2)},
        "visits": {"time_days": np.zeros(7)},
    }
    assert real_model.count_contacts(SimpleNamespace(tables=tables)) == (3, 2, 7)  # type: ignore[arg-type]


def test_profile_books_c_code_on_the_module_that_calls_it() -> None:
    profile = cProfile.Profile()
    profile.runcall(lambda: [combine(np.arange(200_000), 1) for _ in range(5)])
    shares = dict(time_by_module(profile))
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares["sim.core.luck"] > 0.5


def test_peak_memory_remembers_what_is_given_back() -> None:
    block = np.ones(10_000_000)
    held = real_model.peak_megabytes()
    assert held > block.nbytes / 1e6
    del block
    assert real_model.peak_megabytes() > held - 1.0  # the kernel's count is coarse
