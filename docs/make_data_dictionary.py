"""Write docs/data_dictionary.md from the code: log tables, result files, outcomes and closed lists.

    python docs/make_data_dictionary.py

The text is made from what the program itself declares, so it cannot say anything else than the program does. Its
parts are in docs/generate/.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generate.log_tables import closed_lists, event_log, outcomes
from generate.markdown import page, prose, write
from generate.result_tables import result_tables

TARGET = Path(__file__).with_name("data_dictionary.md")


def dictionary() -> str:
    """Return the whole text."""
    return page([_opening(), result_tables(), outcomes(), event_log(), closed_lists()])


def _opening() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `python docs/make_data_dictionary.py` from the program itself; do not edit by hand."
    yield ""
    yield from prose(
        """
        An output folder holds `manifest.json` (what was run, with what, when), `scenarios/` (as given and
        as resolved), `outcomes.csv`, `differences.csv`, `distributions.csv`, `validation.csv`, `evidence.csv`,
        `patterns.csv`, `studies.csv`, `twins.csv`, `equity.csv`, `warmup.csv`, the tables on money (`value.csv`,
        `value_points.csv`, `acceptability.csv`, `payback.csv`, `budget_impact.csv`, `who_pays.csv`,
        `time_freed.csv`), `runs.parquet`, `figures/`, `report.html`, and `runs/` (every finished run, for
        `--resume`). With
        `--persons` also `persons.parquet`; with `--events` also
        `events/<scenario>/<replication>/<table>.parquet`. Text files are UTF-8, numbers have a point as
        decimal sign, and a missing number is an empty cell.
        """
    )
    yield ""


if __name__ == "__main__":
    write(TARGET, dictionary())
