"""Read an allocation from its file, checked against the scenario that holds its means."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from sim.config import folders
from sim.config.allocation import AimChoice, Allocation, Choice
from sim.config.errors import InputError, suggestion
from sim.config.lookup import means_files
from sim.config.model_errors import validate
from sim.config.parts import split_name
from sim.config.place import Strict, Text
from sim.config.scenario import Scenario
from sim.config.scenario_named import scenario_named
from sim.config.sweep import Move
from sim.config.sweep_apply import check_name, known_names, with_move
from sim.config.yaml_file import Document, read_yaml

PRICED_CAPACITIES = ("place.staff", "place.beds", "place.special_housing", "place.short_term_places")
MOST_LEVELS = 50
_DIGITS = 12


class ChoiceInFile(Strict):
    """One choice as a file gives it: `means`, or `name` with its levels."""

    title: Text
    means: tuple[str, ...] = ()
    name: str | None = None
    unit: Text | None = None
    low: float | None = None
    high: float | None = None
    step: Annotated[float, Field(gt=0)] | None = None
    values: tuple[float, ...] = ()
    price: Annotated[float, Field(ge=0)] | Literal["place"] | None = None


class AimInFile(Strict):
    """One aim as a file gives it."""

    weight: Annotated[float, Field(ge=0)]
    outcomes: Annotated[tuple[str, ...], Field(min_length=1)]


class AimsInFile(Strict):
    """The four aims of a file; one that is left out does not count."""

    health: AimInFile | None = None
    experience: AimInFile | None = None
    cost: AimInFile | None = None
    staff: AimInFile | None = None


class AllocationInFile(Strict):
    """An allocation as its file gives it."""

    title: Text
    summary: Text
    source: str
    assumptions: Text
    scenario: str
    choices: Annotated[dict[str, ChoiceInFile], Field(min_length=1)]
    aims: AimsInFile


def allocation_files() -> dict[str, Path]:
    """Return every ready-made allocation, by name."""
    return {path.stem: path for path in sorted((folders.scenarios_folder() / "allocations").glob("*.yaml"))}


def find_allocation(name: str) -> Path:
    """Return the file of an allocation, by name or path. Raises InputError."""
    if name in allocation_files():
        return allocation_files()[name]
    if Path(name).suffix in (".yaml", ".yml"):
        return Path(name)
    raise InputError(f"{name}: unknown allocation; {suggestion(name, allocation_files())}; or give a file")


def read_allocation(path: Path) -> Allocation:
    """Return the checked allocation of one file; `check_choices` checks it against its scenario."""
    document = read_yaml(path)
    file = validate(document, AllocationInFile)
    switches = {means: name for name, one in file.choices.items() for means in one.means}
    _check_names(document, file)
    aims = [(aim, one) for aim in AimsInFile.model_fields if (one := getattr(file.aims, aim)) is not None]
    if not any(one.weight for _, one in aims):
        raise document.error(("aims",), "every aim has weight 0; give at least one a weight above it")
    return Allocation(
        id=path.stem, title=file.title, summary=file.summary, source=file.source, assumptions=file.assumptions,
        scenario=scenario_named(document, "scenario"),
        choices=tuple(_choice(document, name, one, switches) for name, one in file.choices.items()),
        aims=tuple(AimChoice(aim=aim, weight=one.weight, outcomes=one.outcomes) for aim, one in aims),
    )  # fmt: skip


def _check_names(document: Document, file: AllocationInFile) -> None:
    seen: dict[str, str] = {}
    for name, one in file.choices.items():
        if one.name is None:
            continue
        if one.name in seen:
            raise document.error(("choices", name, "name"), f"{one.name} is chosen in {seen[one.name]} already")
        seen[one.name] = name


def _choice(document: Document, name: str, one: ChoiceInFile, switches: dict[str, str]) -> Choice:
    where = ("choices", name)
    if bool(one.means) == (one.name is not None):
        raise document.error(where, "give either `means` to turn on together, or the `name` of a number with levels")
    if one.means:
        return _switch(document, name, one, switches)
    values = _values(document, name, one)
    title, part = split_name(str(one.name))
    place = str(document.error((*where, "name"), str(one.name))).replace(": choices." + name + ".name", "", 1)
    move = Move(name=title, part=part, along=(name,), times=title.startswith("place."), where=place)
    needs = switches.get(title.split(".")[1]) if title.startswith("means.") else None
    if title.startswith("place.") and title not in PRICED_CAPACITIES:
        known = suggestion(title, PRICED_CAPACITIES)
        raise document.error((*where, "name"), f"of the place only staff and places can be chosen; {known}")
    _check_price(document, name, one, move)
    price = one.price if isinstance(one.price, float) else None
    return Choice(id=name, title=one.title, unit=one.unit, move=move, values=values, needs=needs, price_sek=price)


def _switch(document: Document, name: str, one: ChoiceInFile, switches: dict[str, str]) -> Choice:
    for key in ("unit", "low", "high", "step", "values", "price"):
        if getattr(one, key) not in (None, ()):
            raise document.error(("choices", name, key), "belongs to a number; a switch is on or off")
    for place, means in enumerate(one.means):
        if means not in means_files():
            raise document.error(
                ("choices", name, "means", place), f"unknown means; {suggestion(means, means_files())}"
            )
        if switches[means] != name or one.means.count(means) > 1:
            raise document.error(("choices", name, "means", place), f"{means} is turned on twice; name it once")
    return Choice(id=name, title=one.title, means=one.means)


def _values(document: Document, name: str, one: ChoiceInFile) -> tuple[float, ...]:
    """Return the levels: `values`, or from `low` to `high` by `step`."""
    where = ("choices", name)
    ends = (one.low, one.high, one.step)
    if bool(one.values) == any(end is not None for end in ends) or (not one.values and None in ends):
        raise document.error(where, "give its levels, either as `values`, or as `low`, `high` and `step`")
    if one.values:
        if len(one.values) < 2 or list(one.values) != sorted(set(one.values)):
            raise document.error((*where, "values"), "must be two or more, rising, each once")
        return one.values
    low, high, step = (float(end or 0.0) for end in ends)
    count = round((high - low) / step)
    if count < 1 or not math.isclose(low + count * step, high, rel_tol=1e-9):
        raise document.error((*where, "step"), f"must lead from {low:g} to {high:g} in whole steps, found {step:g}")
    if count >= MOST_LEVELS:
        raise document.error((*where, "step"), f"makes {count + 1} levels, at most {MOST_LEVELS}; take larger steps")
    return tuple(float(f"{low + place * step:.{_DIGITS}g}") for place in range(count + 1))


def _check_price(document: Document, name: str, one: ChoiceInFile, move: Move) -> None:
    where, capacity = ("choices", name), move.name.startswith("place.")
    if capacity and one.price is None:
        wanted = "SEK a year for each full-time equivalent or place added, or `place` for the prices of the place"
        raise document.error((*where, "price"), f"is missing: say what it costs, {wanted}")
    if not capacity and one.price is not None:
        raise document.error((*where, "price"), "is for staff and places; what means take the model counts itself")
    if capacity and 1.0 not in _values(document, name, one):
        raise document.error(where, "must have 1, today's number, among its levels")


def check_choices(allocation: Allocation, scenario: Scenario) -> None:
    """Raise InputError unless the scenario has every means named, and every level is within its range."""
    on = {choice.id for choice in scenario.means}
    for choice in allocation.choices:
        for means in choice.means:
            if means not in on:
                raise InputError(
                    f"{allocation.id}: choices.{choice.id}: {means} is not on in {scenario.id}, which holds the means; "
                    f"{suggestion(means, on)}"
                )
    known = known_names(scenario)
    for choice in allocation.choices:
        if choice.move is None:
            continue
        check_name(choice.move, known)
        if choice.move.name.startswith("means.") and choice.move.name.split(".")[1] not in on:
            raise InputError(f"{choice.move.where}: its means is not on in {scenario.id}, which holds the means")
        for value in choice.values:
            with_move(scenario, choice.move, value)
