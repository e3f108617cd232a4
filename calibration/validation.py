"""Set the model beside published figures: each target with its source, range and what the model gives."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from sim.analysis.summary import scenario_means
from sim.batch.matrix import Matrix, compact

TARGETS_FILE = Path(__file__).parent / "evidence" / "baseline_targets.yaml"
COLUMNS = (
    "target",
    "outcome",
    "group_by",
    "group",
    "unit",
    "published",
    "low",
    "high",
    "simulated",
    "sim_low",
    "sim_high",
    "n",
    "inside",
    "strength",
    "range",
    "used_for",
    "source",
    "note",
)
Number = Annotated[float, Field(allow_inf_nan=False)]


class Target(BaseModel):
    """One published figure about today's care and the outcome that expresses it."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    id: str
    outcome: str
    group_by: str
    group: str
    published: Number | None
    """None when the source gives a range only."""
    low: Number
    high: Number
    unit: str
    population: str
    source: str
    strength: Literal["strong", "moderate", "weak", "assumption"]
    range: Literal["published", "interval", "assumption"]
    """Where `low` and `high` come from: the source's own range, its confidence interval, or our tolerance."""
    used_for: Literal["plausibility", "fit", "held_out"]
    note: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        inside = self.low if self.published is None else self.published
        if not self.low <= inside <= self.high:
            raise ValueError(f"{self.id}: expected low <= published <= high")
        return self


class Targets(BaseModel):
    """The file of targets."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    targets: list[Target]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        names = [target.id for target in self.targets]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"targets given twice: {', '.join(twice)}")
        return self


def load_targets(path: Path = TARGETS_FILE) -> tuple[Target, ...]:
    """Read and check the targets; whole numbers stand for themselves as decimals."""
    return tuple(Targets.model_validate(YAML(typ="safe").load(path)).targets)


def compare_with_published(
    outcomes: pd.DataFrame | Matrix, scenario: str = "baseline", targets: tuple[Target, ...] | None = None
) -> pd.DataFrame:
    """Return one row per target with columns `COLUMNS`.

    `outcomes` is a matrix of runs, or the long table with scenario and replication. `simulated` is the mean over
    runs with a 95 % t interval (NaN with one run); `inside` says whether that mean lies in the published range; an
    outcome the run has no row for gives NaN and `inside` None. Nothing here changes a parameter.
    """
    wanted = load_targets() if targets is None else targets
    means = scenario_means(compact(outcomes).of(scenario))
    cells = zip(means["outcome"], means["group_by"], means["group"], strict=True)
    levels = zip(means["mean"], means["low"], means["high"], means["n"], strict=True)
    by_cell = dict(zip(cells, levels, strict=True))
    nothing = (np.nan, np.nan, np.nan, 0)
    rows = [_row(target, *by_cell.get((target.outcome, target.group_by, target.group), nothing)) for target in wanted]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(target: Target, mean: float, low: float, high: float, n: int) -> dict[str, object]:
    return {
        "target": target.id,
        "outcome": target.outcome,
        "group_by": target.group_by,
        "group": target.group,
        "unit": target.unit,
        "published": np.nan if target.published is None else target.published,
        "low": target.low,
        "high": target.high,
        "simulated": float(mean),
        "sim_low": float(low),
        "sim_high": float(high),
        "n": int(n),
        "inside": target.low <= mean <= target.high if n else None,
        "strength": target.strength,
        "range": target.range,
        "used_for": target.used_for,
        "source": target.source,
        "note": target.note,
    }
