"""Read the tables of a stress test back: harm and gain in four worlds, weekly courses, recovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from sim.analysis.stress import WEEKS
from sim.report.facts import read_titles
from sim.report.results import Results, read_results
from sim.report.sources import Source, at
from sim.report.tables import Row, first, read_manifest, read_table, where

_KEY = ("scenario", "disturbance", "span", "group_by", "group", "outcome")
_TEXTS = (
    *("scenario", "against", "disturbance", "span", "group_by", "group", "outcome", "unit", "aim", "better", "told"),
    "series",
)


@dataclass(frozen=True, kw_only=True)
class StressRead:
    """The tables of one `mellanrum stress`, columns as in docs/data_dictionary.md."""

    results: Results
    table: pd.DataFrame
    recovery: pd.DataFrame
    weekly: pd.DataFrame
    about: Mapping[str, Any]
    """What the receipt says of the test."""

    @property
    def against(self) -> str:
        """Id of the scenario that gains are counted from."""
        return str(self.about["against"]["id"])

    @property
    def choices(self) -> tuple[str, ...]:
        """Ids of the scenarios whose gain is stressed."""
        return tuple(str(one["id"]) for one in self.about["choices"])

    @property
    def disturbances(self) -> tuple[Mapping[str, Any], ...]:
        """Every disturbance as the receipt holds it, with the weeks in which it strikes."""
        return tuple(self.about["disturbances"])

    @property
    def groups(self) -> tuple[tuple[str, str], ...]:
        """The groups asked for: group_by and group."""
        return tuple((str(by), str(group)) for by, group in self.about["groups"])

    def title(self, scenario: str, lang: str) -> str:
        """Return what a reader calls a scenario."""
        named = {str(one["id"]): one for one in (self.about["against"], *self.about["choices"])}
        return read_titles(named[scenario]["title"])[lang]

    def row(
        self, scenario: str, disturbance: str, outcome: str, group: tuple[str, str], span: str = WEEKS
    ) -> Row | None:
        """Return one row of stress.csv, or None where no world has a value."""
        who = {"group_by": group[0], "group": group[1]}
        return first(where(self.table, scenario=scenario, disturbance=disturbance, outcome=outcome, span=span, **who))

    def back(self, scenario: str, disturbance: str, series: str) -> Row | None:
        """Return one row of recovery.csv, or None."""
        return first(where(self.recovery, scenario=scenario, disturbance=disturbance, series=series))

    def course(self, scenario: str, disturbance: str, series: str) -> pd.DataFrame:
        """Return the weeks of one world; an empty disturbance is the calm one."""
        return where(self.weekly, scenario=scenario, disturbance=disturbance, series=series)


def stress_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of stress.csv stand."""
    return at("stress.csv", row, _KEY, *numbers)


def recovery_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a row of recovery.csv stand."""
    return at("recovery.csv", row, ("scenario", "disturbance", "series"), *numbers)


def read_stress(folder: Path) -> StressRead:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    return StressRead(
        results=read_results(folder),
        table=read_table(folder / "stress.csv", _TEXTS),
        recovery=read_table(folder / "recovery.csv", _TEXTS),
        weekly=read_table(folder / "weekly.csv", _TEXTS),
        about=manifest["stress"],
    )
