"""Describe the tables in an output folder: which columns, and what they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from calibration.patterns import COLUMNS as PATTERN_COLUMNS
from calibration.strength import COLUMNS as EVIDENCE_COLUMNS
from calibration.study import COLUMNS as STUDY_COLUMNS
from calibration.validation import COLUMNS as VALIDATION_COLUMNS
from generate.markdown import heading, prose, table
from generate.meanings import (
    CORRELATION_MEANINGS,
    DISTRIBUTION_MEANINGS,
    EQUITY_MEANINGS,
    MEANINGS,
    TWIN_MEANINGS,
    UNCERTAINTY_MEANINGS,
    WARMUP_MEANINGS,
)
from generate.meanings_money import MONEY_MEANINGS
from generate.meanings_published import EVIDENCE_MEANINGS, PATTERN_MEANINGS, STUDY_MEANINGS, VALIDATION_MEANINGS
from sim.analysis.columns import TABLES as ANALYSIS_TABLES
from sim.analysis.columns import meaning
from sim.analysis.differences import COLUMNS as DIFFERENCE_COLUMNS
from sim.analysis.equity import COLUMNS as EQUITY_COLUMNS
from sim.analysis.journey_columns import TABLES as JOURNEY_TABLES
from sim.analysis.journey_columns import meaning as journey_meaning
from sim.analysis.parameter_correlations import COLUMNS as CORRELATION_COLUMNS
from sim.analysis.stress_columns import TABLES as STRESS_TABLES
from sim.analysis.stress_columns import meaning as stress_meaning
from sim.analysis.twins import COLUMNS as TWIN_COLUMNS
from sim.analysis.two_level import COLUMNS as UNCERTAINTY_COLUMNS
from sim.analysis.value import POINT_COLUMNS
from sim.analysis.value_budget import BUDGET_COLUMNS, PAYBACK_COLUMNS
from sim.analysis.value_payers import PAYER_COLUMNS, TIME_COLUMNS
from sim.analysis.value_tables import CURVE_COLUMNS, VALUE_COLUMNS
from sim.analysis.warmup import COLUMNS as WARMUP_COLUMNS
from sim.config.loader import load_scenario
from sim.outcomes.distributions import COLUMNS as DISTRIBUTION_COLUMNS
from sim.outcomes.distributions import distributions
from sim.outcomes.persons import persons
from sim.report.results import OUTCOME_COLUMNS
from sim.run import simulate

COMMON: tuple[tuple[str, Sequence[str], Mapping[str, str]], ...] = (
    ("outcomes.csv", OUTCOME_COLUMNS, MEANINGS),
    ("differences.csv", DIFFERENCE_COLUMNS, MEANINGS),
    ("distributions.csv", ("scenario", "replication", *DISTRIBUTION_COLUMNS), DISTRIBUTION_MEANINGS),
    ("validation.csv", VALIDATION_COLUMNS, VALIDATION_MEANINGS),
    ("evidence.csv", EVIDENCE_COLUMNS, EVIDENCE_MEANINGS),
    ("patterns.csv", PATTERN_COLUMNS, PATTERN_MEANINGS),
    ("studies.csv", STUDY_COLUMNS, STUDY_MEANINGS),
    ("twins.csv", TWIN_COLUMNS, TWIN_MEANINGS),
    ("equity.csv", EQUITY_COLUMNS, EQUITY_MEANINGS),
    ("warmup.csv", WARMUP_COLUMNS, WARMUP_MEANINGS),
    ("value.csv", VALUE_COLUMNS, MONEY_MEANINGS),
    ("value_points.csv", POINT_COLUMNS, MONEY_MEANINGS),
    ("acceptability.csv", CURVE_COLUMNS, MONEY_MEANINGS),
    ("payback.csv", PAYBACK_COLUMNS, MONEY_MEANINGS),
    ("budget_impact.csv", BUDGET_COLUMNS, MONEY_MEANINGS),
    ("who_pays.csv", PAYER_COLUMNS, MONEY_MEANINGS),
    ("time_freed.csv", TIME_COLUMNS, MONEY_MEANINGS),
    ("uncertainty.csv", UNCERTAINTY_COLUMNS, UNCERTAINTY_MEANINGS),
    ("parameter_correlations.csv", CORRELATION_COLUMNS, CORRELATION_MEANINGS),
)
"""Tables that comparisons, validation and studies leave: file, columns, what these mean."""

OF_COMMANDS: tuple[tuple[Mapping[str, Sequence[str]], Callable[[str, str], str | None]], ...] = (
    (ANALYSIS_TABLES, meaning),
    (JOURNEY_TABLES, journey_meaning),
    (STRESS_TABLES, lambda _, column: stress_meaning(column)),
)
"""Tables that single commands leave beside the common ones, and what says what their columns mean (None = as usual)."""

LEFT_BY = {
    "league.csv": "Left by `mellanrum league`, as is `matrix.csv`.",
    "effects.csv": """
        Left by `mellanrum means --factorial`, as are the four tables after it and `design.csv` (one row
        per cell: its scenario, and 1 or 0 for each factor on or off).
        """,
    "sweep.csv": """
        Left by `mellanrum sweep`, as are `points.csv` (one row per point: the value of each axis, and the
        scenarios that were run there, each different one once) and, along one axis, `levels_off.csv`.
        """,
    "discovery.csv": """
        Left by `mellanrum robustness`, as are the three tables after it (`satisficing.csv` with `--require`).
        One row per limit of a region, or per parameter that tells most.
        """,
    "futures.csv": """
        One row per future, choice and group. Beside these columns one for each parameter that moves, one
        for each outcome looked at (mean over replications) and `regret_` of it, luck taken out.
        """,
    "allocation.csv": """
        Left by `mellanrum allocate`: one row per mix tried. Beside these columns it has one for each choice
        (`choice_ID`: 1 on, 0 off, or the number chosen; empty where its means are off) and one for each aim
        (`health`: gain in % of today's level, more is better).
        """,
    "front.csv": """
        The mixes that were run again, the best first, those beyond the budget last; columns of choices and aims
        as above, those of aims with the ends of their 95 % intervals. `mixes/` holds each as a scenario file.
        """,
    "stress.csv": """
        Left by `mellanrum stress`, as are the two tables after it: four worlds with the same people and luck,
        today and with means, each calm and disturbed. Differences have the sign of the outcome.
        """,
    "journey.csv": """
        Left by `mellanrum journey`, as are the three tables after it: one simulated person in two worlds. What
        does not apply is empty.
        """,
}
"""What stands above the first table of a command."""


def result_tables() -> Iterator[str]:
    """Yield the section on the tables of an output folder."""
    yield from heading("Result tables")
    for name, columns, meanings in COMMON:
        yield from _described(name, {column: _meaning(column, meanings) for column in columns})
    yield from prose(
        """
        `parameter_sets.csv` (the parameter sets, numbered from 0) and `parameter_correlations.csv` are there when
        parameters vary over a fit or an ensemble, `uncertainty.csv` with `--ensemble` only. With an ensemble
        `outcomes.csv` and `runs.parquet` have `parameter_set` as their last column, replications are numbered on
        through the sets, and the other tables take the means of the sets as their replications.
        """
    )
    yield ""
    for tables, says in OF_COMMANDS:
        for name, columns in tables.items():
            yield from _described(name, {column: says(name, column) or MEANINGS[column] for column in columns})
    yield from _one_row_per_run_and_person()


def _described(name: str, meanings: Mapping[str, str]) -> Iterator[str]:
    yield from heading(name, 3)
    if name in LEFT_BY:
        yield from prose(LEFT_BY[name])
        yield ""
    yield from table(("column", "meaning"), ((f"`{column}`", said) for column, said in meanings.items()))


def _meaning(column: str, meanings: Mapping[str, str]) -> str:
    """Return what a column means; quantiles of twins are named after their per cent."""
    if column[0] == "p" and column[1:].isdigit():
        return f"{column[1:]} % of the people have a difference below this"
    return meanings[column]


def _one_row_per_run_and_person() -> Iterator[str]:
    yield from heading("runs.parquet", 3)
    yield from prose(
        """
        One row per run: `scenario`, `replication`, `seed`, `key` (the hash of everything that decides the
        run) and one column per outcome over everybody.
        """
    )
    yield ""
    yield from heading("persons.parquet", 3)
    yield from prose(
        """
        One row per scenario, replication, person and year of the measured period. Traits are those at the
        start. Costs that belong to nobody in particular are in no row. `eligible`: listed at the end of the
        warm-up by the same rule in every scenario, see `sim/care/enrolment.py`.
        """
    )
    yield ""
    yield from prose(", ".join(f"`{column}`" for column in ("scenario", "replication", *_person_columns())) + ".")
    yield ""
    yield from prose("The distributions: " + str(distributions.__doc__).split("\n\n", 1)[1])
    yield ""


def _person_columns() -> list[str]:
    """Return the columns of a person's year, from a run of a few days."""
    scenario = load_scenario("baseline", years=0.02, warmup_years=0.0, sample_share=0.01)
    return list(persons(simulate(scenario, seed=1)).columns)
