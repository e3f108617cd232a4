"""Check file content against a pydantic model, and say defects as one clear sentence."""

from __future__ import annotations

import types
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from sim.config.errors import InputError, suggestion
from sim.config.reading import number_hint
from sim.config.yaml_file import Document, KeyPath, describe

Model = TypeVar("Model", bound=BaseModel)

_EXPECTED = {
    "float_type": "a number",
    "float_parsing": "a number",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "names with values (a mapping)",
    "finite_number": "a finite number",
}
_BOUNDS = {
    "greater_than": ("above", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("below", "lt"),
    "less_than_equal": ("at most", "le"),
}


def validate(document: Document, model: type[Model], where: KeyPath = ()) -> Model:
    """Return the content under `where` as a `model`; raise InputError for the first defect."""
    try:
        return model.model_validate(document.at(where))
    except ValidationError as problem:
        raise _first(document, model, where, problem) from None


def _first(document: Document, model: type[BaseModel], where: KeyPath, problem: ValidationError) -> InputError:
    # A misspelt key is both unknown and missing: the unknown one tells more, so it comes first.
    found = sorted(
        problem.errors(include_url=False),
        key=lambda e: (e["type"] != "extra_forbidden", document.line((*where, *e["loc"]))),
    )
    error = found[0]
    place = (*where, *error["loc"])
    return document.error(place, _sentence(model, error))


def _sentence(model: type[BaseModel], error: Any) -> str:
    kind, value, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key; {suggestion(str(error['loc'][-1]), _keys_at(model, error['loc'][:-1]))}"
    if kind == "missing":
        return "is missing; add it"
    if kind in ("model_type", "model_attributes_type"):
        keys = ", ".join(_keys_at(model, error["loc"]))
        return f"expected a mapping with {keys}; found {describe(value)}"
    if kind == "literal_error":
        choices = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
        return f"found {describe(value)}; expected one of {', '.join(choices)}"
    if kind == "too_short":
        return f"must hold at least {context['min_length']}, found {context['actual_length']}"
    if kind in _BOUNDS:
        words, key = _BOUNDS[kind]
        return f"must be {words} {context[key]:g}, found {value:g}"
    expected = _EXPECTED.get(kind)
    if expected is None:
        return f"{error['msg']}; found {describe(value)}"
    hint = number_hint(value) if "number" in expected else ""
    return f"expected {expected}, found {describe(value)}{hint}"


def _keys_at(model: type[BaseModel], location: tuple[str | int, ...]) -> list[str]:
    """Return the keys that the model knows at a location."""
    kind: Any = model
    for part in location:
        kind = _plain(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = kind.model_fields[str(part)].annotation
        else:
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
    kind = _plain(kind)
    return list(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _plain(kind: Any) -> Any:
    """Strip Annotated and Optional from a type."""
    while True:
        if get_origin(kind) is Annotated:
            kind = get_args(kind)[0]
        elif get_origin(kind) in (Union, types.UnionType):
            kind = next(a for a in get_args(kind) if a is not type(None))
        else:
            return kind
