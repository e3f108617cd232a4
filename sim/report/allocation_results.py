"""Read the tables of an allocation back: what could be chosen, what was tried, what was confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sim.report.results import Results, read_results
from sim.report.sources import Source, at
from sim.report.tables import Row, read_manifest, read_table, records

_TEXTS = ("mix", "label", "title")


@dataclass(frozen=True, kw_only=True)
class AllocationRead:
    """The tables of one `mellanrum allocate`, columns as in docs/data_dictionary.md."""

    results: Results
    tried: pd.DataFrame
    """allocation.csv"""
    front: pd.DataFrame
    """front.csv, the best first, those beyond the budget last."""
    about: Mapping[str, Any]
    """What the receipt says of the allocation."""

    @cached_property
    def rows(self) -> list[Row]:
        """The confirmed mixes."""
        return records(self.front)

    @property
    def best(self) -> Row | None:
        """The best mix within the budget, if there is one."""
        return next((row for row in self.rows if row["best"]), None)

    @property
    def aims(self) -> list[Row]:
        """The aims, with weight and outcomes."""
        return list(self.about["aims"])

    @property
    def weighed(self) -> list[str]:
        """Ids of the aims that weigh anything."""
        return [str(aim["id"]) for aim in self.aims if aim["weight"] > 0.0]

    @property
    def choices(self) -> list[Row]:
        """What could be chosen."""
        return list(self.about["choices"])

    @property
    def limits(self) -> dict[str, float]:
        """The budget, by `sek` and `hours`, as far as it is given."""
        return {name: float(limit) for name, limit in self.about["budget"].items() if limit is not None}

    def row(self, mix: str | None) -> Row | None:
        """Return a confirmed mix by id."""
        return next((row for row in self.rows if row["mix"] == mix), None)

    def title(self, row: Row, lang: str) -> str:
        """Return what a mix holds, in words."""
        return self.results.scenario_title(str(row["mix"]), lang)


def front_source(row: Row, *numbers: str) -> Source:
    """Return where numbers of a confirmed mix stand."""
    return at("front.csv", row, ("mix",), *numbers)


def read_allocation_results(folder: Path) -> AllocationRead:
    """Read the tables of a folder. Raises FileNotFoundError for an absent table or manifest."""
    manifest = read_manifest(folder)
    return AllocationRead(
        results=read_results(folder),
        tried=read_mixes(folder / "allocation.csv"),
        front=read_mixes(folder / "front.csv"),
        about=manifest["allocation"],
    )


def read_mixes(path: Path) -> pd.DataFrame:
    """Read a table with one row per mix."""
    return read_table(path, _TEXTS)
