"""Set the baseline beside published figures, in the columns of validation.csv."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

_NAMES = {
    "low": "published_low",
    "high": "published_high",
    "sim_low": "simulated_low",
    "sim_high": "simulated_high",
    "used_for": "used",
}


def beside_published(outcomes: pd.DataFrame) -> pd.DataFrame:
    """Return one row per published figure that the baseline runs can be held against.

    `inside` is `yes` or `no`; labels name the outcome and, if it is not everybody, the group.
    """
    from calibration.validation import compare_with_published
    from sim.outcomes.outcome import all_outcomes

    table = compare_with_published(outcomes).rename(columns=_NAMES)
    table = table[table["n"] > 0].reset_index(drop=True)
    registry = all_outcomes()
    groups = [
        "" if by == "all" else f" ({group})"
        for by, group in zip(table["group_by"], table["group"], strict=True)
    ]
    for lang in ("en", "sv"):
        labels = [getattr(registry[name], f"label_{lang}") for name in table["outcome"]]
        table[f"label_{lang}"] = [label + group for label, group in zip(labels, groups, strict=True)]
    inside = ["yes" if value else "no" for value in table["inside"]]
    return table.assign(inside=inside)
