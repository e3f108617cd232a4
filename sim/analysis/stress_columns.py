"""Say what the columns of a stress test's tables mean, for the data dictionary and its readers."""

from __future__ import annotations

from sim.analysis.recovery import RECOVERY_COLUMNS, WEEKLY_COLUMNS
from sim.analysis.stress import STRESS_COLUMNS

TABLES = {"stress.csv": STRESS_COLUMNS, "recovery.csv": RECOVERY_COLUMNS, "weekly.csv": WEEKLY_COLUMNS}
"""Columns of the tables that `mellanrum stress` leaves beside the common ones."""

MEANINGS = {
    "against": "id of the scenario that gains are counted from",
    "disturbance": "id of the disturbance; in weekly.csv empty = the calm world",
    "span": "weeks = the whole weeks in which the disturbance first strikes; year = the whole time measured",
    "level": "level in the calm world of `against`, mean over replications",
    "harm_against": "mean paired difference, disturbed less calm, in `against`",
    "harm_with": "the same in the scenario",
    "gain_calm": "mean paired difference, scenario less `against`, both calm",
    "gain_disturbed": "the same, both disturbed",
    "gain_lost": "gain_disturbed less gain_calm, pair by pair; also harm_with less harm_against",
    "survives": "gain_disturbed as a share of gain_calm, with Fieller's interval; empty where it is not told",
    "told": "told, not_clear (no clear gain calm), loss (clearly worse calm) or one_run",
    "series": "what is followed week by week",
    "calm_level": "mean of the calm world in the weeks that are struck",
    "furthest_share": "largest mean difference, disturbed less calm, as a share of the calm week, first week and later",
    "furthest_week": "week in which that is, 1 = the first week that is struck",
    "weeks_off": "weeks off from the first one on: beyond the band of sim/analysis/stress.yaml, and clear",
    "ever_off": "whether any week is",
    "days_until_normal": "days from the end of the last week struck until normal again; empty = not within the run",
    "week": "whole weeks (from Monday) after the warm-up, from 0",
    "day": "first day of the week, days from the end of the warm-up",
    "mean": "mean over replications",
    "low": "lower end of the 95 % interval of the mean over replications; empty with one",
    "high": "upper end of the 95 % interval of the mean over replications; empty with one",
    "change": "mean difference from the calm world of the same scenario, pair by pair; empty in the calm world",
    "n": "replications with all worlds",
}
"""What each column means; those that are not here mean what they mean in differences.csv."""


def meaning(column: str) -> str | None:
    """Return what a column means, or None when it means what it means everywhere."""
    if column in MEANINGS:
        return MEANINGS[column]
    for end, words in (("_low", "lower end of its 95 % interval"), ("_high", "upper end of its 95 % interval")):
        if column.endswith(end) and column.removesuffix(end) in MEANINGS:
            return f"{words}; empty with one replication"
    return None
