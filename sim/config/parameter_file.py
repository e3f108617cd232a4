"""Read parameters: a value with its plausible range, unit, source and meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sim.config import folders
from sim.config.reading import mapping, number, only_keys, required_keys, text
from sim.config.yaml_file import Document, KeyPath, describe, read_yaml
from sim.core.parameter import Parameter, Value

KEYS = ("value", "low", "high", "unit", "source", "meaning")


def load_register() -> dict[str, Parameter]:
    """Return every parameter of the engine as `group.name`, from sim/parameters/<group>.yaml."""
    register: dict[str, Parameter] = {}
    for path in sorted(folders.parameters_folder().glob("*.yaml")):
        register.update(load_parameter_file(path))
    return register


def load_parameter_file(path: Path) -> dict[str, Parameter]:
    """Return the parameters of one file, named after the file: `group.name`."""
    document = read_yaml(path)
    result: dict[str, Parameter] = {}
    for key in document.data:
        if not re.fullmatch(r"[a-z][a-z0-9_]*", key):
            raise document.error((key,), "a parameter's name has lower-case letters, digits and _ only")
        name = f"{path.stem}.{key}"
        result[name] = read_parameter(document, (key,), name)
    return result


def read_parameter(document: Document, where: KeyPath, name: str) -> Parameter:
    """Return the parameter written out in full under `where`."""
    mapping(document, where, what=f"{', '.join(KEYS[:-1])} and {KEYS[-1]}")
    only_keys(document, where, KEYS)
    required_keys(document, where, KEYS)
    parameter = Parameter(
        name=name,
        value=read_value(document, (*where, "value")),
        low=read_value(document, (*where, "low")),
        high=read_value(document, (*where, "high")),
        unit=text(document, (*where, "unit")),
        source=text(document, (*where, "source")),
        meaning=text(document, (*where, "meaning")),
    )
    for key, bound in (("low", parameter.low), ("high", parameter.high)):
        if not isinstance(bound, float):
            same_shape(document, (*where, key), bound, parameter.value)
    for label, low, high in zip(
        _labels(parameter.value),
        _spread(parameter.low, parameter),
        _spread(parameter.high, parameter),
        strict=True,
    ):
        if low > high:
            raise document.error(where, f"low {low:g} is above high {high:g}{label}; swap them")
    within_range(document, (*where, "value"), parameter)
    return parameter


def read_value(document: Document, where: KeyPath) -> Value:
    """Return a number, a list of numbers as tuple, or a mapping from label to number."""
    found = document.at(where)
    if isinstance(found, tuple) and found:
        return tuple(number(document, (*where, i)) for i in range(len(found)))
    if isinstance(found, Mapping) and found:
        return {label: number(document, (*where, label)) for label in found}
    if isinstance(found, (tuple, Mapping)):
        raise document.error(where, "is empty; give a number, a list of numbers, or labels with numbers")
    return number(document, where)


def same_shape(document: Document, where: KeyPath, value: Value, pattern: Value) -> None:
    """Refuse a value that is not shaped like `pattern`: number, list of the same length, same labels."""
    if isinstance(pattern, float):
        if not isinstance(value, float):
            raise document.error(where, f"expected one number, found {describe(value)}")
    elif isinstance(pattern, tuple):
        if not isinstance(value, tuple) or len(value) != len(pattern):
            size = f"a list of {len(value)}" if isinstance(value, tuple) else describe(value)
            raise document.error(where, f"expected a list of {len(pattern)} numbers, found {size}")
    elif not isinstance(value, Mapping) or set(value) != set(pattern):
        raise document.error(where, f"expected a number for each of {', '.join(pattern)}")


def within_range(document: Document, where: KeyPath, parameter: Parameter) -> None:
    """Refuse a parameter whose value lies outside its own range."""
    lows, highs = _spread(parameter.low, parameter), _spread(parameter.high, parameter)
    labels = _labels(parameter.value)
    for value, low, high, label in zip(_numbers(parameter.value), lows, highs, labels, strict=True):
        if not low <= value <= high:
            raise document.error(where, f"must be within {low:g} to {high:g}, found {value:g}{label}")


def replaced(parameter: Parameter, value: Value) -> Parameter:
    """Return the parameter with another value and the same range, unit and source."""
    return replace(parameter, value=value)


def _numbers(value: Value) -> Iterator[float]:
    if isinstance(value, tuple):
        yield from value
    elif isinstance(value, Mapping):
        yield from value.values()
    else:
        yield value


def _labels(value: Value) -> list[str]:
    if isinstance(value, tuple):
        return [f" (number {i + 1} of the list)" for i in range(len(value))]
    if isinstance(value, Mapping):
        return [f" ({label})" for label in value]
    return [""]


def _spread(bound: Value, parameter: Parameter) -> list[float]:
    """Return a bound as one number per number of the value, in the value's order."""
    if isinstance(bound, tuple):
        return list(bound)
    if isinstance(bound, Mapping):
        labels = parameter.value if isinstance(parameter.value, Mapping) else bound
        return [bound[label] for label in labels]
    return [bound] * len(_labels(parameter.value))
