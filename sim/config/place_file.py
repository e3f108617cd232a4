"""Read a place file and check that its parts fit together."""

from __future__ import annotations

from pathlib import Path

from sim.config.errors import InputError
from sim.config.folders import shown
from sim.config.lookup import find_place
from sim.config.model_errors import validate
from sim.config.place import Place
from sim.config.place_in_proportion import drawn_up
from sim.config.place_like import PlaceLike, extension_defects
from sim.config.place_moved import PlaceMoved, moved, moving_defects
from sim.config.place_numbers import number_defects
from sim.config.place_structure import structure_defects
from sim.config.yaml_file import Document, KeyPath, read_yaml


def load_place(name_or_path: str, beside: Path | None = None) -> Place:
    """Return a checked place, by name or path. Raises InputError for the first defect."""
    return read_place(find_place(name_or_path, beside))


def read_place(path: Path) -> Place:
    """Return the checked place of one file, with what it takes over from the place it extends."""
    document = read_yaml(path)
    place = _extended(document) if "extends" in document.data else validate(document, Place)
    for defects in (structure_defects, number_defects):
        for where, message in defects(place):
            raise document.error(_as_written(document, where, place), message)
    return place


def _extended(document: Document) -> Place:
    """Return the place drawn up from the one that the file extends; one without people of its own has the same."""
    if not {"principals", "municipalities"} & set(document.data):
        same = validate(document, PlaceMoved)
        base = _extends(document, same.extends)
        for where, message in moving_defects(same, base):
            raise document.error(where, message)
        return moved(same, base)
    like = validate(document, PlaceLike)
    base = _extends(document, like.extends)
    for where, message in extension_defects(like, base):
        raise document.error(where, message)
    return drawn_up(like, base)


def _extends(document: Document, name: str) -> Place:
    where: KeyPath = ("extends",)
    try:
        path = find_place(name, beside=document.path.parent)
    except InputError as problem:
        raise document.error(where, str(problem)) from None
    if not path.exists():
        raise document.error(where, f"there is no file {shown(path)}; name a place or a file")
    if "extends" in read_yaml(path).data:
        raise document.error(where, f"{name} itself extends a place; extend one that is written out in full")
    return read_place(path)


def _as_written(document: Document, where: KeyPath, place: Place) -> KeyPath:
    """Return the key path as it stands in the file; what was taken over points to the municipality it serves."""
    if where[0] in document.data:
        return where
    if where[0] == "units" and len(where) > 1:
        served = place.units[int(where[1])].municipality
        homes = [m.id for m in place.municipalities]
        if served in homes:
            return ("municipalities", homes.index(served))
    return ()
