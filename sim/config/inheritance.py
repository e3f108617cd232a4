"""Merge a scenario with those it extends.

A scenario overrides what it extends. Two parents that set the same thing differently are a conflict, unless
one of them took its value over and the other changed it on the way (mdt and team both extend baseline:
what mdt changes in baseline is meant), or the scenario itself says which value holds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.config.errors import InputError
from sim.config.folders import shown
from sim.config.lookup import find_scenario
from sim.config.scenario_file import Entry, ScenarioFile, read_scenario_file
from sim.config.yaml_file import KeyPath


@dataclass(frozen=True, slots=True)
class Lineage:
    """A scenario file with all it inherits."""

    file: ScenarioFile
    entries: Mapping[KeyPath, Entry]
    ancestors: Mapping[Path, frozenset[Path]]
    """Every file that took part, with all the files it builds on."""

    @property
    def path(self) -> Path:
        """Return the resolved path of the scenario's own file."""
        return self.file.document.path.resolve()


def inherit(path: Path, below: tuple[Path, ...] = ()) -> Lineage:
    """Return a scenario file merged with what it extends; `below` are the files that led here."""
    real = path.resolve()
    file = read_scenario_file(path)
    parents = [_parent(file, i, (*below, real)) for i in range(len(file.extends))]
    ancestors: dict[Path, frozenset[Path]] = {}
    for parent in parents:
        ancestors.update(parent.ancestors)
    ancestors[real] = frozenset(ancestors)
    entries: dict[KeyPath, Entry] = {}
    for parent in parents:
        for where, entry in parent.entries.items():
            if where in file.entries or where not in entries:
                entries[where] = entry
            else:
                entries[where] = _agreed(file, where, entries[where], entry, ancestors)
    entries.update(file.entries)
    return Lineage(file, entries, ancestors)


def _parent(file: ScenarioFile, position: int, below: tuple[Path, ...]) -> Lineage:
    document, name = file.document, file.extends[position]
    where: KeyPath = ("extends", position) if isinstance(document.data["extends"], tuple) else ("extends",)
    try:
        path = find_scenario(name, beside=document.path.parent)
    except InputError as problem:
        raise document.error(where, str(problem)) from None
    if path.resolve() in below:
        circle = [*below[below.index(path.resolve()) :], path.resolve()]
        steps = " -> ".join(shown(step) for step in circle)
        raise document.error(where, f"extends in a circle ({steps}); take one of them out")
    if not path.exists():
        raise document.error(where, f"there is no file {shown(path)}; name a scenario or an existing file")
    return inherit(path, below)


def _agreed(
    file: ScenarioFile, where: KeyPath, first: Entry, second: Entry, ancestors: Mapping[Path, frozenset[Path]]
) -> Entry:
    """Return the entry that holds where two parents set the same thing, or raise a conflict."""
    if first.value == second.value:
        return first
    first_file, second_file = first.document.path.resolve(), second.document.path.resolve()
    if second_file in ancestors[first_file]:
        return first
    if first_file in ancestors[second_file]:
        return second
    name = ".".join(str(part) for part in where)
    raise file.document.error(
        ("extends",),
        f"{name} is set differently by two parents ({first.place()} and {second.place()}); "
        f"set it in this file to say which holds",
    )
