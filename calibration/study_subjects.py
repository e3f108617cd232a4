"""Find who takes part in a virtual study, on which day, and who is compared with whom."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from calibration.adjustment import adjusted_weights, alike_weights
from calibration.places import with_the_means
from calibration.study_file import MATCHED, Answers, Study, Subjects
from calibration.study_outcomes import OUTCOMES, Flags, Values, Window
from sim.core.luck import Luck
from sim.core.observation import Observation
from sim.core.purposes import Purpose
from sim.core.vocabulary import EnrolmentEvent, Mode, Profession, Responder
from sim.outcomes.exposure import death_days
from sim.outcomes.intervals import hospital_stays

Ints = npt.NDArray[np.int64]
_OLD_AGES = (65.0, 75.0, 85.0)
_MOST_COUNTED = 3.0
"""Visits and admissions before beyond which controls are matched alike."""
_STAY_STEPS_DAYS = (0.5, 7.0, 21.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Who takes part: one element per person of the place."""

    index_days: Values
    """Day on which each was found; NaN = takes no part."""
    treated: Flags
    """Those who are offered the means, have the exposure, or answer; the others are compared with, or do not answer."""
    weights: Values
    """How much each counts, so that those compared with are like the treated; 1 for the treated."""


def take_part(study: Study, with_means: Observation, without: Observation, seed: int) -> Group:
    """Return who takes part. `without` is looked at only where the study itself has no means in it."""
    world = without if study.design == "cross_section" else with_means
    index = _found(study.subjects, world, whole_place=study.design == "interrupted_time_series")
    treated = _treated(study, world, seed)
    if study.exposure is not None:
        level = _usual_provider(Window(world, index - study.before_days, index))
        treated, lowest = _thirds(np.where(np.isnan(index), np.nan, level))
        index = np.where(treated | lowest, index, np.nan)
    weights = np.ones(len(index))
    if study.answers is not None:
        treated = _answering(study.answers, world, index)
    if study.adjust_for:
        before = Window(world, index - study.before_days, index)
        weights = adjusted_weights(before, np.isfinite(index), treated, study.adjust_for)
        index = np.where(weights > 0, index, np.nan)
    if study.design in MATCHED:
        weights = _matched(world, index, treated, study.before_days)
        index = np.where(weights > 0, index, np.nan)
    return Group(index_days=index, treated=treated, weights=weights)


def _thirds(level: Values) -> tuple[Flags, Flags]:
    """Return the highest and the lowest third of those who have a level; with many ties, of those below the highest."""
    known = level[np.isfinite(level)]
    if not len(known):
        return np.zeros(len(level), dtype=np.bool_), np.zeros(len(level), dtype=np.bool_)
    low, high = np.quantile(known, [1 / 3, 2 / 3])
    below = known[known < high]
    return level >= high, level <= min(low, below.max() if len(below) else -np.inf)


def _treated(study: Study, world: Observation, seed: int) -> Flags:
    """Return whom the luck of coverage, or the place they live in, lets have the means: as the model offers it."""
    if study.assigned_by == "municipality":
        return np.asarray(with_the_means(len(world.municipalities))[world.people.municipality])
    luck = Luck(seed, Purpose).uniform(Purpose.COVERAGE, np.arange(len(world.people)))
    return np.asarray(luck < study.share_offered)


def _answering(answers: Answers, world: Observation, index: Values) -> Flags:
    """Return who of those asked answers; those who take part more in their own care may do so more often."""
    part, asked = world.people.participation.astype(np.float64), np.isfinite(index)
    middle = float(part[asked].mean()) if asked.any() else 0.0
    share = answers.share + answers.more_with_participation * (part - middle)
    return np.asarray(world.people.survey_luck < np.clip(share, 0.0, 1.0))


def _found(rule: Subjects, world: Observation, *, whole_place: bool) -> Values:
    """Return the day each is found: the first time the rule is met while people are recruited.

    A series counts the `whole_place`: those too who died before. Following survivors alone bends it at the start.
    """
    first = world.start_days + rule.lag_days
    last = first + rule.recruitment_days
    if rule.found == "frequent_use":
        index = _frequent(rule, world, first, last)
    elif rule.found == "everybody":
        index = np.full(len(world.people), first)
    else:
        index = _first_moment(len(world.people), *_moments(rule, world), first, last)
    wanted = (world.people.age_years >= rule.age_from) & _only(rule, world)
    if not whole_place:
        wanted &= death_days(world) > np.nan_to_num(index)
    return np.where(wanted, index, np.nan)


def _only(rule: Subjects, world: Observation) -> Flags:
    people = world.people
    chosen: dict[str, Flags] = {
        "all": np.ones(len(people), dtype=np.bool_),
        "complex_needs": people.complex_needs,
        "home_care": people.home_help | people.home_nursing,
        "home_nursing": people.home_nursing,
    }
    return chosen[rule.only]


def _moments(rule: Subjects, world: Observation) -> tuple[Ints, Values]:
    """Return who meets a rule that is an event, and when."""
    if rule.found == "enrolled":
        rows = world.tables["enrolments"]
        chosen = rows["event"] == EnrolmentEvent.ENROLLED
        return rows["person"][chosen].astype(np.int64), rows["time_days"][chosen]
    if rule.found == "answered_by_team":
        rows = world.tables["acute_turns"]
        chosen = rows["responder"] == Responder.MOBILE_TEAM
        return rows["person"][chosen].astype(np.int64), rows["time_days"][chosen]
    stays = hospital_stays(world)
    if rule.found == "admitted":
        return stays.person, stays.admitted
    alive = ~stays.died
    return stays.person[alive], stays.ended[alive]


def _first_moment(people: int, person: Ints, time: Values, first: float, last: float) -> Values:
    index = np.full(people, np.inf)
    inside = (time >= first) & (time < last)
    np.minimum.at(index, person[inside], time[inside])
    return np.where(np.isfinite(index), index, np.nan)


def _frequent(rule: Subjects, world: Observation, first: float, last: float) -> Values:
    """Look once a week, as staff do when they go through their lists."""
    index = np.full(len(world.people), np.nan)
    for day in np.arange(first, last, 7.0):
        window = Window(world, np.full(len(index), day - rule.within_days), np.full(len(index), day))
        often = OUTCOMES[rule.of](window)[0] >= rule.at_least
        index[np.isnan(index) & often & (death_days(world) > day)] = day
    return index


def _usual_provider(window: Window) -> Values:
    """Return the share of GP visits made to the GP seen most; NaN with fewer than two."""
    contacts = window.observation.tables["contacts"]
    visit = (contacts["profession"] == Profession.GENERAL_PRACTITIONER) & (contacts["mode"] <= Mode.HOME_VISIT)
    person, staff = contacts["person"][visit].astype(np.int64), contacts["staff"][visit].astype(np.int64)
    inside = window.inside(person, contacts["time_days"][visit])
    person, staff = person[inside], staff[inside]
    pairs, counts = np.unique(np.stack([person, staff]), axis=1, return_counts=True)
    most = np.zeros(len(window.start))
    np.maximum.at(most, pairs[0], counts)
    total = window.observation.per_person(person)
    return np.asarray(np.divide(most, total, out=np.full(len(most), np.nan), where=total >= 2))


def _matched(world: Observation, index: Values, treated: Flags, before_days: float) -> Values:
    """Weigh those compared with so that each kind of person counts as much as among the treated; 0 = no match."""
    before = Window(world, index - before_days, index)
    kinds = np.stack(
        [
            np.digitize(world.people.age_years, _OLD_AGES),
            np.minimum(OUTCOMES["ed_visits"](before)[0], _MOST_COUNTED),
            np.minimum(OUTCOMES["admissions"](before)[0], _MOST_COUNTED),
            np.digitize(OUTCOMES["bed_days"](before)[0], _STAY_STEPS_DAYS),
        ]
    )
    return alike_weights(kinds, np.isfinite(index), treated)
