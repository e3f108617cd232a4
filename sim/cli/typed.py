"""Take apart what is typed as the value of an option."""

from __future__ import annotations

import math
from collections.abc import Sequence


def words_of(given: Sequence[str]) -> list[str]:
    """Return the words of an option: it is given several times, or its words stand with commas between them."""
    return [word.strip() for one in given for word in one.split(",")]


def number_of(text: str) -> float:
    """Return the number that a text is; NaN where it is none, so that one check finds all that is no use."""
    try:
        return float(text)
    except ValueError:
        return math.nan
