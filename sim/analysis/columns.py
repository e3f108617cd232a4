"""Say what the columns of league, matrix and design tables mean, for the data dictionary and its readers."""

from __future__ import annotations

from sim.analysis.allocation_front import FRONT_COLUMNS, TRIED_COLUMNS
from sim.analysis.decision import INFORMATION_COLUMNS, RANKING_COLUMNS
from sim.analysis.discovery import DISCOVERY_COLUMNS
from sim.analysis.factorial import EFFECT_COLUMNS, INTERACTION_COLUMNS
from sim.analysis.joint import JOINT_COLUMNS, SHAPLEY_COLUMNS
from sim.analysis.league import LEAGUE_COLUMNS, MATRIX_COLUMNS
from sim.analysis.regret import REGRET_COLUMNS
from sim.analysis.satisficing import SATISFICING_COLUMNS
from sim.analysis.sensitivity import EMULATOR_COLUMNS, SENSITIVITY_COLUMNS
from sim.analysis.sets import COLUMNS as SET_COLUMNS
from sim.analysis.sweep import LEVELS_OFF_COLUMNS, SWEEP_COLUMNS

FUTURE_COLUMNS = ("future", "scenario", "group_by", "group", "gain", "gain_low", "gain_high", "pays", "unclear")
"""Those that are there whatever moves and whatever is looked at."""
TABLES = {
    "league.csv": LEAGUE_COLUMNS,
    "matrix.csv": MATRIX_COLUMNS,
    "effects.csv": EFFECT_COLUMNS,
    "interactions.csv": INTERACTION_COLUMNS,
    "joint.csv": JOINT_COLUMNS,
    "shapley.csv": SHAPLEY_COLUMNS,
    "smallest_sets.csv": SET_COLUMNS,
    "sensitivity.csv": SENSITIVITY_COLUMNS,
    "emulator_quality.csv": EMULATOR_COLUMNS,
    "ranking.csv": RANKING_COLUMNS,
    "information.csv": INFORMATION_COLUMNS,
    "discovery.csv": DISCOVERY_COLUMNS,
    "regret.csv": REGRET_COLUMNS,
    "satisficing.csv": SATISFICING_COLUMNS,
    "futures.csv": FUTURE_COLUMNS,
    "sweep.csv": SWEEP_COLUMNS,
    "levels_off.csv": LEVELS_OFF_COLUMNS,
    "allocation.csv": TRIED_COLUMNS,
    "front.csv": FRONT_COLUMNS,
}
"""Columns of tables that `league`, `means --factorial`, `sweep`, `sensitivity`, `robustness` and `allocate` leave
beside common ones."""

_INTERVAL = {
    "mean": "mean over replications of what the row is about",
    "low": "lower end of the 95 % interval of the mean; empty with one replication",
    "high": "upper end of the 95 % interval of the mean; empty with one replication",
    "n": "replications in which every cell or system has a value",
}
_MIXED = (
    "effects that the design cannot tell apart from this one: what stands here is their sum; empty in a full design"
)
_FOLLOWED = {
    "scenario": "id of the scenario that is followed",
    "against": "id of the scenario whose outcome is taken off, pair by pair; empty = a level",
    "second": "other parameter of a pair; empty elsewhere",
}
_CRITERION = {
    "criterion": "id of the outcome by which scenarios are ranked, or worth: outcomes added up at their worth in money",
    "unit": "unit of the criterion",
    "parameter": "name as in `mellanrum parameters`; empty = all parameters together",
}
_MIX = {
    "mix": "id of the mix, by the order in which mixes were tried",
    "is_today": "whether nothing is on and nothing added",
    "sek": "what it takes to run, SEK a year in the whole place: means' own staff time and payments, and what is added",
    "hours": "staff hours it takes, a year in the whole place: those of the means, and those of added staff",
    "within_budget": "whether its mean is within the budget",
}
_METHOD = "every set was run; or a model of main effects and pairs, or of main effects alone"

MEANINGS: dict[str, dict[str, str]] = {
    "league.csv": {
        **_INTERVAL,
        "mean": "mean paired difference from the baseline",
        "report": "source report, 000 to 004; empty when the scenario stands for nothing written",
        "kind": "what of the report: initiative, model, proposal, mechanism ...",
        "position": "place by the mean alone, 1 = best: the order to write in, nothing more",
        "rank_low": "best rank that the runs leave open",
        "rank_high": "worst rank that the runs leave open",
        "systems": "how many systems are ranked, the baseline among them",
        "certainly_better_than": "systems that it beats after Holm's correction for all pairs",
        "certainly_worse_than": "systems that beat it after Holm's correction for all pairs",
    },
    "matrix.csv": {
        "report": "source report",
        "kind": "what of the report",
        "means": "id of the means",
        "among_seventeen": "whether it is one of the seventeen means of report 000",
        "value": "what the source says: yes, no, partial, unclear; empty when it says nothing",
        "lean": "for unclear cells: what silence points to",
        "inferred": "True when the source does not say it in so many words",
        "line": "line of the report's text",
        "coverage": "coverage with which the model has it on; empty when it is off",
        "fidelity": "fidelity with which the model has it on; empty when it is off",
    },
    "effects.csv": {
        **_INTERVAL,
        "means": "factor: a means, or a scenario with several",
        "mean": "what changes when it is switched on, averaged over all combinations of the others",
        "mixed_with": _MIXED,
    },
    "interactions.csv": {
        **_INTERVAL,
        "first": "one factor of the pair",
        "second": "the other one",
        "mean": "both together minus the sum of each, averaged over all combinations of the others",
        "first_without_second": "effect of the first with the second off",
        "first_with_second": "effect of the first with the second on",
        "second_without_first": "effect of the second with the first off",
        "second_with_first": "effect of the second with the first on",
        "mixed_with": _MIXED,
    },
    "joint.csv": {
        **_INTERVAL,
        "mean": "joint effect: everything on minus nothing on, as run",
        "sum_alone": "sum of the effects of each factor alone; empty where pairs are mixed with each other",
        "interplay": "joint effect minus that sum",
        "predicted": "joint effect by the model on which shares and sets rest",
        "method": _METHOD,
    },
    "shapley.csv": {
        **_INTERVAL,
        "means": "factor",
        "mean": "fair part of the joint effect (Shapley): what it adds, averaged over all orders of introduction",
        "share": "part of the sum of all parts; empty when the joint effect cannot be told from zero",
        "method": _METHOD,
    },
    "smallest_sets.csv": {
        **_INTERVAL,
        "size": "number of factors",
        "means": "the set of that size that comes furthest, joined by +",
        "mean": "effect of the set against nothing on",
        "share_of_joint": "that effect as a share of the joint effect",
        "reaches": "whether the mean reaches the share asked for (`--reach`)",
        "smallest": "whether it is the smallest set that does",
        "more_than_all": "whether it comes clearly further than everything together",
        "not_told_apart": "other sets of that size whose difference from this one is not clear, 20 at most",
    },
    "sensitivity.csv": {
        **_FOLLOWED,
        "parameter": "name as in `mellanrum parameters`; empty in the row of the start values",
        "measure": (
            "tornado: start (level or difference at the start values), at_low, at_high (change from there at each end "
            "of the range), swing (from low to high), low_end and high_end (where each end lies); morris: mu_star, mu, "
            "sigma; sobol: first, total, second"
        ),
        "value": "in the outcome's unit; of sobol a share of the variance",
        "low": "lower end of its 95 % interval; empty where there is none",
        "high": "upper end of its 95 % interval; empty where there is none",
    },
    "emulator_quality.csv": {
        **_FOLLOWED,
        "runs": "parameter sets that the emulator has learned from",
        "r2": "share of the variance of all values that is predicted, leaving out one set at a time",
        "q2": "the same of the variance that parameters make",
        "noise_share": "share of the variance of all values that is the simulation's luck",
        "within_2": "share of errors within two of their standard deviations; 0.95 is right",
        "verdict": "good, poor (a warning is given) or refused (no indices are given)",
    },
    "ranking.csv": {
        **_CRITERION,
        "where": "all sets, or the third in which the parameter is low or high; of a tornado start, low end, high end",
        "scenario": "id of a scenario one may choose",
        "share": "share of these sets in which it is best by its expected value",
        "n": "sets; of a tornado replications",
    },
    "information.csv": {
        **_CRITERION,
        "value": "expected value of knowing it before choosing (EVPPI; of all together EVPI, from an emulator)",
        "low": "lower end of its 95 % interval; of all together the value itself",
        "high": "upper end of its 95 % interval; of all together the value with luck counted as if it could be known",
        "floor": "what the best of all parameters would seem worth by luck alone, in 19 of 20 cases at most",
        "clear": "whether the value is above that",
        "n": "parameter sets",
    },
    "discovery.csv": {
        "criterion": "what it has to pay by: an outcome, or `worth`, the sum of `--worth`",
        "unit": "unit of the gain",
        "scenario": "id of the choice that is looked at",
        "against": "id of the scenario beside which it has to pay",
        "at_least": "how much better it has to be (`--at-least`)",
        "n": "futures",
        "failing": "futures in which it does not pay, by the mean over replications",
        "failing_share": "their share; `failing_low` and `failing_high`: 95 % interval (Wilson)",
        "failing_low": "lower end of that interval",
        "failing_high": "upper end of that interval",
        "unclear": "futures whose gain has an interval over replications that holds `at_least`; empty with one",
        "unclear_failing": "how many of these are among the failing",
        "verdict": (
            "region; no_region (luck finds as much); never, always (it fails in no future, in all); few (fewer than 5 "
            "futures of one kind, or than 20 in all)"
        ),
        "p_value": "share of searches among shuffled futures that find as much on unseen ones, adjusted by Holm's rule",
        "inside": "futures in the region",
        "failing_inside": "failing futures in the region",
        "density": "share of the futures in the region that fail",
        "coverage": "share of the failing futures that lie in the region",
        "unseen_density": "the same of futures that were left out of the search (cross-validation)",
        "unseen_coverage": "the same of futures that were left out of the search (cross-validation)",
        "rank": "1 = the limit found first, or the parameter that alone tells most",
        "parameter": "name as in `mellanrum parameters`",
        "low": "the region lies above this; empty = no limit",
        "high": "the region lies up to this; empty = no limit",
        "separation": "how well it alone tells failing futures from others, 0 to 1 (from the area under the ROC)",
    },
    "regret.csv": {
        "criterion": "what is regretted: less of an outcome than there could be, or of the sum of `--worth`",
        "unit": "unit of the regret",
        "scenario": "id of the choice",
        "mean": "mean over futures of what the best choice gives more, luck taken out",
        "low": "lower end of its 95 % bootstrap interval over futures",
        "high": "upper end of its 95 % bootstrap interval over futures",
        "median": "median over futures",
        "p90": "90th percentile over futures",
        "max": "largest over futures",
        "worst_future": "number of that future",
        "best_share": "share of the futures in which it is best; ties are shared",
        "best_low": "lower end of its 95 % interval (Wilson)",
        "best_high": "upper end of its 95 % interval (Wilson)",
        "least_mean": "whether no choice has a smaller mean",
        "least_mean_share": "in what share of resampled futures that is so",
        "least_max": "whether no choice has a smaller maximum",
        "least_max_share": "in what share of resampled futures that is so",
        "mean_with_luck": "mean before luck was taken out: too high",
        "max_with_luck": "maximum before luck was taken out: too high",
        "luck_share": "part of how the choices' differences vary between futures that is luck; empty with one run each",
        "n": "futures",
    },
    "satisficing.csv": {
        "scenario": "id of the choice",
        "requirement": "what is required (`--require`); empty = all of it together",
        "share": "share of the futures in which it is reached, by the mean over replications",
        "low": "lower end of its 95 % interval (Wilson)",
        "high": "upper end of its 95 % interval (Wilson)",
        "n": "futures",
    },
    "futures.csv": {
        "future": "number of the future: the parameter set in `parameter_sets.csv`",
        "scenario": "id of the choice",
        "gain": "how much better it does than what it is set against by what it has to pay by, mean over replications",
        "gain_low": "lower end of its 95 % interval; luck is taken to be as large in all futures",
        "gain_high": "upper end of its 95 % interval",
        "pays": "yes, no; empty for what the others are set against",
        "unclear": "yes where the interval holds the threshold; empty with one replication",
    },
    "sweep.csv": {
        **_INTERVAL,
        "point": "number of the point, from 0; the last axis fastest",
        "x": "value of the first axis",
        "y": "value of the second axis; empty along one",
        "scenario": "id of the scenario that is swept, or of what it is compared with",
        "mean": "level at this point, mean over replications",
        "n": "replications with a value",
        "difference": "paired difference from what it is compared with at the same point; empty in rows of that one",
        "difference_n": "replications in which both have a value",
        "change": "how much that difference (the level, with nothing to compare) is another than at the first point",
    },
    "levels_off.csv": {
        "of": "what is followed: the difference, or the level with nothing to compare",
        "point": "the first point that no later one clearly betters, by Holm's correction for all later ones",
        "x": "its value",
        "last": "whether it is the last point, so that it still gains at the end",
        "gain_after": "largest mean change for the better to a later point, empty at the last; its interval holds "
        "together with those of all later points (Bonferroni)",
        "n": "whole replications",
    },
    "allocation.csv": {
        **_MIX,
        "generation": "generation of the search in which it was first tried, from 0",
        "score": "gain of all aims, mean by their weights, % of today's level, as the search saw it",
        "on_front": "whether no other mix within the budget is as good in every weighed aim and better in one",
        "confirmed": "whether it was run again with other luck",
        "n": "replications in the search",
    },
    "front.csv": {
        **_MIX,
        "label": "letter in the figures, A = the best",
        "title": "what the mix holds",
        "score": "gain of all aims, mean by their weights, % of today's level, in runs that the search had not seen",
        "searched_score": "the same as the search had seen it",
        "optimism": "searched_score - score: by how much luck had flattered it",
        "share_within": "share of the runs in which it is within the budget",
        "on_front": "whether no other confirmed mix within the budget is as good in every weighed aim, better in one",
        "share_on_front": "share of resamples of the runs in which it is on that front; empty with one replication",
        "best": "whether it has the highest score within the budget",
        "share_best": "share of resamples of the runs in which it has; empty with one replication",
        "behind": "score of the best less its own, pair by pair",
        "clearly_behind": "whether that is clear by interval and by Holm's correction for the number of mixes",
        "n": "replications",
    },
}
"""What each column means; those that are not here mean what they mean in differences.csv."""


def meaning(table: str, column: str) -> str | None:
    """Return what a column of a table means, or None when it means what it means everywhere."""
    known = MEANINGS[table]
    if column in known:
        return known[column]
    for end, words in (("_low", "lower end of its 95 % interval"), ("_high", "upper end of its 95 % interval")):
        if column.endswith(end) and column.removesuffix(end) in known:
            return words
    return None
