"""Count what a study follows, for each person between two moments of the person's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import PHYSICIANS, ContactFlag, Mode, NeedKind, Profession
from sim.outcomes.exposure import death_days
from sim.outcomes.intervals import hospital_stays

Values = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Counted = tuple[Values, Values]
"""Events and exposure per person of the place: what happened, and how long or how often it could."""


class Window:
    """From `start` to `end` days for each person; NaN for those who are not followed."""

    def __init__(self, observation: Observation, start: Values, end: Values) -> None:
        self.observation = observation
        self.start, self.end = start, end

    def inside(self, person: npt.NDArray[np.int64], time: Values) -> Flags:
        """Tell which moments lie in the window of their person."""
        return np.asarray((time >= self.start[person]) & (time < self.end[person]))

    def count(self, person: npt.NDArray[np.int64], time: Values, amount: Values | None = None) -> Values:
        """Return rows, or their amounts, per person inside the window."""
        rows = self.inside(person, time)
        return np.asarray(self.observation.per_person(person[rows], None if amount is None else amount[rows]))

    def years(self) -> Values:
        """Return years lived inside the window; 0 for those who are not followed."""
        lived = np.minimum(self.end, death_days(self.observation)) - np.minimum(
            self.start, death_days(self.observation)
        )
        return np.asarray(np.nan_to_num(np.maximum(lived, 0.0)) / DAYS_PER_YEAR)


def _rows(window: Window, table: str) -> tuple[npt.NDArray[np.int64], Values]:
    rows = window.observation.tables[table]
    return rows["person"].astype(np.int64), rows["time_days"]


def ed_visits(window: Window) -> Counted:
    """Count arrivals at the emergency department per year lived."""
    return window.count(*_rows(window, "ed_arrivals")), window.years()


def no_ed_visit(window: Window) -> Counted:
    """Tell who did not come to the emergency department."""
    visits, _ = ed_visits(window)
    return (visits == 0).astype(np.float64), _followed(window)


def admissions(window: Window) -> Counted:
    """Count admissions to a hospital bed per year lived."""
    stays = hospital_stays(window.observation)
    return window.count(stays.person, stays.admitted), window.years()


def avoidable_admissions(window: Window) -> Counted:
    """Count admissions after a need that had been known and unmet, per year lived."""
    stays = hospital_stays(window.observation)
    avoidable = stays.avoidable
    return window.count(stays.person[avoidable], stays.admitted[avoidable]), window.years()


def no_admission(window: Window) -> Counted:
    """Tell who was not admitted."""
    count, _ = admissions(window)
    return (count == 0).astype(np.float64), _followed(window)


def any_admission(window: Window) -> Counted:
    """Tell who was admitted at least once."""
    count, _ = admissions(window)
    return (count > 0).astype(np.float64), _followed(window)


def bed_days(window: Window) -> Counted:
    """Sum days in a hospital bed, per year lived."""
    stays = hospital_stays(window.observation)
    start, end = window.start[stays.person], window.end[stays.person]
    ended = np.minimum(stays.ended, death_days(window.observation)[stays.person])
    days = np.maximum(np.minimum(ended, end) - np.maximum(stays.admitted, start), 0.0)
    return window.observation.per_person(stays.person, np.nan_to_num(days)), window.years()


def mean_stay(window: Window) -> Counted:
    """Sum the days of the stays that began and ended in the window, per such stay."""
    stays = hospital_stays(window.observation)
    whole = window.inside(stays.person, stays.admitted) & (stays.ended < window.end[stays.person])
    person, days = stays.person[whole], (stays.ended - stays.admitted)[whole]
    return window.observation.per_person(person, days), window.observation.per_person(person)


def outpatient_visits(window: Window) -> Counted:
    """Count visits to physicians and nurses of health centres and clinics, at home too, per year lived."""
    contacts = window.observation.tables["contacts"]
    who = [int(p) for p in Profession if p.name in _OUTPATIENT]
    rows = np.isin(contacts["profession"], who) & (contacts["mode"] <= Mode.HOME_VISIT)
    return window.count(contacts["person"][rows].astype(np.int64), contacts["time_days"][rows]), window.years()


def primary_care_contacts(window: Window) -> Counted:
    """Count contacts of every kind with the health centre, per year lived."""
    contacts = window.observation.tables["contacts"]
    rows = np.isin(contacts["profession"], [int(p) for p in Profession if p.name in _HEALTH_CENTRE])
    return window.count(contacts["person"][rows].astype(np.int64), contacts["time_days"][rows]), window.years()


def home_care_hours(window: Window) -> Counted:
    """Sum the hours that home help and home nursing are with the person, per year lived."""
    visits = window.observation.tables["visits"]
    hours = visits["direct_minutes"] / 60.0
    return window.count(visits["person"].astype(np.int64), visits["time_days"], hours), window.years()


def repeated_tests(window: Window) -> Counted:
    """Count contacts with physicians at which a test was made again, per such contact."""
    contacts = window.observation.tables["contacts"]
    rows = np.isin(contacts["profession"], [int(p) for p in PHYSICIANS])
    person, time = contacts["person"][rows].astype(np.int64), contacts["time_days"][rows]
    again = (contacts["flags"][rows] & ContactFlag.TEST_REPEATED) > 0
    return window.count(person, time, again.astype(np.float64)), window.count(person, time)


def got_help_with_coordination(window: Window) -> Counted:
    """Tell who got help with coordination at any contact, of those with complex needs who had a contact."""
    helped, asked = _at_any_contact(window, ContactFlag.HELP_WITH_COORDINATION)
    complex_needs = window.observation.people.complex_needs
    return helped * complex_needs, asked * complex_needs


def conflicting_information(window: Window) -> Counted:
    """Tell who was given contradictory information at any contact, of those who had a contact."""
    return _at_any_contact(window, ContactFlag.CONTRADICTORY_INFORMATION)


def record_missing(window: Window) -> Counted:
    """Tell who met missing records at any contact, of those who had a contact."""
    return _at_any_contact(window, ContactFlag.RECORD_MISSING)


def tests_made_again(window: Window) -> Counted:
    """Tell who had a test made again at any contact, of those who had a contact."""
    return _at_any_contact(window, ContactFlag.TEST_REPEATED)


def seen_within_guarantee(window: Window) -> Counted:
    """Count contacts with physicians for something new within the national guarantee, per such contact."""
    contacts = window.observation.tables["contacts"]
    longest = np.full(len(Profession), np.nan)
    longest[list(GUARANTEE_DAYS)] = list(GUARANTEE_DAYS.values())
    limit = longest[contacts["profession"]]
    planned_ahead = np.isin(contacts["need_kind"], [int(kind) for kind in _PLANNED_AHEAD])
    later = (contacts["flags"] & (ContactFlag.ACUTE | ContactFlag.SECOND_TRY)) > 0
    rows = np.isfinite(limit) & ~planned_ahead & ~later
    person, time = contacts["person"][rows].astype(np.int64), contacts["time_days"][rows]
    in_time = (contacts["wait_days"] <= limit)[rows]
    return window.count(person, time, in_time.astype(np.float64)), window.count(person, time)


def _at_any_contact(window: Window, flag: ContactFlag) -> Counted:
    """Tell to whom something happened at least once, and who had a contact at which it could."""
    contacts = window.observation.tables["contacts"]
    rows = (contacts["flags"] & flag) > 0
    happened = window.count(contacts["person"][rows].astype(np.int64), contacts["time_days"][rows])
    number = window.count(*_rows(window, "contacts"))
    return (happened > 0).astype(np.float64), (number > 0).astype(np.float64)


def _followed(window: Window) -> Values:
    """Return 1 for those who are followed and alive when the window opens, else 0."""
    return (death_days(window.observation) > window.start).astype(np.float64)


GUARANTEE_DAYS = {
    Profession.GENERAL_PRACTITIONER: 7.0,
    Profession.SPECIALIST_PHYSICIAN: 90.0,
    Profession.PSYCHIATRIST: 90.0,
}
"""Longest waits of the national guarantee as it was when the follow-ups that name it were made: 0-7-90-90, in law from
2010 (SFS 2010:349). Since 2019 primary care has three days, and any of its professions may make the assessment."""
_PLANNED_AHEAD = (
    *(NeedKind.CHRONIC_FOLLOW_UP, NeedKind.MEDICATION_CHANGE, NeedKind.WOUND_AND_NURSING),
    *(NeedKind.DISCHARGE_FOLLOW_UP, NeedKind.DISCHARGE_PLANNING),
)
"""What the guarantee is not about: the next visit of somebody under treatment."""
_HEALTH_CENTRE = {"GENERAL_PRACTITIONER", "PRIMARY_CARE_NURSE", "COUNSELLOR"}
_OUTPATIENT = {*_HEALTH_CENTRE, "SPECIALIST_PHYSICIAN", "SPECIALIST_NURSE", "PSYCHIATRIST", "PSYCHIATRIC_NURSE"}

OUTCOMES: dict[str, Callable[[Window], Counted]] = {
    one.__name__: one
    for one in (
        *(ed_visits, no_ed_visit, admissions, avoidable_admissions, no_admission, any_admission, bed_days, mean_stay),
        *(outpatient_visits, primary_care_contacts, home_care_hours, repeated_tests),
        *(got_help_with_coordination, conflicting_information, record_missing, tests_made_again),
        seen_within_guarantee,
    )
}
"""What a study can follow, by name."""
