"""Describe a parameter: a value with its plausible range, unit and source, and read groups of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar, get_type_hints

import numpy as np
import numpy.typing as npt

Value = float | tuple[float, ...] | Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One entry of the register. `low` and `high` have the shape of `value` or are single numbers."""

    name: str
    value: Value
    low: Value
    high: Value
    unit: str
    source: str
    meaning: str


T = TypeVar("T")


def read_group(cls: type[T], prefix: str, register: Mapping[str, Parameter]) -> T:
    """Fill the dataclass `cls` from the register's entries `prefix.field`.

    Fields annotated `float` take single numbers, `Array` takes lists as float64 arrays, and
    `dict[str, float]` takes mappings. Raises KeyError naming a missing entry, TypeError for a wrong shape.
    """
    hints = get_type_hints(cls)
    values: dict[str, Any] = {}
    for field in fields(cls):  # type: ignore[arg-type]  # T is always a dataclass here
        name = f"{prefix}.{field.name}"
        value = register[name].value
        wanted = hints[field.name]
        if wanted is float:
            if not isinstance(value, (int, float)):
                raise TypeError(f"{name}: expected one number, found {value!r}")
            values[field.name] = float(value)
        elif wanted == dict[str, float]:
            if not isinstance(value, Mapping):
                raise TypeError(f"{name}: expected names with numbers, found {value!r}")
            values[field.name] = dict(value)
        else:
            if not isinstance(value, tuple):
                raise TypeError(f"{name}: expected a list of numbers, found {value!r}")
            values[field.name] = np.asarray(value, dtype=np.float64)
    return cls(**values)


Array = npt.NDArray[np.float64]
