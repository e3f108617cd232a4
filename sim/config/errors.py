"""Say what is wrong with the user's input, and what would be right."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class InputError(Exception):
    """Carry one message for the user: where the input is wrong, how, and what would be right."""


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return `did you mean x?`, or the list of what is known when nothing is near."""
    names = sorted(set(known))
    near = get_close_matches(word, names, n=1, cutoff=0.6) or get_close_matches(word.lower(), names, n=1, cutoff=0.6)
    if near:
        return f"did you mean {near[0]}?"
    if not names:
        return "none is known"
    shown = ", ".join(names[:20])
    return f"known are {shown}" + (f" and {len(names) - 20} more" if len(names) > 20 else "")
