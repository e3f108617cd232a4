"""Put the figures of virtual studies beside the published ones, in the columns of the levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from calibration.effects import Effect, read_effects
from calibration.spread import Level, level
from calibration.validation import COLUMNS, likely_reason, set_beside


def effects_beside_published(
    studies: pd.DataFrame | Sequence[pd.DataFrame], uses: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return one row per figure of the studies with columns `validation.COLUMNS`.

    `studies` is the table that `calibration.study.study_rows` gives, or one for each parameter set: then the
    interval is the middle 95 % of the sets. Judged is what the study would report on average, luck between its
    groups taken out. `uses` says by id of the effect what it is for.
    """
    tables = [studies] if isinstance(studies, pd.DataFrame) else list(studies)
    key = ["study", "target", "outcome"]
    found = pd.concat(tables, ignore_index=True).groupby(key, sort=False)
    effects = read_effects()
    rows = []
    for (study, target, outcome), own in found:
        row = own.iloc[0]
        rows.append(
            {
                "target": target,
                "kind": "effect",
                "area": "effects",
                "study": study,
                "outcome": outcome,
                "group_by": "study",
                "group": study,
                "unit": row["estimator"],
                "published": row["published"],
                "low": row["published_low"],
                "high": row["published_high"],
                **set_beside(row["published_low"], row["published_high"], _level(own)),
                "strength": row["strength"],
                "range": effects[str(target)].range,
                "used_for": (uses or {}).get(str(target), "plausibility"),
                "apart": _apart(str(row["design"]), effects[str(target)]),
                "source": row["source"],
                "note": effects[str(target)].note or "",
                **likely_reason(str(target)),
            }
        )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _level(own: pd.DataFrame) -> Level:
    """Return the study's own estimate and interval, or over parameter sets their mean and middle 95 %."""
    if len(own) == 1:
        row = own.iloc[0]
        there = bool(np.isfinite(row["on_average"]))
        return Level(float(row["on_average"]), float(row["on_average_low"]), float(row["on_average_high"]), int(there))
    values = own["on_average"].to_numpy(np.float64)
    return level(values, np.arange(len(values)))


def _apart(design: str, effect: Effect) -> str:
    """Return why a figure is counted apart: an association says nothing on cause, an assumption was not published."""
    if effect.strength == "assumption":
        return "assumption"
    return "association" if design == "cross_section" or "cohort" in effect.design else ""
