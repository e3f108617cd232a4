"""Write the table of docs/studies.md from what `mellanrum study` has left.

mellanrum study --all --sample 0.3 --replications 1 --out outputs/studies
python docs/make_studies_table.py outputs/studies
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from sim.cli.study_words import number, share, span

TARGET = Path(__file__).resolve().parent / "studies.md"
START, END = "<!-- table of studies -->", "<!-- end of the table -->"
_HEAD = (
    *("study", "design", "outcome", "people", "published", "the study in the model", "inside", "true effect"),
    *("without effect", "not the means"),
)


def table(folders: Sequence[Path]) -> str:
    """Return the figures of folders as a table; a study that a later folder holds too stands as it is there."""
    found = pd.concat([pd.read_csv(folder / "studies.csv").assign(at=at) for at, folder in enumerate(folders)])
    latest = found[found["at"] == found.groupby("study")["at"].transform("max")]
    rows = latest.sort_values("study", kind="stable").to_dict("records")
    lines = [f"| {' | '.join(_HEAD)} |", "|" + "---|" * len(_HEAD)]
    return "\n".join([*lines, *(_line({str(key): value for key, value in row.items()}) for row in rows)])


def _line(row: dict[str, Any]) -> str:
    how = row["estimator"]
    of_truth = "difference" if how == "share" and row["design"] != "survey" else how
    inside = {"true": "yes", "false": "no"}.get(str(row["inside"]).lower(), "-")
    cells = (
        f"`{row['study']}`",
        str(row["design"]).replace("_", " "),
        str(row["outcome"]).replace("_", " "),
        f"{row['people']:,}",
        span(row["published_low"], row["published_high"], how),
        f"{number(row['simulated'], how)} ({span(row['low'], row['high'], how)})",
        inside if row["as_published"] else f"({inside})",
        f"{number(row['true_effect'], of_truth)} ({span(row['true_low'], row['true_high'], of_truth)})",
        number(row["reported_without_effect"], how),
        share(row["share_not_by_means"]),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    text = TARGET.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    _, _, after = rest.partition(END)
    whole = f"{before}{START}\n{table([Path(one) for one in sys.argv[1:]])}\n{END}{after}"
    TARGET.write_text(whole, encoding="utf-8", newline="\n")
