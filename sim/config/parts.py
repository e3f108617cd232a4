"""Name the numbers of a parameter that has several, and change them within their ranges."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import replace

from sim.config.errors import InputError, suggestion
from sim.core.parameter import Parameter, Value

ALL_NUMBERS = "*"
"""Written after the name of a parameter with several numbers: a factor on all of them."""
_NAME_OF_PART = re.compile(r"(?P<name>[^\[\]]+)\[(?P<part>[^\[\]]+)\]")
_ROUNDING = 1e-9
_SHARES = ("share", "probability", "0-1")
"""First words of units of numbers that end at 1."""


def split_name(text: str) -> tuple[str, str | None]:
    """Return name and part of `name[part]`; the part is None where the text names no part."""
    match = _NAME_OF_PART.fullmatch(text)
    return (match["name"], match["part"]) if match else (text, None)


def finite_number(text: str, where: str, *, typed: str | None = None) -> float:
    """Return the number that a text says; `typed` is the text before it was tidied.

    Raises InputError, which begins with `where`.
    """
    found = (text if typed is None else typed).strip()
    try:
        value = float(text)
    except ValueError:
        raise InputError(f"{where}: expected a number, found {found or 'nothing'}") from None
    if not math.isfinite(value):
        raise InputError(f"{where}: expected a finite number, found {found}")
    return value


def labelled_numbers(value: Value) -> dict[str, float]:
    """Return the numbers of a parameter that has several, by label or place counted from 1; of others nothing."""
    if isinstance(value, Mapping):
        return {str(label): float(number) for label, number in value.items()}
    return {str(i): float(one) for i, one in enumerate(value, start=1)} if isinstance(value, tuple) else {}


def check_part(name: str, part: str | None, known: Mapping[str, Parameter], where: str) -> list[str]:
    """Return the labels of a parameter's numbers, none for one number.

    Raises InputError, which begins with `where`, for a name that nobody knows and a part that the parameter has not.
    """
    if name not in known:
        raise InputError(f"{where}: unknown parameter; {suggestion(name, known)}")
    labels = list(labelled_numbers(known[name].value))
    if part is not None and part not in labels:
        right = suggestion(part, labels) if labels else f"it is one number; write {name}"
        raise InputError(f"{where}: there is no {part} in {name}; {right}")
    return labels


def range_of(parameter: Parameter, part: str | None) -> tuple[float, float]:
    """Return the ends of the range of a parameter, of one of its numbers, or of a factor on all of them.

    A factor ends where the first number would leave its range.
    """
    if part != ALL_NUMBERS:
        return _bound(parameter.low, parameter, part), _bound(parameter.high, parameter, part)
    numbers = {label: one for label, one in labelled_numbers(parameter.value).items() if one != 0}
    lows = [_bound(parameter.low, parameter, label) / one for label, one in numbers.items()]
    highs = [_bound(parameter.high, parameter, label) / one for label, one in numbers.items()]
    return max(lows), min(highs)


def start_value(parameter: Parameter, part: str | None) -> float:
    """Return the value of a parameter that is one number, of one of its numbers, or 1 of a factor on all of them."""
    if part == ALL_NUMBERS:
        return 1.0
    if part is not None:
        return labelled_numbers(parameter.value)[part]
    assert isinstance(parameter.value, (int, float)), "a column without part is one number"
    return float(parameter.value)


def _bound(bound: Value, parameter: Parameter, part: str | None) -> float:
    """Return the end of the range that holds for one number of the parameter."""
    if isinstance(bound, Mapping) and part is not None:
        return bound[part]
    if isinstance(bound, tuple) and part is not None:
        return bound[int(part) - 1]
    if isinstance(bound, (int, float)):
        return float(bound)
    raise TypeError(f"{parameter.name}: a range of several numbers for one")


def _possible(parameter: Parameter) -> tuple[float, float]:
    """Return what a parameter may be at all, plausible or not: shares end at 1, and what is never negative at 0."""
    lows = labelled_numbers(parameter.low).values() if isinstance(parameter.low, (Mapping, tuple)) else [parameter.low]
    is_share = parameter.unit.split(" ")[0] in _SHARES
    return 0.0 if min(lows) >= 0.0 else -math.inf, 1.0 if is_share else math.inf


def with_number(
    parameter: Parameter,
    part: str | None,
    value: float,
    where: str,
    *,
    times: bool = False,
    beyond_range: bool = False,
) -> Parameter:
    """Return the parameter with one of its numbers, or all of them without a part, set to a value or `times` it.

    Raises InputError, which begins with `where`, for a number outside its range unless it may go beyond.
    """

    def new(label: str | None, old: float) -> float:
        if part is not None and label != part:
            return old
        number = old * value if times else value
        low, high = _possible(parameter) if beyond_range else range_of(parameter, label)
        # At the end of a factor's own range the last digit may fall outside.
        if times and low - _ROUNDING <= number <= high + _ROUNDING:
            return min(max(number, low), high)
        if not low <= number <= high:
            which = f" ({label})" if label is not None and part is None else ""
            raise InputError(f"{where}: must be within {low:g} to {high:g}, found {number:g}{which}")
        return number

    old = parameter.value
    if isinstance(old, Mapping):
        return replace(parameter, value={label: new(label, one) for label, one in old.items()})
    if isinstance(old, tuple):
        return replace(parameter, value=tuple(new(str(i), one) for i, one in enumerate(old, start=1)))
    return replace(parameter, value=new(None, old))
