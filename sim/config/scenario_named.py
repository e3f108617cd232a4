"""Find the scenario that another file names under one of its keys, such as `scenario:` of a sweep or an allocation."""

from __future__ import annotations

from sim.config.errors import InputError
from sim.config.folders import shown
from sim.config.lookup import find_scenario
from sim.config.yaml_file import Document


def scenario_named(document: Document, key: str) -> str:
    """Return the name as it stands, or the path of the file that it stands for.

    A path is taken from the folder of the file that names it; if nothing is there, from where the user stands. Raises
    InputError with file, line and key where there is no such scenario.
    """
    name = str(document.at((key,)))
    try:
        beside, here = (find_scenario(name, beside=folder) for folder in (document.path.parent, None))
    except InputError as problem:
        raise document.error((key,), str(problem)) from None
    for path in (beside, here):
        if path.exists():
            return name if beside == here else str(path)
    raise document.error((key,), f"there is no file {shown(beside)}; name a scenario or an existing file")
