"""Find the files that come with the program, installed or in a working copy."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def program_folder() -> Path:
    """Return the folder of the package `sim`."""
    return Path(str(resources.files("sim")))


def parameters_folder() -> Path:
    """Return the folder of the engine's parameter files."""
    return program_folder() / "parameters"


def scenarios_folder() -> Path:
    """Return the folder of scenarios, places and pathways.

    It is looked up beside `sim`, not as an import, so that a folder `scenarios` in which the user happens
    to stand never takes its place.
    """
    return program_folder().parent / "scenarios"


def shown(path: Path) -> str:
    """Return a path as the user would write it: relative to where they stand, when it lies there."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
