"""Visit people at home by roster: by far the largest number of contacts, and the eyes that see a change first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.actors import Cast
from sim.care.home_care_parameters import HomeCareParameters
from sim.care.questions import Contacts, Queries
from sim.care.roster import Duty, Roster, draw_up
from sim.care.world import World
from sim.core.arrays import F, I, positions
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession, RecordDomain, WorkCause, WorkKind

SHIFT_HOURS = (7.5, 12.5, 17.5)
_NURSING_SHIFTS = 2
"""Home nurses visit in the morning and at midday."""
_FORTNIGHT = 14
_SHIFT_DAYS = np.array(SHIFT_HOURS) / 24


@dataclass(slots=True)
class Visits:
    """A day's visits of one profession, in order of shift; arrays have one element per visit."""

    profession: Profession
    client: I
    shift: I
    staff: I
    station: I
    direct_minutes: F
    travel_minutes: float
    documentation_minutes: F


class HomeCare:
    """Rosters of home help and home nursing: each client has a group of staff who may come."""

    def __init__(self, world: World, cast: Cast) -> None:
        self._w, self._cast = world, cast
        self._p = read_group(HomeCareParameters, "home_care", world.register)
        stations = world.stations
        self._staff = np.arange(int(stations.first_staff[-1]))
        self._apart = stations.distance.max(initial=0) > 0
        people = len(world.population)
        self._help_group = np.full(people, self._p.group_size)
        self._nurse_group = np.full(people, self._p.nurse_group_size)
        """Staff who may come to each person."""

    @property
    def ageing_frailty_per_year(self) -> float:
        """Mean rise of frailty per year from age 65."""
        return self._p.ageing_frailty_per_year

    def week(self, day: int) -> None:
        """Draw up the rosters of the week that begins today; services granted since start now."""
        w, p = self._w, self._p
        shift = np.arange(day * len(SHIFT_HOURS), (day + 7) * len(SHIFT_HOURS))
        is_on_duty = w.luck.uniform(Purpose.ROSTER, self._staff, shift[:, None]) < self._on_duty_share(day)
        self._first_shift = int(shift[0])
        self._help = draw_up(w, Profession.HOME_HELP_WORKER, w.home_help, int(p.group_size))
        self._help_duty = self._help.duty(is_on_duty)
        self._help_group[self._help.client] = self._help.group_size
        self._nursing = draw_up(w, Profession.HOME_NURSE, w.home_nursing, int(p.nurse_group_size))
        self._nursing_duty = self._nursing.duty(is_on_duty)
        self._nurse_group[self._nursing.client] = self._nursing.group_size

    def _on_duty_share(self, day: int) -> F | float:
        """Return the share of staff on duty in the week's shifts; where some are away, shape (shifts, staff)."""
        usual, stations = self._p.on_duty_share, self._w.stations
        lefts = [self._w.disturbances.staff_left(one) for one in range(day, day + 7)]
        if all(left is None for left in lefts):
            return usual
        station = np.repeat(np.arange(len(stations)), stations.facts.staff)
        shares = [np.full(len(station), usual) if left is None else usual * left[station] for left in lefts]
        return np.repeat(np.array(shares), len(SHIFT_HOURS), axis=0)

    def visit_day(self, day: int) -> None:
        """Carry out a day's visits of home help and of home nursing."""
        p = self._p
        helped = self._visits(
            day, self._help, self._help_duty, len(SHIFT_HOURS), p.help_visit_minutes, p.help_travel_minutes,
            p.help_documentation_minutes,
        )  # fmt: skip
        nursed = self._visits(
            day, self._nursing, self._nursing_duty, _NURSING_SHIFTS, p.nurse_visit_minutes, p.nurse_travel_minutes,
            p.nurse_documentation_minutes,
        )  # fmt: skip
        shifts = np.arange(len(SHIFT_HOURS) + 1)
        ends_helped = np.searchsorted(helped.shift, shifts).tolist()
        ends_nursed = np.searchsorted(nursed.shift, shifts).tolist()
        for shift in range(len(SHIFT_HOURS)):
            self._log_shift(day, shift, helped, slice(*ends_helped[shift : shift + 2]))
            self._log_shift(day, shift, nursed, slice(*ends_nursed[shift : shift + 2]))
        self._queries(day, nursed.shift, nursed.client)

    def _visits(
        self, day: int, roster: Roster, duty: Duty, shifts: int, minutes: float, travel: float, writing: float
    ) -> Visits:
        """Draw a day's visits of one profession, and send staff of the clients' groups."""
        w, sd = self._w, self._p.visit_minutes_log_sd
        here = positions(w.alive[roster.client] & ~w.in_hospital[roster.client])
        key = roster.key[here]
        first_shift = day * len(SHIFT_HOURS)
        turn = first_shift + np.arange(shifts)
        u, v = w.luck.uniform_pair(Purpose.VISITS, key, turn[:, None])
        count = (roster.visits_per_day[here] / shifts + u).astype(np.int64).ravel()
        # Shift after shift, laid out flat: one position is found faster than two.
        visited = positions(count != 0)
        shift = visited // len(here)
        row, luck, more = here[visited - shift * len(here)], v.take(visited), count[visited]
        of_week = shift + (first_shift - self._first_shift)
        staff = roster.who_comes(row, of_week, duty, luck)
        if roster.kept_in_group > 0:
            self._keep_in_group(roster, row, of_week, staff)
        alone = positions(staff < 0)
        staff[alone] = roster.who_stands_in(row[alone], of_week[alone], duty)
        each = np.repeat(np.arange(len(row)), more)
        number = np.arange(len(each)) - np.repeat(np.cumsum(more) - more, more)
        row, shift, staff = row[each], shift[each], staff[each]
        client, station = roster.client[row], roster.station[row]
        # Minutes are luck of client, shift and number of the visit in it, not of the place in today's list.
        z = w.luck.normal(Purpose.VISIT_MINUTES, roster.key[row], (first_shift + shift) * 16 + number)
        z *= sd
        z -= sd * sd / 2
        direct = minutes * np.exp(z, z) * w.disturbances.now("home_visit_minutes_factor")
        granted = w.decisions.product("visit_minutes_factor", client)
        if granted is not None:
            direct = direct * granted
        documentation = np.broadcast_to(np.float64(writing), direct.shape)
        spared = w.decisions.product("visit_documentation_factor", client)
        if spared is not None:
            documentation = documentation * spared
        w.work.waiting_minutes += np.bincount(station, direct + travel + documentation, minlength=len(w.stations))
        return Visits(roster.profession, client, shift, staff, station, direct, travel, documentation)

    def _keep_in_group(self, roster: Roster, row: I, of_week: I, staff: I) -> None:
        """Bring in one of the group where none is on duty, as far as the policy sees to it; changes `staff`."""
        at = positions((staff < 0) & roster.by_policy[row])
        key = roster.key[row[at]]
        u, v = self._w.luck.uniform_pair(Purpose.GROUP_KEPT, key, of_week[at] + self._first_shift)
        kept = u < roster.kept_in_group
        staff[at[kept]] = roster.who_is_kept(row[at[kept]], v[kept])

    def _log_shift(self, day: int, shift: int, visits: Visits, at: slice) -> None:
        """Log the visits of one shift: shift by shift the log is in order of time as it is written."""
        if at.start < at.stop:
            self._w.log.visits.block(
                day + SHIFT_HOURS[shift] / 24, visits.client[at], visits.staff[at], visits.station[at],
                visits.profession, visits.direct_minutes[at], visits.travel_minutes, visits.documentation_minutes[at],
            )  # fmt: skip

    def early_signs(self, person: I, key: npt.NDArray[np.uint64]) -> F:
        """Return after how many days each need is noticed in daily care and passed on; infinite = not.

        The better the staff of the group know the client, the sooner they see it; whether a sign is worth a
        call is the staff member's own decision.
        """
        w, p = self._w, self._p
        after = np.full(len(person), np.inf)
        visits = w.home_help[person] + w.home_nursing[person]
        at = positions(visits > 0)
        if not len(at):
            return after
        who = person[at]
        per_staff = _FORTNIGHT * (
            w.home_help[who] / self._help_group[who] + w.home_nursing[who] / self._nurse_group[who]
        )
        familiarity = 1.0 - np.exp(-per_staff / p.familiar_after_visits)
        seen = p.notice_probability * (1.0 + (p.notice_familiar_factor - 1.0) * familiarity)
        seen = w.decisions.close("notice_gain", seen, who)
        wait = w.luck.exponential(Purpose.NOTICE, key[at]) / (visits[at] * seen)
        profession = np.where(w.home_help[who] > 0, Profession.HOME_HELP_WORKER, Profession.HOME_NURSE)
        station = w.stations.of_person[who, profession].astype(np.int64)
        first, last = w.stations.first_staff[station], w.stations.first_staff[station + 1]
        u, v = w.luck.uniform_pair(Purpose.PASS_ON, key[at])
        staff = (first + (v * (last - first)).astype(np.int64)).tolist()
        passes = [
            self._cast.home_care[s].passes_on(f, x)
            for s, f, x in zip(staff, familiarity.tolist(), u.tolist(), strict=True)
        ]
        after[at] = np.where(passes, wait, np.inf)
        return after

    def _queries(self, day: int, shift: I, visited: I) -> None:
        """Ask a physician: which dose, who is responsible, is there a plan; try again when nobody answers."""
        w, p = self._w, self._p
        if not len(visited) or not self._apart:
            return
        known = w.information.own(visited, RecordDomain.MUNICIPAL_HEALTH_CARE)
        known *= w.disturbances.now("own_record_unreadable_share")
        station = w.stations.of_person[visited, Profession.HOME_NURSE].astype(np.int64)
        batch = Queries(visited, station, known)
        known = w.decisions.close(
            "known_share_gain", known, Contacts(visited, np.full(len(visited), -1), station, known)
        )
        turn = day * len(SHIFT_HOURS) + shift
        u, v = w.luck.uniform_pair(Purpose.QUERY, visited, turn)
        often = p.query_per_visit * (p.query_reference - known)
        fewer = w.decisions.product("query_rate_factor", batch)
        asks = positions(u < (often if fewer is None else often * fewer))
        if not len(asks):
            return
        batch = Queries(visited[asks], station[asks], known[asks])
        reach = w.decisions.close("query_reach_gain", np.full(len(asks), p.query_reach), batch)
        failed = np.minimum(np.log(v[asks]) / np.log(np.maximum(1.0 - reach, 1e-9)), 12.0).astype(np.int64)
        who, at = visited[asks], station[asks]
        time = day + _SHIFT_DAYS[shift[asks]]
        some = positions(failed)
        w.work.add(
            time[some],
            at[some],
            who[some],
            WorkKind.HASSLE,
            WorkCause.MICRO_QUERY,
            failed[some] * p.query_failed_minutes,
        )
        answer = np.full(len(asks), p.query_answer_minutes)
        luck = w.luck.uniform(Purpose.QUERY, who, turn[asks] + (1 << 24))
        answers = np.where(
            luck < p.query_physician_share, Profession.GENERAL_PRACTITIONER, Profession.PRIMARY_CARE_NURSE
        )
        asked = w.stations.of_person[who, answers].astype(np.int64)
        w.work.add(time, at, who, WorkKind.COORDINATION, WorkCause.MICRO_QUERY, answer)
        w.work.add(time, asked, who, WorkKind.COORDINATION, WorkCause.MICRO_QUERY, answer)

    def relatives_week(self, day: int) -> None:
        """Count the unpaid help of relatives to home-help clients."""
        w = self._w
        helped = positions((w.home_help > 0) & w.alive & ~w.in_hospital & w.population.relative)
        if len(helped):
            luck = w.luck.uniform(Purpose.RELATIVE_TIME, helped, day)
            w.log.relatives.block(np.full(len(helped), day + 0.5), helped, 2.0 * luck * self._p.relative_hours_per_week)
