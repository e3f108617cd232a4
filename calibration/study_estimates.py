"""Tell what a study reports, what the means does to the same people, and what the difference is made of.

Everything adds up on the scale of the estimator's link (logarithms for ratios and changes, log odds, plain numbers for
shares and differences): reported = effect + regression + selection + spill-over + definition.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from calibration.estimators import (
    Estimate,
    Estimator,
    Term,
    Values,
    as_reported,
    estimate,
    mean_rate,
    share_not_by_means,
)
from calibration.series import Segmented, segmented
from calibration.study_file import TWO_GROUPS, Result, Study


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What a reported figure is made of, on the scale of the link; they add up to it."""

    effect: float
    """What the means does to the same people; in a survey what everybody asked would have answered."""
    regression: float = 0.0
    """What would have happened anyway from before to after: regression to the mean, time, growing older."""
    selection: float = 0.0
    """What sets those compared apart all the same: chance in a trial; who they are; who answers."""
    spill_over: float = 0.0
    """What the means does to those compared with, turned round."""
    definition: float = 0.0
    """What is counted, or not compared: another outcome than is meant, a level, a straight line drawn on."""

    def total(self) -> float:
        """Return what is reported."""
        return self.effect + self.regression + self.selection + self.spill_over + self.definition


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What one figure of a study comes to in the model."""

    reported: Estimate
    truth: Estimate
    without_effect: float
    """What would be reported if the means changed nothing."""
    spill_over: float
    not_by_means: float
    """Share of what is reported; NaN where that may be nothing."""
    parts: Parts
    series: Segmented | None = None
    people: int
    people_compared: int


class Seen:
    """The people of a study and the rates that its designs compare."""

    def __init__(self, table: pd.DataFrame, how: Estimator) -> None:
        self._table, self._how = table, how
        self.people: Values = table["people"].to_numpy(dtype=np.float64)
        self.treated = table["treated"].to_numpy(dtype=np.bool_)

    def rate(self, period: str, treated: bool | None = None) -> Term:
        """Return a rate `before`, `after`, or after `without` the means, among the treated, the others, or all."""
        who = np.ones(len(self.treated), dtype=np.bool_) if treated is None else self.treated == treated
        events, exposure, weights = (
            self._table[name].to_numpy(dtype=np.float64) for name in (period, f"{period}_exposure", "weight")
        )
        return mean_rate(events, exposure, who, self._how, people=self.people, weights=weights)

    def effect(self, study: Study) -> Term:
        """Return what the means does to those the study is about."""
        if study.design == "survey":
            return self.rate("after")
        if study.design == "cross_section":
            # The truth is what the means would do for those who lack the exposure.
            return self.rate("after", False) - self.rate("without", False)
        about = True if study.design in TWO_GROUPS else None
        return self.rate("after", about) - self.rate("without", about)

    def reported(self, study: Study) -> Term:
        """Return what a study reports that compares people."""
        if study.design == "survey":
            return self.rate("after", True)
        if study.design == "own_log":
            return self.rate("after")
        if study.design == "cross_section":
            # Exposure is compared as it is today.
            return self.rate("without", True) - self.rate("without", False)
        if study.design == "before_after":
            return self.rate("after") - self.rate("before")
        if study.design == "before_after_control":
            changes = (self.rate("after", who) - self.rate("before", who) for who in (True, False))
            return next(changes) - next(changes)
        return self.rate("after", True) - self.rate("after", False)

    def without_effect(self, study: Study) -> Term:
        """Return what the same study reports where the means changes nothing."""
        if study.design == "cross_section":
            return self.reported(study) - self.effect(study)
        # The same comparison of the other world, in which nothing happened after but what happens anyway.
        other = self._table.assign(after=self._table["without"], after_exposure=self._table["without_exposure"])
        return Seen(other, self._how).reported(study)

    def spill_over(self, study: Study) -> Term | None:
        """Return what the means does to those compared with; None without any."""
        return self.rate("after", False) - self.rate("without", False) if study.design in TWO_GROUPS else None


def findings(study: Study, result: Result, table: pd.DataFrame) -> Findings:
    """Return what one figure comes to; `table` holds the rows of all replications (`SUBJECT_COLUMNS`)."""
    if "period" not in table:  # runs of studies that have no series need not name any
        table = table.assign(period=np.nan)
    of_people = table[table["period"].isna()]
    seen = Seen(of_people[of_people["outcome"] == result.outcome], result.estimator)
    found = _of_series(study, result, table, seen) if _is_series(study) else _of_people(study, result, seen)
    if result.meant is None:
        return found
    meant = Seen(of_people[of_people["outcome"] == result.meant], result.estimator)
    effect = meant.effect(study)
    counted = found.parts.effect
    parts = replace(found.parts, effect=effect.value, definition=found.parts.definition + counted - effect.value)
    return replace(found, truth=estimate(effect, meant.people, _of_truth(study, result)), parts=parts)


def _is_series(study: Study) -> bool:
    return study.design == "interrupted_time_series"


def _of_truth(study: Study, result: Result) -> Estimator:
    """Return how the true effect is expressed: of a level nothing is caused, but how much more it is than without."""
    return "difference" if result.estimator == "share" and study.design != "survey" else result.estimator


def _of_people(study: Study, result: Result, seen: Seen) -> Findings:
    how, people = result.estimator, seen.people
    reported, effect = seen.reported(study), seen.effect(study)
    nothing, spill_over = seen.without_effect(study), seen.spill_over(study)
    return Findings(
        reported=estimate(reported, people, how),
        truth=estimate(effect, people, _of_truth(study, result)),
        without_effect=estimate(nothing, people, how).value,
        spill_over=np.nan if spill_over is None else estimate(spill_over, people, how).value,
        not_by_means=np.nan if study.design == "survey" else share_not_by_means(reported, effect, people),
        parts=_parts(study, reported, effect, nothing, spill_over),
        people=int(people[seen.treated].sum()),
        people_compared=int(people[~seen.treated].sum()),
    )


def _parts(study: Study, reported: Term, effect: Term, nothing: Term, spill_over: Term | None) -> Parts:
    """Return the parts of what people show: the effect, what would be there anyway by its name, and spill-over."""
    if study.design == "survey":
        # Those who answer are other people than those who do not.
        return Parts(effect=effect.value, selection=reported.value - effect.value)
    kind = "selection"
    if study.design in ("before_after", "before_after_control"):
        kind = "regression"
    elif study.design == "own_log":
        kind = "definition"
    lost = 0.0 if spill_over is None else -spill_over.value
    return Parts(effect=effect.value, spill_over=lost, **{kind: nothing.value})


def _of_series(study: Study, result: Result, table: pd.DataFrame, seen: Seen) -> Findings:
    """Return what a series of rates shows; the true effect is that on the same people over all the time after."""
    months = table[table["period"].notna() & (table["outcome"] == result.outcome)]
    sums = months.drop(columns=["outcome"]).groupby("period", sort=True).sum()
    time = sums.index.to_numpy(dtype=np.float64)
    fitted = [segmented(time, (sums[one] / sums[f"{one}_exposure"]).to_numpy()) for one in ("after", "without")]
    effect, how = seen.effect(study), result.estimator
    there, here = fitted[1], fitted[0]
    reported = here.interval() if here is not None else Estimate(np.nan, np.nan, np.nan)
    anyway = there.mean_change if there is not None else np.nan
    certain = reported.low > 0 or reported.high < 0
    return Findings(
        reported=Estimate(*(as_reported(x, how) for x in (reported.value, reported.low, reported.high))),
        truth=estimate(effect, seen.people, how),
        without_effect=as_reported(anyway, how),
        spill_over=np.nan,
        not_by_means=1.0 - effect.value / reported.value if certain else np.nan,
        parts=Parts(
            effect=effect.value, regression=anyway, definition=reported.value - anyway - effect.value
        ),
        series=here,
        people=int(seen.people.sum()),
        people_compared=0,
    )  # fmt: skip
