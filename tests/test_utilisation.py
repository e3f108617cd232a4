"""Utilisation declared in the place file is utilisation measured, per profession, after warm-up."""

from __future__ import annotations

from functools import cache

import pytest
from engine_runs import scenario

from calibration.base_load import modelled_shares
from sim.core.vocabulary import Profession, label
from sim.run import simulate

BASE = scenario("baseline", 0.3, 1.0, 0.5)


@cache
def modelled() -> dict[str, float]:
    return modelled_shares(simulate(BASE, seed=11))


def declared() -> dict[str, tuple[float, float]]:
    """Return declared utilisation and base load by profession."""
    return {
        staff.profession: (staff.utilisation.value, staff.base_load_share.value)
        for unit in BASE.place.units
        for staff in unit.staff
    }


@pytest.mark.parametrize("profession", [label(p) for p in Profession])
def test_utilisation_measured_is_utilisation_declared(profession: str) -> None:
    utilisation, base_load = declared()[profession]
    assert modelled()[profession] + base_load == pytest.approx(utilisation, abs=0.03)


def test_every_station_of_a_profession_declares_the_same() -> None:
    """Base loads are inferred by profession, so a station of its own would be lost."""
    for unit in BASE.place.units:
        for staff in unit.staff:
            assert (staff.utilisation.value, staff.base_load_share.value) == declared()[staff.profession]
