"""Show what is ready-made beside scenarios: a disturbance, a sweep, an allocation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.report.texts import Texts

KINDS = ("disturbance", "sweep", "allocation")
"""Each has a module `show_KIND` beside this one, with `record` and `print_record`."""


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """A file beside the scenarios, and which of `KINDS` it is."""

    kind: str
    path: Path


def ready_made(name: str) -> ReadyMade | None:
    """Return the disturbance, sweep or allocation that a name or path stands for; None for a scenario.

    A name that a scenario has, too, is the scenario's. Raises InputError for a name that nothing has.
    """
    from sim.config.errors import InputError, suggestion
    from sim.config.lookup import scenario_files

    path = Path(name.replace("\0", " ")).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return _of_file(path) if path.is_file() else None
    known = list(scenario_files())
    if "/" not in name:
        known = [full.rpartition("/")[2] for full in known]
    if name in known or path.exists():
        return None
    others = {one.path.stem: one for one in _all()}
    if name not in others:
        near = suggestion(name, [*known, *others])
        raise InputError(
            f"{name}: unknown scenario, disturbance, sweep or allocation; {near}; or give a path ending in .yaml"
        )
    return others[name]


def namesakes(name: str) -> list[ReadyMade]:
    """Return what else has the name of a scenario; shown by path."""
    return [one for one in _all() if one.path.stem == name]


def ready_made_record(found: ReadyMade, language: str) -> dict[str, Any]:
    """Return everything `show` prints of it as plain data. Raises InputError for a defect in its file."""
    record: dict[str, Any] = import_module(f"sim.cli.show_{found.kind}").record(found.path, language)
    return {"shown": found.kind, **record}


def print_ready_made(record: dict[str, Any], text: Texts) -> None:
    """Print a record of `ready_made_record`: what it is for, what is in it, and how to run it."""
    from sim.cli.printing import print_text

    print(f"{record['title']} ({record['name']})")
    print_text(record["summary"])
    if "assumptions" in record:
        print_text(text("show.assumptions", said=record["assumptions"]))
    print_text(text("cli.show_source", source=record["source"]))
    import_module(f"sim.cli.show_{record['shown']}").print_record(record, text)
    print(text(f"show.run_{record['shown']}", file=record["file"]))


def _all() -> Iterable[ReadyMade]:
    from sim.config.allocation_file import allocation_files
    from sim.config.disturbance_file import disturbance_files
    from sim.config.sweep_file import sweep_files

    for kind, files in zip(KINDS, (disturbance_files(), sweep_files(), allocation_files()), strict=True):
        for path in files.values():
            yield ReadyMade(kind, path)


def _of_file(path: Path) -> ReadyMade | None:
    from sim.cli.check import kind_of
    from sim.config.yaml_file import read_yaml

    kind = kind_of(read_yaml(path))
    return ReadyMade(kind, path) if kind in KINDS else None


def name_to_run(path: Path, ready: dict[str, Path]) -> str:
    """Return what the command that runs it takes: the name of a ready-made one, else the path."""
    from sim.config.folders import shown

    return path.stem if ready.get(path.stem, Path()).resolve() == path.resolve() else shown(path)
