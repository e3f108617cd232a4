"""Say how strong the published evidence is for each effect of a comparison: strong, moderate, weak, or none found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from calibration.effects import Effect, read_effects
from sim.config.scenario import Scenario

COLUMNS = (
    *("scenario", "means", "covers", "outcome", "effect", "strength", "verified", "type", "design"),
    "population",
    *("unit", "published", "published_low", "published_high", "range", "cites", "source"),
)


def evidence_table(scenarios: Sequence[Scenario]) -> pd.DataFrame:
    """Return one row per scenario, published effect and outcome that it speaks of; columns `COLUMNS`.

    `covers` is `all` where the effect is of exactly the scenario's means, `part` where the scenario has others too.
    An effect of means that the scenario has only some of says nothing about them.
    """
    rows = [row for scenario in scenarios for row in _of_scenario(scenario)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of_scenario(scenario: Scenario) -> Iterable[dict[str, object]]:
    there = {one.id for one in scenario.means if one.coverage > 0 and one.fidelity > 0}
    for effect in read_effects().values():
        if effect.means and set(effect.means) <= there:
            covers = "all" if set(effect.means) == there else "part"
            for outcome in effect.speaks_of:
                yield _row(scenario.id, covers, outcome, effect)


def _row(scenario: str, covers: str, outcome: str, effect: Effect) -> dict[str, object]:
    return {
        "scenario": scenario,
        "means": "; ".join(effect.means),
        "covers": covers,
        "outcome": outcome,
        "effect": effect.id,
        "published": np.nan if effect.estimate is None else effect.estimate,
        "published_low": effect.low,
        "published_high": effect.high,
        **{
            name: getattr(effect, name)
            for name in ("strength", "verified", "type", "design", "population", "unit", "range", "cites", "source")
        },
    }
