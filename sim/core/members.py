"""Put the members of an enumeration where they are found at once."""

from __future__ import annotations

from enum import Enum
from typing import TypeVar

import numpy as np

E = TypeVar("E", bound=Enum)


def at_hand(words: type[E]) -> type[E]:
    """Decorate an enumeration: its members become plain class attributes.

    Before Python 3.12 each look at `Word.MEMBER` goes through a search that costs as much as the step it is part of;
    the words of the hot path are looked at millions of times.
    """
    for member in words:
        type.__setattr__(words, member.name, member)
    # numpy asks each operand how it goes with arrays; without this answer, its own, it searches in vain every time.
    type.__setattr__(words, "__array_ufunc__", np.ndarray.__array_ufunc__)
    return words
