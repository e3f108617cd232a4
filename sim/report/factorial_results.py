"""Read the tables of a factorial design back, and name its means."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from sim.report.facts import Titles, read_titles
from sim.report.results import Results, read_results
from sim.report.tables import Row, read_manifest, read_table, records, where

TABLES = ("effects", "interactions", "joint", "shapley", "smallest_sets")
_TEXTS = ("outcome", "unit", "aim", "better", "means", "first", "second", "mixed_with", "method", "not_told_apart")


@dataclass(frozen=True, slots=True, kw_only=True)
class Factorial:
    """The tables of one `mellanrum means --factorial`, columns as in docs/data_dictionary.md."""

    results: Results
    effects: pd.DataFrame
    interactions: pd.DataFrame
    joint: pd.DataFrame
    shapley: pd.DataFrame
    smallest_sets: pd.DataFrame
    titles: dict[str, Titles]
    """Of each factor, in the order of the design."""
    cells: int
    resolution: int | None
    """None = every combination was run."""
    reach: float

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that were looked at, in order."""
        return tuple(dict.fromkeys(map(str, self.joint["outcome"])))

    def rows(self, table: str, outcome: str) -> list[Row]:
        """Return the rows of one outcome in a table, by the table's name, in its order."""
        whole: pd.DataFrame = getattr(self, table)
        return records(where(whole, outcome=outcome))

    def by_means(self, table: str, outcome: str) -> dict[str, Row]:
        """Return the rows of `effects` or `shapley` of one outcome by factor."""
        return {str(row["means"]): row for row in self.rows(table, outcome)}

    def by_pair(self, outcome: str) -> dict[tuple[str, str], Row]:
        """Return the rows of `interactions` of one outcome by pair."""
        return {(str(row["first"]), str(row["second"])): row for row in self.rows("interactions", outcome)}

    def title(self, factor: str, lang: str) -> str:
        """Return what a reader calls a factor."""
        return self.titles.get(factor, {}).get(lang) or factor.replace("_", " ").capitalize()

    def set_title(self, joined: str, lang: str) -> str:
        """Return what a reader calls a set written `a+b`."""
        return " + ".join(self.title(factor, lang) for factor in joined.split("+"))


def read_factorial(folder: Path) -> Factorial:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    about = manifest["factorial"]
    tables = {name: read_table(folder / f"{name}.csv", _TEXTS) for name in TABLES}
    return Factorial(
        results=read_results(folder),
        **tables,
        titles={factor: read_titles(entry) for factor, entry in about["factors"].items()},
        cells=int(about["cells"]),
        resolution=about["resolution"],
        reach=float(about["reach"]),
    )
