"""Read a parameter ensemble: a table with one parameter set a row, and lay a set over a scenario."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sim.config.errors import InputError
from sim.config.loader import load_means_settings
from sim.config.lookup import means_files
from sim.config.parts import ALL_NUMBERS, check_part, finite_number, split_name, with_number
from sim.config.scenario import MeansChoice, Scenario
from sim.core.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the table: a parameter, or one number of a parameter that has several."""

    title: str
    name: str
    """Name in the register, or `means.<id>.<setting>`."""
    part: str | None
    """Label, or place in the list counted from 1; None for a parameter that is one number; `*` for a factor on all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ensemble:
    """Parameter sets, as the file gives them."""

    path: Path
    columns: tuple[Column, ...]
    rows: tuple[tuple[float, ...], ...]
    digest: str
    """Hash of what the file says."""

    def __len__(self) -> int:
        return len(self.rows)


def read_ensemble(path: Path, scenarios: Sequence[Scenario]) -> Ensemble:
    """Read and check a CSV or Parquet table: columns are parameters, rows are sets. Raises InputError."""
    titles, texts = _read(path)
    columns = read_columns(path, titles, scenarios)
    if not texts:
        raise InputError(f"{path}: holds no parameter set; give one row a set below the names of the parameters")
    rows = tuple(
        tuple(finite_number(text, f"{path}:{line}: {title}") for title, text in zip(titles, row, strict=True))
        for line, row in enumerate(texts, start=2)
    )
    ensemble = Ensemble(path=path, columns=columns, rows=rows, digest=digest_of(titles, rows))
    for number in range(len(rows)):
        for scenario in scenarios:
            with_parameters(scenario, ensemble, number)
    return ensemble


def digest_of(titles: Sequence[str], rows: Sequence[Sequence[float]]) -> str:
    """Return the hash of what a table says."""
    return hashlib.sha256(repr((list(titles), rows)).encode()).hexdigest()


def _read(path: Path) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns and the rows as texts."""
    if not path.is_file():
        raise InputError(f"--ensemble {path}: there is no such file; give a CSV or Parquet table, one set a row")
    if path.suffix == ".parquet":
        return _read_parquet(path)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = [line for line in csv.reader(file) if line]
    except (UnicodeDecodeError, csv.Error) as problem:
        raise InputError(f"{path}: not a CSV table in UTF-8 ({problem})") from None
    if not lines or not any(lines[0]):
        raise InputError(f"{path}: is empty; give the names of the parameters in the first line, one set a row below")
    titles = [title.strip() for title in lines[0]]
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(titles):
            raise InputError(f"{path}:{number}: expected {len(titles)} values, found {len(line)}")
    return titles, lines[1:]


def _read_parquet(path: Path) -> tuple[list[str], list[list[str]]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError) as problem:
        raise InputError(f"{path}: not a Parquet table ({problem})") from None
    columns = [["" if value is None else str(value) for value in column.to_pylist()] for column in table.columns]
    return list(table.column_names), [list(row) for row in zip(*columns, strict=True)]


def read_columns(path: Path, titles: Sequence[str], scenarios: Sequence[Scenario]) -> tuple[Column, ...]:
    """Return what the titles of a table name: `name`, `name[part]` or `name*`, a factor on all numbers of a parameter.

    Raises InputError that names the file for an unknown parameter, and for one given twice in whatever way.
    """
    known = known_parameters(scenarios)
    columns = tuple(_column(path, title, known) for title in titles)
    twice = sorted({title for title in titles if titles.count(title) > 1})
    if twice:
        raise InputError(f"{path}: column {twice[0]}: given {titles.count(twice[0])} times; give each parameter once")
    as_factor = {column.name for column in columns if column.part == ALL_NUMBERS}
    if both := [column for column in columns if column.name in as_factor and column.part != ALL_NUMBERS]:
        raise InputError(f"{path}: column {both[0].title}: {both[0].name}* moves it too; keep one of the two")
    return columns


def _column(path: Path, title: str, known: Mapping[str, Parameter]) -> Column:
    name, part = split_name(title)
    if title.endswith(ALL_NUMBERS):
        name, part = title.removesuffix(ALL_NUMBERS), ALL_NUMBERS
    where = f"{path}: column {title}"
    labels = check_part(name, None, known, where)
    if part is None and labels:
        raise InputError(
            f"{where}: has several numbers; name one, e.g. {name}[{labels[0]}], or write {name}* for a factor on all"
        )
    if not (part == ALL_NUMBERS and labels):
        check_part(name, part, known, where)
    return Column(title, name, part)


def known_parameters(scenarios: Sequence[Scenario]) -> dict[str, Parameter]:
    """Return the register and the settings of all means; those that a scenario has not switched on count too."""
    settings = (setting for means_id in means_files() for setting in load_means_settings(means_id).values())
    return {**scenarios[0].parameters, **{setting.name: setting for setting in settings}}


def with_parameters(
    scenario: Scenario, ensemble: Ensemble, number: int, keep: Collection[str] = frozenset()
) -> Scenario:
    """Return the scenario with the values of set `number`, counted from 0, in place of its own.

    Settings of means that the scenario does not have change nothing, and what is named in `keep` stays. Raises
    InputError for a value outside the parameter's range.
    """
    return with_values(scenario, ensemble.columns, ensemble.rows[number], f"{ensemble.path}:{number + 2}", keep)


def with_values(
    scenario: Scenario,
    columns: Sequence[Column],
    row: Sequence[float],
    origin: str,
    keep: Collection[str] = frozenset(),
) -> Scenario:
    """Return the scenario with one value per column in place of its own, as `with_parameters`.

    `origin` says in errors where the values come from.
    """
    parameters, means = dict(scenario.parameters), {choice.id: choice for choice in scenario.means}
    for column, value in zip(columns, row, strict=True):
        if column.name in keep:
            continue
        where = f"{origin}: {column.title}"
        if column.name in parameters:
            parameters[column.name] = _changed(parameters[column.name], column.part, value, where)
            continue
        _, means_id, setting = column.name.split(".", 2)
        if means_id in means:
            choice = means[means_id]
            changed = _changed(choice.settings[setting], column.part, value, where)
            means[means_id] = with_setting(choice, setting, changed)
    chosen = tuple(means[choice.id] for choice in scenario.means)
    return replace(scenario, parameters=parameters, means=chosen)


def with_setting(choice: MeansChoice, setting: str, parameter: Parameter) -> MeansChoice:
    """Return a means with one of its settings replaced."""
    return replace(choice, settings={**choice.settings, setting: parameter})


def _changed(parameter: Parameter, part: str | None, value: float, where: str) -> Parameter:
    if part == ALL_NUMBERS:
        return with_number(parameter, None, value, f"{where} (x {value:g})", times=True)
    return with_number(parameter, part, value, where)
