"""Read a sweep as typed: `PARAM=LOW:HIGH:N`, `PARAM=LOW:HIGH:N:log`, `PARAM=1,2,4`, and `PARAM*=...` to multiply."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from sim.config.errors import InputError
from sim.config.parts import finite_number, split_name
from sim.config.place import Text
from sim.config.sweep import MOST_POINTS, Axis, Move, Sweep
from sim.core.parameter import Parameter

EXPECTED = "PARAM=LOW:HIGH:N, PARAM=LOW:HIGH:N:log or PARAM=1,2,4 (PARAM*=... multiplies)"
MOST_AXES = 2
_DIGITS = 12
"""Steps are rounded to so many significant digits: 0.1 + 0.2 shall be the 0.3 of the user's own scenario."""
_TIMES = Text(en="times its own value", sv="gånger det egna värdet")


def read_words(
    words: Sequence[str],
    known: Mapping[str, Parameter],
    *,
    scenario: str,
    against: str | None,
    outcomes: tuple[str, ...],
    groups: tuple[str, ...],
) -> Sweep:
    """Return the sweep that one or two words describe. Raises InputError."""
    if not 1 <= len(words) <= MOST_AXES:
        raise InputError(f"sweep: expected one or two of {EXPECTED}, found {len(words)}")
    axes, moves = [], []
    for word in words:
        move, values = _read(word)
        axes.append(_axis(move, values, known.get(move.name)))
        moves.append(move)
    if len({move.title for move in moves}) < len(moves):
        raise InputError(f"{words[1]}: {moves[0].title} is swept on both axes; name two different ones")
    check_size(axes)
    title = " × ".join(axis.title.en for axis in axes)
    both = Text(en=title, sv=title)
    return Sweep(
        id="sweep", title=both, summary=both, source="as typed", axes=tuple(axes), moves=tuple(moves), keep={},
        scenario=scenario, against=against, outcomes=outcomes, groups=groups,
    )  # fmt: skip


def check_size(axes: Sequence[Axis]) -> None:
    """Raise InputError for a sweep with too many points."""
    count = math.prod(len(axis.values) for axis in axes)
    if count > MOST_POINTS:
        raise InputError(f"sweep: has {count} points, at most {MOST_POINTS}; take fewer values")


def _read(word: str) -> tuple[Move, tuple[float, ...]]:
    name, found, text = word.partition("=")
    times = name.endswith("*")
    name = name.removesuffix("*").strip()
    if not (found and name and text.strip()):
        raise InputError(f"{word}: expected {EXPECTED}")
    parameter, part = split_name(name)
    return Move(name=parameter, part=part, along=(name,), times=times, where=name), read_values(text, name)


def read_values(text: str, where: str) -> tuple[float, ...]:
    """Return the values of `LOW:HIGH:N`, `LOW:HIGH:N:log` or `1,2,4`. Raises InputError."""
    if ":" not in text:
        return rising([finite_number(one, where) for one in text.split(",")], where)
    parts = [one.strip() for one in text.split(":")]
    if len(parts) not in (3, 4) or (len(parts) == 4 and parts[3] != "log"):
        raise InputError(f"{where}: expected LOW:HIGH:N, LOW:HIGH:N:log or 1,2,4; found {text}")
    low, high = finite_number(parts[0], where), finite_number(parts[1], where)
    if not re.fullmatch(r"\d+", parts[2]) or int(parts[2]) < 2:
        raise InputError(f"{where}: N must be a whole number, 2 or more, found {parts[2] or 'nothing'}")
    return spread(low, high, int(parts[2]), log=len(parts) == 4, where=where)


def spread(low: float, high: float, count: int, *, log: bool, where: str) -> tuple[float, ...]:
    """Return `count` values from low to high, equally far apart, or equal factors apart. Raises InputError."""
    if not low < high:
        raise InputError(f"{where}: LOW must be below HIGH, found {low:g} and {high:g}")
    if log and low <= 0.0:
        raise InputError(f"{where}: LOW must be above 0 for log, found {low:g}")
    if count > MOST_POINTS:
        raise InputError(f"{where}: has {count} values, at most {MOST_POINTS}")
    steps = [place / (count - 1) for place in range(count)]
    values = [low * (high / low) ** one if log else low + (high - low) * one for one in steps]
    return (low, *(_neat(value) for value in values[1:-1]), high)


def rising(values: Sequence[float], where: str) -> tuple[float, ...]:
    """Return the values in rising order. Raises InputError for fewer than two or one given twice."""
    if len(set(values)) < len(values):
        raise InputError(f"{where}: the same value is given twice; give each once")
    if len(values) < 2:
        raise InputError(f"{where}: expected two or more values, found {len(values)}")
    return tuple(sorted(values))


def _neat(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")


def _axis(move: Move, values: tuple[float, ...], parameter: Parameter | None) -> Axis:
    unit = Text(en=parameter.unit, sv=parameter.unit) if parameter else Text(en="", sv="")
    return Axis(
        id=move.title,
        title=Text(en=move.title, sv=move.title),
        unit=_TIMES if move.times else unit,
        values=values,
    )
