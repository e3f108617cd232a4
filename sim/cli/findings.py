"""Write what follows from the runs of a comparison: differences, who gains, equity, uncertainty, warm-up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sim.cli.batch_run import Finished
from sim.cli.used_sets import write_used_sets

if TYPE_CHECKING:
    import pandas as pd

    from sim.batch.matrix import Matrix

BASELINE = "baseline"


def write_comparison(finished: Finished, outcomes: Matrix) -> None:
    """Write all tables that set scenarios beside the baseline, and the baseline beside published figures.

    With a parameter ensemble the sets stand as the replications, since runs of one set are not independent.
    """
    from calibration.held_out import level_uses
    from calibration.strength import evidence_table
    from calibration.validation import compare_with_published
    from sim.analysis.differences import paired_differences
    from sim.analysis.equity import equity
    from sim.analysis.two_level import differences_over_sets, sets_as_runs
    from sim.batch.side_tables import side_table
    from sim.batch.tables import write_csv

    folder, ensemble = finished.folder, finished.how_many.ensemble
    units, sets = outcomes, write_used_sets(finished)
    if ensemble is not None:
        units = sets_as_runs(outcomes)
        write_csv(differences_over_sets(outcomes, BASELINE), folder.path / "uncertainty.csv")
    if sets is not None:
        write_csv(_correlations(sets, units), folder.path / "parameter_correlations.csv")
    write_csv(paired_differences(units, BASELINE, of_next_run=finished.is_fitted), folder.path / "differences.csv")
    compared = [one for one in finished.scenarios if one.id != BASELINE]
    write_csv(evidence_table(compared), folder.path / "evidence.csv")
    write_csv(compare_with_published(by_set(finished, outcomes), uses=level_uses()), folder.path / "validation.csv")
    sizes = side_table(finished.batch.results, folder.store, "group_sizes")
    if sizes is not None:
        write_csv(equity(units, sizes, BASELINE), folder.path / "equity.csv")
    if finished.request.twins:
        _write_twins(finished)


def _correlations(sets: pd.DataFrame, units: Matrix) -> pd.DataFrame:
    """Return how differences go with the parameters of the sets."""
    from sim.analysis.parameter_correlations import parameter_correlations

    # A fit's sets begin anew after the last: two runs of the same set are not independent.
    first = (units.runs["replication"] < len(sets)).to_numpy()
    once = replace(units, runs=units.runs[first].reset_index(drop=True), values=units.values[first])
    return parameter_correlations(once, sets)


def by_set(finished: Finished, outcomes: Matrix) -> Matrix:
    """Return the outcomes with the parameter set of each run: of a fit every replication has another."""
    if not finished.is_fitted:
        return outcomes
    return replace(outcomes, runs=outcomes.runs.assign(parameter_set=outcomes.runs["replication"]))


def _write_twins(finished: Finished) -> None:
    """Set every person beside themselves, one pair of runs in memory at a time."""
    from sim.analysis.twins import summarise_twins, twin_rows
    from sim.batch.side_tables import beside_baseline
    from sim.batch.tables import write_csv

    pairs = [
        (scenario, replication, twin_rows(today, then))
        for scenario, replication, today, then in beside_baseline(
            finished.batch.results, finished.folder.store, "twins"
        )
    ]
    if pairs:
        write_csv(summarise_twins(pairs, BASELINE), finished.folder.path / "twins.csv")


def warmup_facts(finished: Finished) -> dict[str, Any]:
    """Check by MSER-5 whether the baseline's runs have settled, write the table, return it for the receipt.

    Returns nothing when no run of the baseline has left its series.
    """
    from sim.analysis.judgement import judgement
    from sim.analysis.warmup import RULE, check_warmup
    from sim.batch.side_tables import side_table
    from sim.batch.tables import write_csv
    from sim.core.calendar import DAYS_PER_YEAR

    series = side_table(finished.batch.results, finished.folder.store, "series")
    if series is None:
        return {}
    table = check_warmup(series, round(DAYS_PER_YEAR * finished.scenarios[0].warmup_years))
    write_csv(table, finished.folder.path / "warmup.csv")
    checked = table[table["stationary"].notna()]
    moving = checked[checked["stationary"] == False]  # noqa: E712  # None is neither
    longest = float(checked["truncation_days"].max()) if len(checked) else None
    largest = float(checked["excess_share"].abs().max()) if len(checked) else None
    return {
        "warmup_check": {
            "rule": RULE,
            "series": len(checked),
            "longest_days": longest,
            "largest_share": largest,
            "tolerated_share": judgement().settled_share,
            "stationary": None if checked.empty else moving.empty,
            "moving": moving["series"].tolist(),
        }
    }
