"""Read a place file and check that its parts fit together."""

from __future__ import annotations

from pathlib import Path

from sim.config.lookup import find_place
from sim.config.model_errors import validate
from sim.config.place import Place
from sim.config.place_numbers import number_defects
from sim.config.place_structure import structure_defects
from sim.config.yaml_file import read_yaml


def load_place(name_or_path: str, beside: Path | None = None) -> Place:
    """Return a checked place, by name or path. Raises InputError for the first defect."""
    return read_place(find_place(name_or_path, beside))


def read_place(path: Path) -> Place:
    """Return the checked place of one file."""
    document = read_yaml(path)
    place = validate(document, Place)
    for defects in (structure_defects, number_defects):
        for where, message in defects(place):
            raise document.error(where, message)
    return place
