"""Print virtual studies: a table, and a sentence on each that says what its figure is made of."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.cli.printing import print_table, print_text

if TYPE_CHECKING:
    import pandas as pd

_HEADS = (
    *("study", "outcome", "design", "published", "range", "in the model", "95 % interval", "inside", "true effect"),
    *("95 % interval", "not the means"),
)


def print_studies(table: pd.DataFrame, folder: Path) -> None:
    """Print all figures, a sentence on each, how many lie inside, and where the tables are."""
    rows = [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]
    print_table("Published studies, run inside the model", _HEADS, [_cells(row) for row in rows])
    print()
    for row in rows:
        print_text(sentence(row))
    # A study that was run by another design than the published one stands for no published figure.
    told = [row for row in rows if row["inside"] is not None and row["as_published"]]
    inside = sum(bool(row["inside"]) for row in told)
    print(f"\n{inside} of {len(told)} figures lie inside the published range.")
    print(f"Report: {folder / 'report.html'}")
    print(f"Tables and figures: {folder}")


def _cells(row: dict[str, Any]) -> list[str]:
    how = row["estimator"]
    of_truth = "difference" if how == "share" and row["design"] != "survey" else how
    return [
        row["study"],
        row["outcome"],
        row["design"].replace("_", " "),
        number(row["published"], how),
        span(row["published_low"], row["published_high"], how),
        number(row["simulated"], how),
        span(row["low"], row["high"], how),
        "-" if row["inside"] is None else "yes" if row["inside"] else "no",
        number(row["true_effect"], of_truth),
        span(row["true_low"], row["true_high"], of_truth),
        share(row["share_not_by_means"]),
    ]


def sentence(row: dict[str, Any]) -> str:
    """Say what was published, what the same study gives here, what the means does, and what the rest is."""
    how = row["estimator"]
    published = span(row["published_low"], row["published_high"], how)
    start = f"{row['study']}, {row['outcome']}: published {published}"
    if row["inside"] is None:
        return f"{start}; too few people or events in these runs to tell."
    found = f"the same design in the model gives {number(row['simulated'], how)}"
    true = number(row["true_effect"], "difference" if how == "share" else how)
    nothing = number(row["reported_without_effect"], how)
    if row["design"] == "cross_section":
        return f"{start}; {found}; the means would change it by {true} for those with the least."
    if row["design"] == "survey":
        return f"{start}; {found}; had everybody answered who was asked: {number(row['true_effect'], how)}."
    rest = f"without any effect the study would have reported {nothing}"
    return f"{start}; {found}; to the same people the means does {true}; {rest}."


def number(value: float, how: str) -> str:
    """Return a figure as it is usually written: a ratio, a change or share in per cent, a difference."""
    if value is None or math.isnan(value):
        return "-"
    if how == "relative_change":
        return f"{100 * value:+.0f} %"
    if how == "share":
        return f"{100 * value:.0f} %"
    return f"{value:+.2f}" if how == "difference" else f"{value:.2f}"


def span(low: float, high: float, how: str) -> str:
    """Return a range of figures."""
    ends = number(low, how), number(high, how)
    return "-" if "-" in ends else f"{ends[0]} to {ends[1]}"


def share(value: float) -> str:
    """Return a share in per cent; a dash where there is no clear effect to divide."""
    return "-" if math.isnan(value) else f"{100 * value:.0f} %"
