"""Say what the columns of tables that set the model beside published figures mean."""

from __future__ import annotations

from generate.meanings import MEANINGS

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
