"""Visit people at home by roster: by far the largest number of contacts, and the eyes that see a change first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sim.care.actors import Cast
from sim.care.decisions import Contacts, I, Queries
from sim.care.home_care_parameters import HomeCareParameters
from sim.care.world import World
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession, RecordDomain, WorkCause, WorkKind

F = npt.NDArray[np.float64]

SHIFT_HOURS = (7.5, 12.5, 17.5)
_HELP_CHOICES = 24


class HomeCare:
    """Rosters of home help and home nursing: each client has a group of staff who may come."""

    def __init__(self, world: World, cast: Cast) -> None:
        self._w, self._cast = world, cast
        self._p = read_group(HomeCareParameters, "home_care", world.register)
        stations = world.stations
        self._staff = np.arange(int(stations.first_staff[-1]))
        self._apart = stations.distance.max(initial=0) > 0

    @property
    def ageing_frailty_per_year(self) -> float:
        """Mean rise of frailty per year from age 65."""
        return self._p.ageing_frailty_per_year

    def shift(self, day: int, shift: int) -> None:
        """Carry out one shift: visits of home help and of home nursing."""
        w, p = self._w, self._p
        now = day + SHIFT_HOURS[shift] / 24
        on_duty = w.luck.uniform(Purpose.ROSTER, self._staff, day * 3 + shift) < p.on_duty_share
        present = w.alive & ~w.in_hospital
        clients = np.flatnonzero((w.home_help > 0) & present)
        per_shift = w.home_help[clients] / len(SHIFT_HOURS)
        self._visits(
            day, shift, now, clients, per_shift, Profession.HOME_HELP_WORKER, on_duty, int(p.group_size),
            p.help_visit_minutes, p.help_travel_minutes, p.help_documentation_minutes,
        )  # fmt: skip
        # Home nurses visit by day and in the evening, mostly in the morning: two shifts.
        if shift < 2:
            clients = np.flatnonzero((w.home_nursing > 0) & present)
            visited = self._visits(
                day, shift, now, clients, w.home_nursing[clients] / 2, Profession.HOME_NURSE, on_duty,
                int(p.nurse_group_size), p.nurse_visit_minutes, p.nurse_travel_minutes, p.nurse_documentation_minutes,
            )  # fmt: skip
            self._queries(day, shift, now, visited)

    def _visits(
        self, day: int, shift: int, now: float, clients: I, per_shift: F, profession: Profession,
        on_duty: npt.NDArray[np.bool_], group_size: int, minutes: float, travel: float, writing: float,
    ) -> I:  # fmt: skip
        """Draw this shift's visits of one profession, send staff of the clients' groups and log them."""
        w = self._w
        turn = day * 3 + shift
        u, v = w.luck.uniform_pair(Purpose.VISITS, clients + (int(profession) << 40), turn)
        count = (per_shift + u).astype(np.int64)
        some = count > 0
        clients, count, v = clients[some], count[some], v[some]
        if not len(clients):
            return clients
        staff = self._who_comes(clients, v, profession, on_duty, group_size)
        who = np.repeat(clients, count)
        z = w.luck.normal(Purpose.VISIT_MINUTES, who * 16 + np.arange(len(who)) % 16, turn)
        sd = self._p.visit_minutes_log_sd
        direct = minutes * np.exp(sd * z - sd * sd / 2)
        station = w.stations.of_person[who, profession].astype(np.int64)
        time = now + (0.0 if len(who) == 0 else 0.1) * np.repeat(v, count)
        w.log.visits.block(time, who, np.repeat(staff, count), station, profession, direct, travel, writing)
        w.work.waiting_minutes += np.bincount(station, direct + travel + writing, minlength=len(w.stations))
        return who

    def _who_comes(
        self, clients: I, v: F, profession: Profession, on_duty: npt.NDArray[np.bool_], group_size: int
    ) -> I:
        """Pick one member of each client's group who is on duty, or a stand-in when none is."""
        w = self._w
        station = w.stations.of_person[clients, profession].astype(np.int64)
        first = w.stations.first_staff[station]
        size = w.stations.first_staff[station + 1] - first
        start = (w.luck.uniform(Purpose.GROUP, clients, int(profession)) * size).astype(np.int64)
        group = np.minimum(group_size, size)
        # Members are asked in an order that differs from day to day; then stand-ins beyond the group.
        order = np.arange(_HELP_CHOICES)
        first_asked = (v * group).astype(np.int64)
        inside = order[None, :] < group[:, None]
        offset = np.where(inside, (first_asked[:, None] + order) % group[:, None], order)
        member = first[:, None] + (start[:, None] + offset) % size[:, None]
        choice = on_duty[member].argmax(axis=1)
        return np.asarray(member[np.arange(len(clients)), choice])

    def early_signs(self, person: I, key: npt.NDArray[np.uint64]) -> F:
        """Return after how many days each need is noticed in daily care and passed on; infinite = not.

        The better the staff of the group know the client, the sooner they see it; whether a sign is worth a
        call is the staff member's own decision.
        """
        w, p = self._w, self._p
        after = np.full(len(person), np.inf)
        visits = w.home_help[person] + w.home_nursing[person]
        at = np.flatnonzero(visits > 0)
        if not len(at):
            return after
        who = person[at]
        per_staff = w.home_help[who] * 14 / p.group_size + w.home_nursing[who] * 14 / p.nurse_group_size
        familiarity = 1.0 - np.exp(-per_staff / 6)
        seen = p.notice_probability * (1.0 + (p.notice_familiar_factor - 1.0) * familiarity)
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

    def _queries(self, day: int, shift: int, now: float, visited: I) -> None:
        """Ask a physician: which dose, who is responsible, is there a plan; try again when nobody answers."""
        w, p = self._w, self._p
        if not len(visited) or not self._apart:
            return
        known = w.information.own(visited, np.full(len(visited), RecordDomain.MUNICIPAL_HEALTH_CARE))
        station = w.stations.of_person[visited, Profession.HOME_NURSE].astype(np.int64)
        batch = Queries(visited, station, known)
        known = w.decisions.close(
            "known_share_gain", known, Contacts(visited, np.full(len(visited), -1), station, known)
        )
        u, v = w.luck.uniform_pair(Purpose.QUERY, visited, day * 3 + shift)
        asks = np.flatnonzero(u < p.query_per_visit * (p.query_reference - known))
        if not len(asks):
            return
        batch = Queries(visited[asks], station[asks], known[asks])
        reach = w.decisions.close("query_reach_gain", np.full(len(asks), p.query_reach), batch)
        failed = np.minimum(np.log(v[asks]) / np.log(np.maximum(1.0 - reach, 1e-9)), 12.0).astype(np.int64)
        who, at = visited[asks], station[asks]
        time = np.full(len(asks), now)
        some = np.flatnonzero(failed)
        w.work.add(
            time[some], at[some], who[some], WorkKind.HASSLE, WorkCause.MICRO_QUERY, failed[some] * p.query_failed_minutes
        )
        answer = np.full(len(asks), p.query_answer_minutes)
        doctor = w.stations.of_person[who, Profession.GENERAL_PRACTITIONER].astype(np.int64)
        w.work.add(time, at, who, WorkKind.COORDINATION, WorkCause.MICRO_QUERY, answer)
        w.work.add(time, doctor, who, WorkKind.COORDINATION, WorkCause.MICRO_QUERY, answer)

    def relatives_week(self, day: int) -> None:
        """Count the unpaid help of relatives to home-help clients."""
        w = self._w
        helped = np.flatnonzero((w.home_help > 0) & w.alive & ~w.in_hospital & w.population.relative)
        if len(helped):
            luck = w.luck.uniform(Purpose.RELATIVE_TIME, helped, day)
            w.log.relatives.block(
                np.full(len(helped), day + 0.5), helped, 2.0 * luck * self._p.relative_hours_per_week
            )


