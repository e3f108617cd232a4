"""Find a scenario or place by name or path."""

from __future__ import annotations

from pathlib import Path

from sim.config import folders
from sim.config.errors import InputError, suggestion

NO_SCENARIOS = ("allocations/", "disturbances/", "places/", "sweeps/")
"""Folders beside the scenarios that hold something else."""


def scenario_files() -> dict[str, Path]:
    """Return every scenario that comes with the program, by its name with folder, e.g. `means/mdt`."""
    root = folders.scenarios_folder()
    found = {}
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).with_suffix("").as_posix()
        if name != "pathways" and not name.startswith(NO_SCENARIOS):
            found[name] = path
    return found


def place_files() -> dict[str, Path]:
    """Return every place that comes with the program, by name."""
    return {path.stem: path for path in sorted((folders.scenarios_folder() / "places").glob("*.yaml"))}


def means_files() -> dict[str, Path]:
    """Return the home of every coordination means, by its id."""
    return {path.stem: path for path in sorted((folders.scenarios_folder() / "means").glob("*.yaml"))}


def find_scenario(name: str, beside: Path | None = None) -> Path:
    """Return the file of a scenario: `baseline`, `means/mdt`, `mdt`, or a path ending in .yaml.

    A relative path is taken from the folder `beside` (of the file that names it), else from where the user
    stands. Raises InputError for an unknown name; a path is not opened here.
    """
    known = scenario_files()
    short = {full.rsplit("/", 1)[-1]: path for full, path in known.items()}
    return _find(name, known if "/" in name else short, "scenario", beside)


def find_place(name: str, beside: Path | None = None) -> Path:
    """Return the file of a place, by name or by a path ending in .yaml."""
    return _find(name, place_files(), "place", beside)


def _find(name: str, known: dict[str, Path], what: str, beside: Path | None) -> Path:
    if name in known:
        return known[name]
    path = Path(name).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return path if path.is_absolute() or beside is None else beside / path
    if "\0" not in name and path.exists():
        return path
    raise InputError(f"{name}: unknown {what}; {suggestion(name, known)}; or give a path ending in .yaml")
