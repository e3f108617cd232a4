"""Set patterns of use over people and time beside what is published on them; nothing is fitted to any of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.effects import what_is_wrong
from calibration.spread import level
from sim.config.yaml_file import read_yaml
from sim.outcomes.patterns import UNITS

PATTERNS_FILE = Path(__file__).parent / "evidence" / "patterns.yaml"
COLUMNS = (
    *("pattern", "group", "unit", "published", "low", "high", "simulated", "sim_low", "sim_high", "n", "inside"),
    *("strength", "range", "source", "note"),
)
Number = Annotated[float, Field(allow_inf_nan=False)]


class Published(BaseModel):
    """One published figure on a pattern."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    pattern: str
    group: str
    published: Number | None
    """None when the source gives a range only."""
    low: Number
    high: Number
    strength: Literal["strong", "moderate", "weak", "assumption"]
    range: Literal["published", "interval", "assumption"]
    source: str
    note: str

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        inside = self.low if self.published is None else self.published
        if not self.low <= inside <= self.high:
            raise ValueError("expected low <= published <= high")
        if self.pattern not in UNITS:
            raise ValueError(f"there is no pattern {self.pattern}")
        return self


class _File(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    patterns: tuple[Published, ...] = Field(strict=False)


def read_published(path: Path = PATTERNS_FILE) -> dict[tuple[str, str], Published]:
    """Return the checked figures by pattern and group. Raises InputError that names file and line."""
    document = read_yaml(path)
    try:
        found = _File.model_validate(dict(document.data)).patterns
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
    return {(one.pattern, one.group): one for one in found}


def pattern_table(runs: pd.DataFrame, published: dict[tuple[str, str], Published] | None = None) -> pd.DataFrame:
    """Return one row per pattern and group with columns `COLUMNS`.

    `runs` has the columns pattern, group, value and replication, and parameter_set where runs have one. Without a
    published figure `low` and `high` are NaN and `inside` is None.
    """
    known = read_published() if published is None else published
    rows = []
    for (pattern, group), own in runs.groupby(["pattern", "group"], sort=False):
        name, whom = str(pattern), str(group)
        sets = own["parameter_set"].to_numpy(np.int64) if "parameter_set" in own else None
        found = level(own["value"].to_numpy(np.float64), sets)
        beside = known.get((name, whom))
        rows.append(
            {
                "pattern": name,
                "group": whom,
                "unit": UNITS[name],
                "published": np.nan if beside is None or beside.published is None else beside.published,
                "low": np.nan if beside is None else beside.low,
                "high": np.nan if beside is None else beside.high,
                "simulated": found.mean,
                "sim_low": found.low,
                "sim_high": found.high,
                "n": found.n,
                "inside": None if beside is None else beside.low <= found.mean <= beside.high,
                "strength": "" if beside is None else beside.strength,
                "range": "" if beside is None else beside.range,
                "source": "" if beside is None else beside.source,
                "note": "" if beside is None else beside.note,
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))
