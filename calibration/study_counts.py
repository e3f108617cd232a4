"""Count what a study follows: before and after, and after in the other world, for each who takes part."""

from __future__ import annotations

import numpy as np
import pandas as pd

from calibration.staff_survey import STAFF_OUTCOMES
from calibration.study_file import Answers, Study
from calibration.study_outcomes import OUTCOMES, Values, Window
from calibration.study_subjects import Group, take_part
from sim.core.luck import Luck
from sim.core.observation import Observation
from sim.core.purposes import Purpose

_COUNTED = ("before", "before_exposure", "after", "after_exposure", "without", "without_exposure")
SUBJECT_COLUMNS = ("outcome", "period", "treated", "weight", *_COUNTED, "people")
"""Rows of people alike have no period. Those of a series count all people in one period, named by when it begins, in
periods from the start of the means."""
_STAFF_LUCK = 1
"""Keeps the luck by which staff answer apart from that of people with the same number."""


def subjects_table(study: Study, with_means: Observation, without: Observation, seed: int) -> pd.DataFrame:
    """Count each outcome before and after, and after in the other world; columns `SUBJECT_COLUMNS`."""
    names = dict.fromkeys(name for result in study.results for name in (result.outcome, result.meant) if name)
    if study.answers is not None and study.answers.asked == "staff":
        parts = [_asked(name, study, study.answers, with_means, without, seed) for name in names]
    else:
        group = take_part(study, with_means, without, seed)
        parts = [_counted(name, study, group, with_means, without) for name in names]
        if study.design == "interrupted_time_series":
            parts += [_series(name, study, group, with_means, without) for name in names]
    return pd.concat(parts, ignore_index=True)[list(SUBJECT_COLUMNS)]


def _counted(outcome: str, study: Study, group: Group, with_means: Observation, without: Observation) -> pd.DataFrame:
    who = np.flatnonzero(np.isfinite(group.index_days))
    found = group.index_days
    start, end = found + study.delay_days, found + study.delay_days + study.follow_up_days
    spans = {
        "before": (with_means, found - study.before_days, found),
        "after": (with_means, start, end),
        "without": (without, start, end),
    }
    columns: dict[str, object] = {"treated": group.treated[who], "weight": group.weights[who]}
    for name, (world, begin, until) in spans.items():
        events, exposure = OUTCOMES[outcome](Window(world, begin, until))
        columns[name], columns[f"{name}_exposure"] = events[who], exposure[who]
    return _alike(columns, outcome)


def _alike(columns: dict[str, object], outcome: str) -> pd.DataFrame:
    """Put rows that are alike together, with how many they are."""
    alike = pd.DataFrame(columns).groupby(["treated", "weight", *_COUNTED], sort=True).size()
    return alike.rename("people").reset_index().assign(outcome=outcome, period=np.nan)


def _series(outcome: str, study: Study, group: Group, with_means: Observation, without: Observation) -> pd.DataFrame:
    """Count all who take part, period by period; a period that is not whole is left out."""
    rows = []
    for period in study.periods():
        begin = group.index_days + period * study.period_days
        row: dict[str, object] = {"outcome": outcome, "period": period, "treated": True, "weight": 1.0, "people": 1}
        row |= {"before": 0.0, "before_exposure": 0.0}
        for name, world in (("after", with_means), ("without", without)):
            events, exposure = OUTCOMES[outcome](Window(world, begin, begin + study.period_days))
            row[name], row[f"{name}_exposure"] = float(events.sum()), float(exposure.sum())
        rows.append(row)
    return pd.DataFrame(rows)


def _asked(
    outcome: str, study: Study, answers: Answers, with_means: Observation, without: Observation, seed: int
) -> pd.DataFrame:
    """Ask staff in both worlds; who answers is luck."""
    columns: dict[str, Values] = {}
    start = with_means.start_days + study.subjects.lag_days + study.delay_days
    found = {
        name: STAFF_OUTCOMES[outcome](world, start, start + study.follow_up_days, answers.professions)
        for name, world in (("after", with_means), ("without", without))
    }
    staff = np.union1d(found["after"][0], found["without"][0])
    for name, (numbers, says) in found.items():
        there = np.isin(staff, numbers)
        columns[name] = np.zeros(len(staff))
        columns[name][there] = says
        columns[f"{name}_exposure"] = there.astype(np.float64)
    luck = Luck(seed, Purpose).uniform(Purpose.SURVEY, staff, _STAFF_LUCK)
    nothing = np.zeros(len(staff))
    asked = {"treated": luck < answers.share, "weight": nothing + 1.0, "before": nothing, "before_exposure": nothing}
    return _alike({**asked, **columns}, outcome)
