"""Write line numbers of a source shortly."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

FAR = 60
"""Lines further apart than this are another passage: about a page of the reports' text."""


def in_groups(lines: Sequence[int]) -> str:
    """Return rising line numbers as passages, first and last line of each: `20–30, 140`."""
    passages = [[lines[0], lines[0]]]
    for before, line in pairwise(lines):
        if line - before > FAR:
            passages.append([line, line])
        else:
            passages[-1][1] = line
    return ", ".join(str(first) if first == last else f"{first}–{last}" for first, last in passages)
