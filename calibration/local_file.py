"""Read a planner's file of totals row by row; every fault is named by row and column, and persons are refused."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from calibration.own_figures import OwnFigures, groups_of
from sim.config.errors import InputError, suggestion
from sim.config.parts import finite_number
from sim.config.place import Place

COLUMNS = ("figure", "group_by", "group", "year", "unit", "total", "tolerance", "low", "high", "comment")
NEEDED = ("figure", "group_by", "group", "total")
_OF_PERSONS = re.compile(
    r"person_?(nummer|number|nr|id)|^pnr$|samordningsnummer|reservnummer|patient|^(för|efter)?namn|(sur|first|last)_?name"
    r"|födelse|birth|adress|address",
    re.IGNORECASE,
)
_IDENTITY_NUMBER = re.compile(
    r"(?<!\d)(?:(?:18|19|20)\d{2}|\d{2})(\d{2})(\d{2})([-+ ]?)((?:\d{3}|[A-Za-z]{2}\d)[\dA-Za-z])(?![\dA-Za-z])"
)
_AMBIGUOUS = re.compile(r"-?\d{1,3}(,\d{3})+")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One row with a total."""

    line: int
    figure: str
    group_by: str
    group: str
    year: int | None
    total: float
    tolerance: float | None
    low: float | None
    high: float | None

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what the total is of."""
        return self.figure, self.group_by, self.group


def read_totals(path: Path, figures: OwnFigures, place: Place) -> tuple[Total, ...]:
    """Return the rows that hold a total. Raises InputError: file, row, column, what is wrong."""
    titles, rows, comma_is_decimal = _read(path)
    found: dict[tuple[str, str, str], Total] = {}
    for line, row in rows:
        cells = dict(zip(titles, row, strict=True))
        if not cells["total"]:
            continue
        one = _Row(path, line, cells, comma_is_decimal).total(figures, place)
        if one.key in found:
            raise InputError(
                f"{path}:{line}: {one.figure}, {one.group}: given in row {found[one.key].line} already; keep one"
            )
        found[one.key] = one
    if not found:
        raise InputError(f"{path}: holds no total; fill in the column total of at least one row")
    return tuple(found.values())


def _read(path: Path) -> tuple[list[str], list[tuple[int, list[str]]], bool]:
    """Return the titles, the rows with their line, and whether a comma stands for the decimal point."""
    if not path.is_file():
        raise InputError(f"--targets {path}: there is no such file; `mellanrum validate --template {path}` writes one")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{path}: not in UTF-8; save it as CSV UTF-8") from None
    first = text.partition("\n")[0]
    separator = ";" if first.count(";") > first.count(",") else ","
    lines = csv.reader(text.splitlines(), delimiter=separator)
    rows = [(lines.line_num, [cell.strip() for cell in row]) for row in lines if any(cell.strip() for cell in row)]
    if not rows:
        raise InputError(f"{path}: is empty; `mellanrum validate --template FILE` writes a file to fill in")
    titles = [title.lower() for title in rows[0][1]]
    _check_titles(path, titles)
    for line, row in rows[1:]:
        if len(row) != len(titles):
            raise InputError(f"{path}:{line}: expected {len(titles)} values, found {len(row)}")
        _refuse_persons(path, line, titles, row)
    return titles, rows[1:], separator == ";"


def _check_titles(path: Path, titles: Sequence[str]) -> None:
    for title in titles:
        if _OF_PERSONS.search(title):
            raise InputError(
                f"{path}:1: {title}: looks like a column about persons; only totals are taken, never personal data"
            )
        if title not in COLUMNS:
            raise InputError(
                f"{path}:1: {title or 'a column without name'}: unknown column; {suggestion(title, COLUMNS)}"
            )
        if titles.count(title) > 1:
            raise InputError(f"{path}:1: {title}: given {titles.count(title)} times; keep one")
    for title in NEEDED:
        if title not in titles:
            raise InputError(f"{path}:1: column {title} is missing; the columns are {', '.join(COLUMNS)}")


def _refuse_persons(path: Path, line: int, titles: Sequence[str], row: Sequence[str]) -> None:
    """Raise InputError where a cell looks like a personal identity number; the number itself is not repeated."""
    for title, cell in zip(titles, row, strict=True):
        for found in _IDENTITY_NUMBER.finditer(cell):
            # A plain row of digits in a column of numbers may be a sum of money: there the check digit must fit too.
            is_number = title in ("total", "low", "high") and found[3] == "" and cell == found[0]
            if _is_date(int(found[1]), int(found[2])) and (not is_number or _check_digit_fits(found[0])):
                raise InputError(
                    f"{path}:{line}: {title}: looks like a personal identity number; only totals are taken, never "
                    "personal data: remove it from the file"
                )


def _is_date(month: int, day: int) -> bool:
    """Tell whether month and day can be; a co-ordination number has 60 added to the day."""
    return 1 <= month <= 12 and (1 <= day <= 31 or 61 <= day <= 91)


def _check_digit_fits(number: str) -> bool:
    """Tell whether the last of ten digits is the check digit of the others (Luhn)."""
    digits = [int(digit) for digit in number if digit.isdigit()][-10:]
    doubled = (digit * (2 - place % 2) for place, digit in enumerate(digits))
    return len(digits) == 10 and sum(value // 10 + value % 10 for value in doubled) % 10 == 0


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the file, and how to complain about it."""

    path: Path
    line: int
    cells: Mapping[str, str]
    comma_is_decimal: bool

    def total(self, figures: OwnFigures, place: Place) -> Total:
        """Return the checked row."""
        name, group_by, group = (self.cells[column] for column in ("figure", "group_by", "group"))
        if name not in figures.figures:
            raise self.wrong("figure", f"unknown figure {name or '(nothing)'}; {suggestion(name, figures.figures)}")
        known = figures.figures[name]
        if group_by not in known.groups:
            raise self.wrong(
                "group_by", f"{name} cannot be given by {group_by or '(nothing)'}; {suggestion(group_by, known.groups)}"
            )
        groups = groups_of(next(one for one in known.groups if one == group_by), place)
        if group not in groups:
            raise self.wrong("group", f"unknown {group_by} {group or '(nothing)'}; {suggestion(group, groups)}")
        unit = self.cells.get("unit", "")
        if unit and unit != known.unit:
            raise self.wrong("unit", f"must be {known.unit!r}, found {unit!r}")
        total, low, high = (self.number(column) for column in ("total", "low", "high"))
        assert total is not None, "rows without a total are left out before"
        if (low is None) != (high is None):
            raise self.wrong("low" if low is None else "high", "is missing; give both low and high, or neither")
        if low is not None and high is not None and not low <= total <= high:
            raise self.wrong("low", f"must be low <= total <= high, found {low:g}, {total:g}, {high:g}")
        tolerance = self.number("tolerance")
        if tolerance is not None and tolerance > 1.0:
            raise self.wrong("tolerance", f"must be a share from 0 to 1 (0.1 = 10 %), found {tolerance:g}")
        if tolerance is not None and low is not None:
            raise self.wrong("tolerance", "give a tolerance, or low and high, not both")
        return Total(
            line=self.line, figure=name, group_by=group_by, group=group, year=self.year(),
            total=total, tolerance=tolerance, low=low, high=high,
        )  # fmt: skip

    def number(self, column: str) -> float | None:
        """Return a number that is not negative; None for an empty cell."""
        written = re.sub(r"[\s\u00a0\u202f]", "", self.cells.get(column, ""))
        if not written:
            return None
        if _AMBIGUOUS.fullmatch(written):
            plain = written.replace(",", "")
            raise self.wrong(column, f"{written}: thousands or decimals? write {plain} or {plain}.0, without a comma")
        plain = written.replace(",", ".") if self.comma_is_decimal else written
        value = finite_number(plain, self._where(column), typed=self.cells[column])
        if value < 0:
            raise self.wrong(column, f"must not be negative, found {value:g}")
        return value

    def year(self) -> int | None:
        """Return the year the total is of; None where none is given."""
        written = self.cells.get("year", "")
        if not written:
            return None
        if not (written.isdigit() and _FIRST_YEAR <= int(written) <= _LAST_YEAR):
            raise self.wrong("year", f"expected a year from {_FIRST_YEAR} to {_LAST_YEAR}, found {written}")
        return int(written)

    def wrong(self, column: str, message: str) -> InputError:
        """Return the error for a cell of this row."""
        return InputError(f"{self._where(column)}: {message}")

    def _where(self, column: str) -> str:
        return f"{self.path}:{self.line}: {column}"
