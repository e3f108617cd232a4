"""Make tables of designs and leagues from a fixed recipe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from sim.analysis import joint
from sim.analysis.design import resolution_of, two_level_design
from sim.analysis.factorial import effect_table, interaction_table
from sim.outcomes.outcome import all_outcomes
from sim.report.factorial_results import Factorial
from sim.report.league_results import League
from sim.report.results import Results

OUTCOMES = ("unmet_need_days", "lead_time_days", "ed_visits_per_1000", "cost_sek")
LONG = (
    "Multiprofessionellt team med mobil akutinsats",
    "Sammanhållen journalföring",
    "Fast vårdkontakt som samordnar",
    "Gemensam finansiering",
)


def factorial(
    results: Results,
    main: Mapping[str, float],
    pairs: Mapping[tuple[str, str], float] | None = None,
    *,
    noise: float = 0.2,
    replications: int = 6,
    resolution: int = 5,
    titles: Sequence[str] = LONG,
) -> Factorial:
    """Return the tables of a design whose effects are known; every outcome has the same, on top of a level of 100."""
    names = tuple(main)
    design = two_level_design(names, resolution)
    exact = 100.0 + design.on @ np.array([main[name] for name in names])
    for (first, second), both in (pairs or {}).items():
        exact = exact + both * (design.on[:, names.index(first)] & design.on[:, names.index(second)])
    random = np.random.default_rng(5)
    parts: dict[str, list[pd.DataFrame]] = {
        name: [] for name in ("effects", "interactions", "joint", "shapley", "smallest_sets")
    }
    for outcome in (all_outcomes()[name] for name in OUTCOMES):
        values = (
            exact[:, None] + random.normal(0, 5, replications) + random.normal(0, noise, (len(exact), replications))
        )
        everything = values[0] + sum(main.values()) + sum((pairs or {}).values())
        together = values[design.all_on] if design.all_on is not None else everything
        parts["effects"].append(effect_table(values, design, outcome))
        parts["interactions"].append(interaction_table(values, design, outcome))
        parts["joint"].append(joint.joint_table(values, design, together, outcome))
        parts["shapley"].append(joint.shapley_table(values, design, together, outcome))
        parts["smallest_sets"].append(joint.set_table(values, design, outcome, 0.8))
    return Factorial(
        results=results,
        **{name: pd.concat(tables, ignore_index=True) for name, tables in parts.items()},
        titles={name: {"en": title, "sv": title} for name, title in zip(names, [*titles, *names], strict=False)},
        cells=len(exact),
        resolution=resolution_of(design),
        reach=0.8,
    )


def league(results: Results, outcomes: Sequence[str] = OUTCOMES) -> League:
    """Return a league of the scenarios of `results`, with the cells of a made-up source."""
    from sim.analysis.league import LEAGUE_COLUMNS, MATRIX_COLUMNS
    from sim.analysis.ranks import rank_systems
    from sim.config.stands_for import SEVENTEEN

    random = np.random.default_rng(6)
    systems = results.scenarios
    rows = []
    for outcome in (all_outcomes()[name] for name in outcomes):
        shift = random.normal(0, 3, (len(systems), 1)) * (np.arange(len(systems)) > 0)[:, None]
        values = 100.0 + shift + random.normal(0, 0.5, (len(systems), 8))
        ranks = rank_systems(values, outcome.better)
        for place, system in enumerate(systems):
            difference = values[place] - values[0]
            half = difference.std() * 0.9
            rows.append(
                (
                    *(system, f"00{place % 3}", "model", outcome.id, outcome.unit, outcome.aim, outcome.better),
                    *(difference.mean(), difference.mean() - half, difference.mean() + half, 8, 100.0),
                    *(ranks.position[place], ranks.low[place], ranks.high[place], len(systems), "", ""),
                )
            )
    others = tuple(f"arrangement_{number}" for number in range(14))
    cells = [
        (
            *(system, "000", "model", means, means in SEVENTEEN),
            *(random.choice(["yes", "no", "partial", "unclear", ""]), "", False, 1),
            *(random.choice([1.0, 0.5, np.nan]), 1.0),
        )
        for system in systems[1:]
        for means in (*SEVENTEEN, *others)
    ]
    stands = {"report": "000", "kind": "model", "lines": [1, 2], "not_expressed": {"en": "The café.", "sv": "Kaféet."}}
    return League(
        results=results,
        table=pd.DataFrame(rows, columns=list(LEAGUE_COLUMNS)),
        matrix=pd.DataFrame(cells, columns=list(MATRIX_COLUMNS)),
        stands_for=dict.fromkeys(systems[1:3], stands),
    )
