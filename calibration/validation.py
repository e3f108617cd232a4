"""Set the model beside published figures: each target with its source, range and what the model gives."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, model_validator
from ruamel.yaml import YAML

from calibration.spread import NOTHING, Level, level
from calibration.target_notes import read_notes
from sim.batch.matrix import Matrix, compact

TARGETS_FILE = Path(__file__).parent / "evidence" / "baseline_targets.yaml"
COLUMNS = (
    *("target", "kind", "area", "study", "outcome", "group_by", "group", "unit"),
    *("published", "low", "high", "simulated", "sim_low", "sim_high", "n", "inside", "overlaps"),
    *("strength", "range", "used_for", "apart", "source", "note", "reason_kind", "reason"),
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
    outcomes: pd.DataFrame | Matrix,
    scenario: str = "baseline",
    targets: tuple[Target, ...] | None = None,
    uses: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return one row per target with columns `COLUMNS`.

    `outcomes` is a matrix of runs, or the long table with scenario and replication. `simulated` is the mean over
    runs with a 95 % t interval (NaN with one run); where runs have a parameter set, the middle 95 % of the sets.
    `inside` says whether that mean lies in the published range, `overlaps` whether the interval reaches into it; an
    outcome the run has no row for gives NaN and None. `uses` says by id what each target is for, where its file does
    not. Nothing here changes a parameter.
    """
    wanted = load_targets() if targets is None else targets
    runs = compact(outcomes).of(scenario)
    cells = zip(runs.cells["outcome"], runs.cells["group_by"], runs.cells["group"], strict=True)
    place = {cell: number for number, cell in enumerate(cells)}
    sets = runs.runs["parameter_set"].to_numpy(np.int64) if "parameter_set" in runs.runs else None
    rows = []
    for target in wanted:
        at = place.get((target.outcome, target.group_by, target.group))
        found = NOTHING if at is None else level(runs.values[:, at], sets)
        rows.append(_row(target, found, (uses or {}).get(target.id, target.used_for)))
    return pd.DataFrame(rows, columns=list(COLUMNS))


def set_beside(low: float, high: float, found: Level) -> dict[str, object]:
    """Return how a simulated level lies to a published range: the columns from `simulated` to `overlaps`."""
    ends = (found.low, found.high) if np.isfinite([found.low, found.high]).all() else (found.mean, found.mean)
    there = np.isfinite(found.mean)
    return {
        "simulated": found.mean,
        "sim_low": found.low,
        "sim_high": found.high,
        "n": found.n,
        "inside": bool(low <= found.mean <= high) if there else None,
        "overlaps": bool(ends[0] <= high and ends[1] >= low) if there else None,
    }


def likely_reason(target: str) -> dict[str, object]:
    """Return the columns that say why the model may miss a figure; empty for a figure of one's own."""
    reason = read_notes().reasons.get(target)
    return {"reason_kind": reason.kind if reason else "", "reason": reason.reason if reason else ""}


def _row(target: Target, found: Level, used_for: str) -> dict[str, object]:
    return {
        "target": target.id,
        "kind": "level",
        "area": read_notes().area(target.outcome),
        "study": "",
        "outcome": target.outcome,
        "group_by": target.group_by,
        "group": target.group,
        "unit": target.unit,
        "published": np.nan if target.published is None else target.published,
        "low": target.low,
        "high": target.high,
        **set_beside(target.low, target.high, found),
        "strength": target.strength,
        "range": target.range,
        "used_for": used_for,
        "apart": "assumption" if target.strength == "assumption" else "",
        "source": target.source,
        "note": target.note,
        **likely_reason(target.id),
    }
