"""Take single values out of a document, each checked for its type and range."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sim.config.errors import InputError, suggestion
from sim.config.yaml_file import Document, KeyPath, describe


def number_hint(value: Any) -> str:
    """Return how a text that looks like a number should be written, or an empty text."""
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if re.fullmatch(r"-?\d+,\d+", text):
        return f"; write a decimal point: {text.replace(',', '.')}"
    if re.fullmatch(r"\d+:\d+(:\d+)?", text):
        hours, minutes = text.split(":")[:2]
        return f"; write one number in the unit, e.g. {int(hours) * 60 + int(minutes)} (as minutes)"
    if match := re.fullmatch(r"(-?\d+(?:[.,]\d+)?)\s*%", text):
        return f"; write a share: {float(match[1].replace(',', '.')) / 100:g}"
    if re.fullmatch(r"-?\d{1,3}([ \u00a0]\d{3})+", text):
        return f"; write it without spaces: {re.sub(r'[^0-9-]', '', text)}"
    if re.fullmatch(r"-?\d+(\.\d+)?", text):
        return f"; write it without quotes: {text}"
    return ""


def number(
    document: Document,
    where: KeyPath,
    *,
    low: float | None = None,
    high: float | None = None,
    above: float | None = None,
) -> float:
    """Return a finite number within `low`..`high` (inclusive) and above `above`."""
    value = document.at(where)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise document.error(where, f"expected a number, found {describe(value)}{number_hint(value)}")
    if not math.isfinite(value):
        raise document.error(where, f"expected a finite number, found {value}")
    if low is not None and high is not None and not low <= value <= high:
        raise document.error(where, f"must be within {low:g} to {high:g}, found {value:g}")
    if low is not None and value < low:
        raise document.error(where, f"must be at least {low:g}, found {value:g}")
    if high is not None and value > high:
        raise document.error(where, f"must be at most {high:g}, found {value:g}")
    if above is not None and value <= above:
        raise document.error(where, f"must be above {above:g}, found {value:g}")
    return float(value)


def text(document: Document, where: KeyPath) -> str:
    """Return a text that is not empty."""
    value = document.at(where)
    if not isinstance(value, str) or not value.strip():
        raise document.error(where, f"expected a text, found {describe(value) if value else 'nothing'}")
    return value.strip()


def mapping(document: Document, where: KeyPath, *, what: str) -> Mapping[str, Any]:
    """Return a mapping; `what` says what its keys stand for, e.g. `means with their settings`."""
    value = document.at(where)
    if not isinstance(value, Mapping):
        raise document.error(where, f"expected {what} (a mapping), found {describe(value)}")
    return value


def only_keys(document: Document, where: KeyPath, allowed: Iterable[str]) -> None:
    """Refuse keys that are not among `allowed`."""
    names = list(allowed)
    for key in document.at(where):
        if key not in names:
            raise unknown(document, (*where, key), names, "key")


def required_keys(document: Document, where: KeyPath, required: Iterable[str]) -> None:
    """Refuse a mapping that lacks one of `required`."""
    for key in required:
        if key not in document.at(where):
            raise document.error((*where, key), "is missing; add it")


def unknown(document: Document, where: KeyPath, known: Iterable[str], what: str) -> InputError:
    """Return the error for a name that nobody knows; `what` is what it should name."""
    return document.error(where, f"unknown {what}; {suggestion(str(where[-1]), known)}")
