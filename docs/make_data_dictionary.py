"""Write docs/data_dictionary.md from the code: log tables, result files, outcomes and closed lists.

    python docs/make_data_dictionary.py

The text is made from what the program itself declares, so it cannot say anything else than the program does.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import IntEnum, IntFlag
from pathlib import Path

import numpy as np

from calibration.patterns import COLUMNS as PATTERN_COLUMNS
from calibration.strength import COLUMNS as EVIDENCE_COLUMNS
from calibration.study import COLUMNS as STUDY_COLUMNS
from calibration.validation import COLUMNS as VALIDATION_COLUMNS
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
from sim.core import vocabulary
from sim.core.tables import TABLES
from sim.outcomes.distributions import COLUMNS as DISTRIBUTION_COLUMNS
from sim.outcomes.distributions import distributions
from sim.outcomes.outcome import AIMS, all_outcomes
from sim.outcomes.persons import persons
from sim.report.results import OUTCOME_COLUMNS
from sim.run import simulate

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "data_dictionary.md"

MEANINGS = {
    "scenario": "id of the scenario",
    "baseline": "id of the scenario it is compared with",
    "replication": "number of the run, from 0; the same number has the same luck in every scenario",
    "group_by": "all, age, complex_needs, need_group, municipality, enrolled, principal, profession or distance",
    "group": "which group; `all` in the grouping `all`",
    "outcome": "id of the outcome, see below",
    "unit": "unit of the value",
    "value": "level in this run",
    "aim": "health, experience, cost or staff",
    "better": "which way is better: lower, higher or neither",
    "mean": "mean of the paired differences, scenario less baseline",
    "low": "lower end of the 95 % interval of the mean, the lower of `low_t` and `low_bootstrap`; empty with one",
    "high": "upper end of the 95 % interval of the mean, the higher of `high_t` and `high_bootstrap`; empty with one",
    "n": "pairs of runs in which the group exists; parameter sets, with `--ensemble`",
    "low_t": "lower end of the paired t interval",
    "high_t": "upper end of the paired t interval",
    "low_bootstrap": "lower end of the studentised bootstrap interval; empty with fewer than five pairs",
    "high_bootstrap": "upper end of the studentised bootstrap interval; empty with fewer than five pairs",
    "p_value": "of the paired t test, two-sided; empty with one pair, or when nothing differs in any",
    "p_adjusted": "allowing for all comparisons of the same grouping, headline outcomes apart from the others "
    "(Benjamini-Hochberg)",
    "smallest": "smallest difference worth mentioning, see `sim/analysis/judgement.yaml`; below it: next to nothing",
    "baseline_mean": "mean level of the baseline over the same pairs",
    "distribution": "id of the distribution",
    "x": "lower edge of the bin, or share of people",
    "target": "id of the published figure",
    "published": "the published figure; empty when the source gives a range only",
    "simulated": "mean level of the baseline",
    "sim_low": "lower end of the 95 % interval over runs",
    "sim_high": "upper end of the 95 % interval over runs",
    "inside": "whether the simulated level lies in the published range",
    "strength": "how strong the source is",
    "range": "where the range comes from: the source, its interval, or our tolerance",
    "used_for": "plausibility check, used for the fit, or held out",
    "source": "where the figure was published",
    "note": "what a reader should know before comparing",
}


TWIN_MEANINGS = {
    **MEANINGS,
    "group_by": "all, need_group, complex_needs, or reached (whether a means of the scenario took the person in)",
    "outcome": "ed_visits, bed_days, contacts, unmet_days or cost_sek of a person over the whole measured period",
    "people": "people in the group, mean over replications",
    "share_lower": "share of them with less than in the baseline, by a change that counts for a person",
    "share_higher": "share of them with more",
    "share_unchanged": "the rest",
    "surplus": "share_lower - share_higher",
    "surplus_low": "lower end of its 95 % t interval over replications; empty with one",
    "surplus_high": "upper end",
    "mean": "mean difference per person",
    "n": "replications",
}
EQUITY_MEANINGS = {
    **MEANINGS,
    "group_by": "need_group, municipality or age",
    "most_group": "group that gains most per person; a gain is a change for the better",
    "most_gain": "its gain",
    "least_group": "group that gains least, or loses most",
    "least_gain": "its gain",
    "gain_range": "most_gain - least_gain",
    "slope": "slope index of inequality: gain of those worst off in the baseline minus that of those best off",
    "slope_low": "lower end of its 95 % t interval over replications; empty with one",
    "slope_high": "upper end",
    "n": "replications in which all groups exist",
}
WARMUP_MEANINGS = {
    "series": "what is followed week by week in the baseline",
    "unit": MEANINGS["unit"],
    "truncation_days": "days that MSER-5 cuts from the start of the run",
    "settled": "whether the cut lies inside the first half of the run",
    "level": "mean after the warm-up",
    "level_after": "mean after the cut, where that is later",
    "excess_share": "level - level_after, as a share",
    "drift_share_per_year": "slope after the warm-up, as a share of the level a year",
    "n": "replications",
    "stationary": "whether the warm-up is long enough for this series; empty when the run is too short to tell",
}
CORRELATION_MEANINGS = MEANINGS | {
    "parameter": "name as in `parameter_sets.csv`, whose number is that of the replication",
    "rank_correlation": "Spearman's, of the difference with the parameter over the sets: -1 to 1",
    "low": "lower end of its 95 % interval (Bonett and Wright)",
    "high": "upper end of its 95 % interval",
    "n": "parameter sets; no rows below the fewest that `sim/analysis/judgement.yaml` asks for",
    "p_value": "of no relation",
    "p_adjusted": "the same, allowing for all rows of the scenario and people (Benjamini and Hochberg)",
}
UNCERTAINTY_MEANINGS = {
    **MEANINGS,
    "mean": "mean paired difference over parameter sets",
    "low": "lower end of its 95 % interval over chance and parameters",
    "high": "upper end",
    "low_chance": "lower end of its 95 % interval over the chance of the simulation alone",
    "high_chance": "upper end",
    "low_parameters": "below it are 2.5 % of the parameter sets, freed from chance",
    "high_parameters": "above it are 2.5 %",
    "sd_parameters": "standard deviation between parameter sets",
    "sd_chance": "standard deviation between runs of one set",
    "parameter_share": "share of a run's variance that comes from the parameters",
    "sets": "parameter sets",
    "runs": "pairs of runs",
}
MONEY_MEANINGS = {
    **MEANINGS,
    "unit": "unit of what may be paid for the effect",
    "perspective": "whose money counts: region, municipality (both after transfers), both (all principals) or society",
    "cost_kind": "full, or the part that changes in cash in the short run",
    "effect": "id of the outcome that cost is set against",
    "cost_sek": "difference in cost, SEK a year in the whole place, discounted",
    "gain": "difference in the effect turned so that more is better, units a year in the whole place, discounted",
    "gain_low": "lower end of its 95 % interval, as in differences.csv",
    "gain_high": "upper end",
    "cost": "mean difference in cost, SEK a year in the whole place, discounted; below 0 saves",
    "cost_low": "lower end of its 95 % interval, as in differences.csv; empty with one replication",
    "cost_high": "upper end",
    "finding": "where the means lie on the cost-effectiveness plane; empty for the baseline",
    "certain": "whether both intervals exclude zero",
    "status": "among all options: cheapest, on the frontier, dominated, extendedly dominated, same as another",
    "compared_with": "option that dominates it, or next cheaper one on the frontier",
    "icer": "SEK per unit of effect beyond that one; empty when dominated or the cheapest",
    "price": "SEK that may be paid per unit of effect",
    "net_benefit": "mean of gain at that price less cost, SEK a year",
    "net_benefit_low": "lower end of its 95 % interval",
    "net_benefit_high": "upper end",
    "share_worth_it": "share of points with a net benefit above zero beside the baseline; a point at zero counts half",
    "share_low": "lower end of the 95 % interval of that share (Wilson)",
    "share_high": "upper end",
    "share_best": "share of points in which the option is the best of all",
    "on_frontier": "whether its mean net benefit is the highest of all at that price",
    "years": "years measured",
    "discount_rate": "share per year, from the second year on",
    "price_year": "year of the prices",
    "n": "points: replications, or parameter sets with `--ensemble`",
    "quarter": "quarter of the measured time, from 1",
    "cumulated": "mean difference in cost added up to the end of the quarter, SEK, not discounted",
    "payback_quarter": "first quarter at whose end the mean is at zero or below for good; empty = not within the time",
    "earliest": "the same for the lower end of the interval",
    "latest": "the same for the upper end",
    "year": "year from the start of the measured time, from 1",
    "basis": "measured, measured in part (annual rate of what was measured), or held after the years simulated",
    "part": "care (of a principal, before transfers), means, transfers, after transfers, total or relatives",
    "principal": "id of the principal; empty where the part belongs to none",
    "profession": "profession, or all",
    "freed_hours": "staff hours a year no longer used; below 0: taken",
    "mean": "mean difference, SEK a year in the whole place, not discounted",
    "low": "lower end of its 95 % interval, of held years widened; empty with one replication",
    "high": "upper end",
}
MONEY_TABLES = {
    "value.csv": VALUE_COLUMNS,
    "value_points.csv": POINT_COLUMNS,
    "acceptability.csv": CURVE_COLUMNS,
    "payback.csv": PAYBACK_COLUMNS,
    "budget_impact.csv": BUDGET_COLUMNS,
    "who_pays.csv": PAYER_COLUMNS,
    "time_freed.csv": TIME_COLUMNS,
}
DISTRIBUTION_MEANINGS = {
    **MEANINGS,
    "group": "which group the distribution is of, see below",
    "value": "share of cases in the bin, or share of cost",
}
STUDY_MEANINGS = {
    "study": "id of the virtual study",
    "design": "how it compares: randomised, randomised_before_consent, before_after, before_after_control, "
    "matched_control, interrupted_time_series, cross_section, own_log or survey",
    "target": "id of the published effect",
    "outcome": "what is followed",
    "estimator": "rate_ratio, relative_change, odds_ratio, difference or share",
    "published": "the published figure; empty when the source gives a range only",
    "published_low": "lower end of the published range",
    "published_high": "upper end of the published range",
    "simulated": "what the study reports in the model, by its own design; empty with too few events",
    "low": "lower end of its 95 % interval, over people",
    "high": "upper end of its 95 % interval",
    "inside": "whether the simulated figure lies in the published range; empty when there is none",
    "true_effect": "the treated over the same days, with the means and without; of a share, the difference; "
    "of a survey, the share of all who were asked",
    "true_low": "lower end of its 95 % interval",
    "true_high": "upper end of its 95 % interval",
    "reported_without_effect": "what the study would have reported, had the means changed nothing",
    "share_not_by_means": "share of the reported effect that the means did not cause; empty if there may be none",
    "spill_over": "what the means does to those compared with; empty without such a group",
    "people": "people who were offered the means, had the exposure or answered, all replications together",
    "people_compared": "people compared with, or who did not answer",
    "replications": "number of runs",
    "kind": "change from before, difference from others, or a level without comparison",
    "strength": "how strong the source is",
    "verified": "whether the number was seen in the source",
    "source": "where the figure was published",
    "as_published": "whether the published figure comes from this design; False: what another design had said",
    "level_change": "of a time series: relative change when the means starts",
    "slope_change": "of a time series: change of the trend, relative per year",
    "part_effect": "what the reported figure is made of, in logarithms (log odds, or plain numbers of shares and "
    "differences): the effect, as in `true_effect`; the five parts add up to the figure",
    "part_regression": "what had come anyway from before to after: regression to the mean, time, growing older",
    "part_selection": "what sets those compared apart anyway: chance in a trial, else who they are; who answers",
    "part_spill_over": "what the means does to those compared with, turned round",
    "part_definition": "what is counted: a level, another outcome than is meant, a straight line drawn on",
}
EVIDENCE_MEANINGS = {
    "scenario": "id of the scenario",
    "means": "the means that had the published effect, all together",
    "covers": "all = exactly the scenario's means; part = the scenario has others too",
    "outcome": "outcome that the effect speaks of",
    "effect": "id of the published effect",
    "strength": "strong, moderate, weak or assumption",
    "verified": "whether the number was seen in the source",
    "type": "kind of published study: trial, meta_analysis, matched, cohort, cross_section, providers ...",
    "design": "design of the published study, in words",
    "population": "people of the published study",
    "unit": "rate_ratio, odds_ratio, relative_change, difference or share",
    "published": "the published figure; empty when the source gives a range only",
    "published_low": "lower end of the published range",
    "published_high": "upper end of the published range",
    "range": "where the range comes from: the source's 95 % interval, its span, one end, or an assumption",
    "cites": "study in short",
    "source": "where it was published",
}
VALIDATION_MEANINGS = {
    **MEANINGS,
    "kind": "level of today's care, or effect that a study found",
    "area": "heading it stands under",
    "study": "id of the study; empty for a level",
    "group_by": "as in outcomes.csv; `study` for an effect",
    "low": "lower end of the published range",
    "high": "upper end of the published range",
    "simulated": "mean level of the baseline; of a study what it would report on average, without luck",
    "sim_low": "lower end of the 95 % interval over runs; with `--ensemble` of the middle 95 % of the sets",
    "sim_high": "upper end of it",
    "n": "runs of the baseline; parameter sets, with `--ensemble`; 1 for a study",
    "overlaps": "whether the simulated interval reaches into the published range",
    "apart": "association or assumption: counted apart; else empty",
    "reason_kind": "kind of the likely reason if the figure is missed",
    "reason": "likely reason if the figure is missed, as judged in `target_notes.yaml`",
}
PATTERN_MEANINGS = {
    **VALIDATION_MEANINGS,
    "pattern": "id of the pattern",
    "group": "which part of it: top 1, 5, 10 %, number of stays or contacts, kind of use",
    "simulated": "mean over the runs of the baseline",
    "inside": "whether it lies in the published range; empty where nothing is published",
}
DISTRIBUTION_FILE_COLUMNS = ("scenario", "replication", *DISTRIBUTION_COLUMNS)


def dictionary() -> str:
    """Return the whole text."""
    parts = [_opening(), _files(), _outcomes(), _log(), _lists()]
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def _opening() -> Iterator[str]:
    yield "# Data dictionary"
    yield ""
    yield "Made by `python docs/make_data_dictionary.py` from the program itself; do not edit by hand."
    yield ""
    yield from _prose(
        """
        An output folder holds `manifest.json` (what was run, with what, when), `scenarios/` (as given and
        as resolved), `outcomes.csv`, `differences.csv`, `distributions.csv`, `validation.csv`, `evidence.csv`,
        `patterns.csv`, `studies.csv`, `twins.csv`, `equity.csv`, `warmup.csv`, the tables on money (`value.csv`,
        `value_points.csv`, `acceptability.csv`, `payback.csv`, `budget_impact.csv`, `who_pays.csv`,
        `time_freed.csv`), `runs.parquet`, `figures/`, `report.html`, and `runs/` (every finished run, for
        `--resume`). With
        `--persons` also `persons.parquet`; with `--events` also
        `events/<scenario>/<replication>/<table>.parquet`. Text files are UTF-8, numbers have a point as
        decimal sign, and a missing number is an empty cell.
        """
    )
    yield ""


def _files() -> Iterator[str]:
    yield "## Result tables"
    yield ""
    for name, columns, meanings in (
        ("outcomes.csv", OUTCOME_COLUMNS, MEANINGS),
        ("differences.csv", DIFFERENCE_COLUMNS, MEANINGS),
        ("distributions.csv", DISTRIBUTION_FILE_COLUMNS, DISTRIBUTION_MEANINGS),
        ("validation.csv", VALIDATION_COLUMNS, VALIDATION_MEANINGS),
        ("evidence.csv", EVIDENCE_COLUMNS, EVIDENCE_MEANINGS),
        ("patterns.csv", PATTERN_COLUMNS, PATTERN_MEANINGS),
        ("studies.csv", STUDY_COLUMNS, STUDY_MEANINGS),
        ("twins.csv", TWIN_COLUMNS, TWIN_MEANINGS),
        ("equity.csv", EQUITY_COLUMNS, EQUITY_MEANINGS),
        ("warmup.csv", WARMUP_COLUMNS, WARMUP_MEANINGS),
        *((name, columns, MONEY_MEANINGS) for name, columns in MONEY_TABLES.items()),
        ("uncertainty.csv", UNCERTAINTY_COLUMNS, UNCERTAINTY_MEANINGS),
        ("parameter_correlations.csv", CORRELATION_COLUMNS, CORRELATION_MEANINGS),
    ):
        yield f"### {name}"
        yield ""
        yield from _table(("column", "meaning"), ((f"`{column}`", _meaning(column, meanings)) for column in columns))
    yield from _prose(
        """
        `parameter_sets.csv` (the parameter sets, numbered from 0) and `parameter_correlations.csv` are there when
        parameters vary over a fit or an ensemble, `uncertainty.csv` with `--ensemble` only. With an ensemble
        `outcomes.csv` and `runs.parquet` have `parameter_set` as their last column, replications are numbered on
        through the sets, and the other tables take the means of the sets as their replications.
        """
    )
    yield ""
    yield from _leagues_and_designs()
    yield from _journeys()
    yield from _stress_tests()
    yield "### runs.parquet"
    yield ""
    yield from _prose(
        """
        One row per run: `scenario`, `replication`, `seed`, `key` (the hash of everything that decides the
        run) and one column per outcome over everybody.
        """
    )
    yield ""
    yield "### persons.parquet"
    yield ""
    yield from _prose(
        """
        One row per scenario, replication, person and year of the measured period. Traits are those at the
        start. Costs that belong to nobody in particular are in no row. `eligible`: listed at the end of the
        warm-up by the same rule in every scenario, see `sim/care/enrolment.py`.
        """
    )
    yield ""
    yield from _prose(", ".join(f"`{column}`" for column in ("scenario", "replication", *_person_columns())) + ".")
    yield ""
    yield from _prose("The distributions: " + str(distributions.__doc__).split("\n\n", 1)[1])
    yield ""


def _meaning(column: str, meanings: Mapping[str, str]) -> str:
    """Return what a column means; quantiles of twins are named after their per cent."""
    if column[0] == "p" and column[1:].isdigit():
        return f"{column[1:]} % of the people have a difference below this"
    return meanings[column]


def _leagues_and_designs() -> Iterator[str]:
    """Describe what `mellanrum league`, `means --factorial`, `sweep`, `sensitivity`, `robustness` leave."""
    for name, columns in ANALYSIS_TABLES.items():
        yield f"### {name}"
        yield ""
        if name == "league.csv":
            yield from _prose("Left by `mellanrum league`, as is `matrix.csv`.")
            yield ""
        elif name == "effects.csv":
            yield from _prose(
                """
                Left by `mellanrum means --factorial`, as are the four tables after it and `design.csv` (one row
                per cell: its scenario, and 1 or 0 for each factor on or off).
                """
            )
            yield ""
        elif name == "allocation.csv":
            yield from _prose(
                """
                Left by `mellanrum allocate`: one row per mix tried. Beside these columns it has one for each choice
                (`choice_ID`: 1 on, 0 off, or the number chosen; empty where its means are off) and one for each aim
                (`health`: gain in % of today's level, more is better).
                """
            )
            yield ""
        elif name == "front.csv":
            yield from _prose(
                """
                The mixes that were run again, the best first, those beyond the budget last; columns of choices and aims
                as above, those of aims with the ends of their 95 % intervals. `mixes/` holds each as a scenario file.
                """
            )
            yield ""
        elif name == "sweep.csv":
            yield from _prose(
                """
                Left by `mellanrum sweep`, as are `points.csv` (one row per point: the value of each axis, and the
                scenarios that were run there, each different one once) and, along one axis, `levels_off.csv`.
                """
            )
            yield ""
        elif name == "discovery.csv":
            yield from _prose(
                """
                Left by `mellanrum robustness`, as are the three tables after it (`satisficing.csv` with `--require`).
                One row per limit of a region, or per parameter that tells most.
                """
            )
            yield ""
        elif name == "futures.csv":
            yield from _prose(
                """
                One row per future, choice and group. Beside these columns one for each parameter that moves, one
                for each outcome looked at (mean over replications) and `regret_` of it, luck taken out.
                """
            )
            yield ""
        meanings = ((f"`{column}`", meaning(name, column) or MEANINGS[column]) for column in columns)
        yield from _table(("column", "meaning"), meanings)


def _journeys() -> Iterator[str]:
    """Describe what `mellanrum journey` leaves beside the other tables."""
    for name, columns in JOURNEY_TABLES.items():
        yield f"### {name}"
        yield ""
        if name == "journey.csv":
            yield from _prose(
                """
                Left by `mellanrum journey`, as are the three tables after it: one simulated person in two worlds. What
                does not apply is empty.
                """
            )
            yield ""
        meanings = ((f"`{column}`", journey_meaning(name, column) or MEANINGS[column]) for column in columns)
        yield from _table(("column", "meaning"), meanings)


def _stress_tests() -> Iterator[str]:
    """Describe what `mellanrum stress` leaves beside the other tables."""
    for name, columns in STRESS_TABLES.items():
        yield f"### {name}"
        yield ""
        if name == "stress.csv":
            yield from _prose(
                """
                Left by `mellanrum stress`, as are the two tables after it: four worlds with the same people and luck,
                today and with means, each calm and disturbed. Differences have the sign of the outcome.
                """
            )
            yield ""
        meanings = ((f"`{column}`", stress_meaning(column) or MEANINGS[column]) for column in columns)
        yield from _table(("column", "meaning"), meanings)


def _person_columns() -> list[str]:
    """Return the columns of a person's year, from a run of a few days."""
    scenario = load_scenario("baseline", years=0.02, warmup_years=0.0, sample_share=0.01)
    return list(persons(simulate(scenario, seed=1)).columns)


def _outcomes() -> Iterator[str]:
    yield "## Outcomes"
    yield ""
    yield from _prose(
        """
        In the order of the Triple Aim, then staff. Headline outcomes (in bold) stand in the table that
        `mellanrum compare` prints; the others are in `outcomes.csv` and `differences.csv`. Only what
        happens in the measured period counts.
        """
    )
    yield ""
    for aim in AIMS:
        yield f"### {aim.capitalize()}"
        yield ""
        rows = (
            (
                f"**`{one.id}`**" if one.headline else f"`{one.id}`",
                f"{one.label_en} / {one.label_sv}",
                one.unit,
                one.better,
                one.meaning,
            )
            for one in all_outcomes().values()
            if one.aim == aim
        )
        yield from _table(("id", "English / Swedish", "unit", "better", "meaning"), rows)


def _log() -> Iterator[str]:
    yield "## Event log"
    yield ""
    yield from _prose(
        """
        Kept with `--events`, one Parquet file per table. Every row is a moment: where something lasts, its
        start and its end are two rows. Times are days since the start of the run, which is midnight before
        a Monday; the warm-up comes first. Indices: people are numbered by municipality, age and sex;
        stations and staff in the order of the place file; -1 means "does not apply" unless the column says
        otherwise.
        """
    )
    yield ""
    for name, columns in TABLES.items():
        yield f"### {name}"
        yield ""
        rows = (
            (f"`{column}`", np.dtype(one.dtype).name, _unit(one.unit), one.meaning) for column, one in columns.items()
        )
        yield from _table(("column", "type", "unit", "meaning"), rows)


def _closed_lists() -> list[type[IntEnum] | type[IntFlag]]:
    found = [thing for thing in vars(vocabulary).values() if isinstance(thing, type)]
    kinds = [thing for thing in found if issubclass(thing, (IntEnum, IntFlag)) and thing not in (IntEnum, IntFlag)]
    return sorted(kinds, key=lambda kind: kind.__name__)


def _unit(unit: str) -> str:
    """Link a unit that is a closed list to its list."""
    lists = {kind.__name__ for kind in _closed_lists()}
    return f"[{unit}](#{unit.lower()})" if unit in lists else unit


def _lists() -> Iterator[str]:
    yield "## Closed lists"
    yield ""
    yield from _prose(
        """
        Integers in the log stand for these; tables and files write them in small letters.
        """
    )
    yield ""
    for kind in _closed_lists():
        yield f"### {kind.__name__}"
        yield ""
        yield str(kind.__doc__).strip()
        yield ""
        yield ", ".join(f"{member.value} `{str(member.name).lower()}`" for member in kind)
        yield ""


def _prose(text: str) -> Iterator[str]:
    """Yield a paragraph in lines of at most 118 letters."""
    yield from textwrap.wrap(" ".join(text.split()), 118, break_on_hyphens=False, break_long_words=False)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"
    yield ""


if __name__ == "__main__":
    TARGET.write_text(dictionary(), encoding="utf-8", newline="\n")
