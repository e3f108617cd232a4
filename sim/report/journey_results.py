"""Read the tables of one person's year back, and answer what the page asks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, read_results
from sim.report.tables import read_manifest, read_table

_TEXTS = (
    *("scenario", "date", "clock", "event", "what", "principal", "unit", "profession"),
    *("to_principal", "to_unit", "to_profession", "note", "kind", "measure", "group"),
)


@dataclass(frozen=True, kw_only=True)
class Journey:
    """The tables of one `mellanrum journey`, columns as in docs/data_dictionary.md."""

    results: Results
    events: pd.DataFrame
    spans: pd.DataFrame
    weeks: pd.DataFrame
    summary: pd.DataFrame
    said: Mapping[str, Any]
    """What the receipt says of the person and of how the person was chosen."""

    @property
    def worlds(self) -> tuple[str, str]:
        """The two scenarios, today's first."""
        today, beside = self.said["scenarios"]
        return str(today), str(beside)

    def of(self, table: pd.DataFrame, world: str) -> pd.DataFrame:
        """Return the rows of one world."""
        return table[table["scenario"] == world]

    def happened(self, world: str, event: str) -> pd.DataFrame:
        """Return the events of one kind in one world."""
        own = self.of(self.events, world)
        return own[own["event"] == event]

    def lasted(self, world: str, kind: str) -> pd.DataFrame:
        """Return the spans of one kind in one world."""
        own = self.of(self.spans, world)
        return own[own["kind"] == kind]

    def value(self, world: str, measure: str, group: str = "all") -> float:
        """Return a number of the summary."""
        row = self.summary[(self.summary["measure"] == measure) & (self.summary["group"] == group)]
        return float(row["without" if world == self.worlds[0] else "with"].iloc[0])

    def groups(self, measure: str) -> tuple[str, ...]:
        """Return the groups that a measure is told for, the whole left out."""
        rows = self.summary.loc[self.summary["measure"] == measure, "group"]
        return tuple(group for group in map(str, rows) if group != "all")


def read_journey(folder: Path) -> Journey:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    return Journey(
        results=read_results(folder),
        events=read_table(folder / "journey.csv", _TEXTS),
        spans=read_table(folder / "journey_spans.csv", _TEXTS),
        weeks=read_table(folder / "journey_weeks.csv", _TEXTS),
        summary=read_table(folder / "journey_summary.csv", _TEXTS),
        said=manifest["journey"],
    )
