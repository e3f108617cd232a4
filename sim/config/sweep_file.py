"""Read a ready-made sweep from its file, checked."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.config import folders
from sim.config.errors import InputError, suggestion
from sim.config.model_errors import validate
from sim.config.parts import split_name
from sim.config.place import Positive, Strict, Text
from sim.config.scenario_named import scenario_named
from sim.config.sweep import Axis, Move, Sweep
from sim.config.sweep_words import MOST_AXES, check_size, read_values, rising
from sim.config.yaml_file import Document, read_yaml

NOTHING = "none"
"""What `against` says when one scenario alone is looked at."""


class AxisInFile(Strict):
    """One axis as a file gives it."""

    title: Text
    unit: Text
    values: str | tuple[float, ...]
    """`LOW:HIGH:N`, `LOW:HIGH:N:log`, or a list."""
    labels: tuple[Text, ...] = ()


class MoveInFile(Strict):
    """One move as a file gives it."""

    name: str
    along: str | Annotated[tuple[str, ...], Field(min_length=1)]
    at: tuple[float, ...] = ()
    times: bool = False
    beyond_range: str | None = None
    """Why it may leave the declared range; without a reason it may not."""


class SweepInFile(Strict):
    """A ready-made sweep as its file gives it."""

    title: Text
    summary: Text
    source: str
    assumptions: Text
    axes: dict[str, AxisInFile]
    moves: Annotated[tuple[MoveInFile, ...], Field(min_length=1)]
    keep: dict[str, float] = Field(default_factory=dict)
    scenario: str
    against: str = "baseline"
    outcomes: Annotated[tuple[str, ...], Field(min_length=1)]
    groups: Annotated[tuple[str, ...], Field(min_length=1)] = ("all",)
    years: Positive | None = None


def sweep_files() -> dict[str, Path]:
    """Return every ready-made sweep, by name."""
    return {path.stem: path for path in sorted((folders.scenarios_folder() / "sweeps").glob("*.yaml"))}


def find_sweep(name: str) -> Path:
    """Return the file of a sweep, by name or path. Raises InputError."""
    if name in sweep_files():
        return sweep_files()[name]
    if Path(name).suffix in (".yaml", ".yml"):
        return Path(name)
    known = suggestion(name, sweep_files())
    raise InputError(f"{name}: unknown sweep; {known}; or write PARAM=LOW:HIGH:N (see `mellanrum sweep --list`)")


def read_sweep(path: Path) -> Sweep:
    """Return the checked sweep of one file; names of parameters are checked against scenarios later."""
    document = read_yaml(path)
    file = validate(document, SweepInFile)
    if not 1 <= len(file.axes) <= MOST_AXES:
        raise document.error(("axes",), f"must be one or two, found {len(file.axes)}")
    axes = tuple(_axis(document, name, axis) for name, axis in file.axes.items())
    try:
        check_size(axes)
    except InputError as problem:
        raise document.error(("axes",), str(problem)) from None
    return Sweep(
        id=path.stem, title=file.title, summary=file.summary, source=file.source, assumptions=file.assumptions,
        axes=axes, moves=tuple(_move(document, i, move, axes) for i, move in enumerate(file.moves)), keep=file.keep,
        scenario=scenario_named(document, "scenario"), against=_against(document, file), outcomes=file.outcomes,
        groups=file.groups, years=file.years,
    )  # fmt: skip


def _against(document: Document, file: SweepInFile) -> str | None:
    if file.against == NOTHING:
        return None
    return scenario_named(document, "against") if "against" in document.data else file.against


def _axis(document: Document, name: str, axis: AxisInFile) -> Axis:
    where = ("axes", name, "values")
    try:
        values = read_values(axis.values, "") if isinstance(axis.values, str) else rising(axis.values, "")
    except InputError as problem:
        raise document.error(where, str(problem).removeprefix(": ")) from None
    if not isinstance(axis.values, str) and values != axis.values:
        raise document.error(where, "must be in rising order")
    if axis.labels and len(axis.labels) != len(values):
        raise document.error(("axes", name, "labels"), f"must be {len(values)}, one a value; found {len(axis.labels)}")
    return Axis(id=name, title=axis.title, unit=axis.unit, values=values, labels=axis.labels)


def _move(document: Document, number: int, move: MoveInFile, axes: tuple[Axis, ...]) -> Move:
    along = (move.along,) if isinstance(move.along, str) else move.along
    ids = {axis.id: axis for axis in axes}
    for name in along:
        if name not in ids:
            raise document.error(("moves", number, "along"), f"{name} is no axis; {suggestion(name, ids)}")
    if move.at and (len(along) > 1 or len(move.at) != len(ids[along[0]].values)):
        count = len(ids[along[0]].values)
        raise document.error(("moves", number, "at"), f"must have {count} numbers, one for each value of one axis")
    name, part = split_name(move.name)
    return Move(
        name=name,
        part=part,
        along=along,
        at=move.at,
        times=move.times,
        beyond_range=move.beyond_range is not None,
        where=str(document.error(("moves", number, "name"), move.name)).replace(": name", "", 1),
    )
