"""Count how many published figures the model meets: fitted, held out, and those that are counted apart."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

GROUPS = ("fit", "held_out", "plausibility", "association", "assumption")


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the simulated figures of a group lie inside."""

    group: str
    inside: int
    of: int

    @property
    def share(self) -> float:
        """Return the share inside; NaN without any figure."""
        return self.inside / self.of if self.of else float("nan")


def count_inside(table: pd.DataFrame) -> tuple[Count, ...]:
    """Return the counts in the order of `GROUPS`, those without any figure left out.

    Associations and assumptions are in no other group. Figures the runs have no number for are not counted.
    """
    told = table[table["inside"].notna()]
    group = told["apart"].where(told["apart"] != "", told["used_for"])
    inside = told["inside"].astype(bool)
    found = (Count(name, int(inside[group == name].sum()), int((group == name).sum())) for name in GROUPS)
    return tuple(count for count in found if count.of)
