"""Base loads are written where a place keeps them: at its stations, or by profession where it extends another."""

from __future__ import annotations

from typing import Any

from calibration.base_load import base_loads, write_base_loads
from sim.config.place_file import load_place, read_place
from sim.core.vocabulary import Profession, label

SHARES = {label(p): 0.5 for p in Profession}


def test_base_load_is_what_modelled_work_leaves_of_the_utilisation() -> None:
    loads = base_loads(load_place("gotland"), SHARES | {"home_nurse": 0.95})
    assert loads["general_practitioner"] == 0.42
    assert loads["home_nurse"] == 0.0


def test_a_place_that_extends_another_has_them_by_profession(library: Any) -> None:
    path = library.path("scenarios/places/gotland.yaml")
    before = read_place(path)
    write_base_loads(path, base_loads(before, SHARES))
    after = read_place(path)
    staff = [one for unit in after.units for one in unit.staff]
    assert all(one.base_load_share.value == round(one.utilisation.value - 0.5, 3) for one in staff)
    assert after.municipalities == before.municipalities
    assert "# Gotland: Region Gotland is region and municipality in one" in path.read_text()


def test_a_place_written_out_has_them_at_its_stations(library: Any) -> None:
    path = library.path("scenarios/places/vastra_varmland.yaml")
    write_base_loads(path, base_loads(read_place(path), SHARES))
    staff = [one for unit in read_place(path).units for one in unit.staff]
    assert all(one.base_load_share.value == round(one.utilisation.value - 0.5, 3) for one in staff)
