"""Receive people in the emergency department: travel, queue, examination, and bed, home or something between."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import simpy
from scipy.special import ndtri

from sim.care.actors import Cast
from sim.care.arrangement import Arrangement
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.onward import Onward
from sim.care.referrals import Referral, Referrals
from sim.care.world import World
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import (
    AcuteSource,
    ContactFlag,
    EpisodeEvent,
    Mode,
    NeedKind,
    Profession,
    RecordDomain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencyParameters:
    """Parameters of group `emergency`."""

    reach_office_hours: float
    reach_other_hours: float
    reach_sudden_factor: float
    home_possible_base: float
    home_possible_slope: float
    wait_out_base: float
    wait_out_slope: float
    ambulance_base: float
    ambulance_severity_slope: float
    ambulance_frailty_slope: float
    physician_minutes: float
    physician_minutes_log_sd: float
    examination_hours: float
    admission_logit: float
    admission_severity_slope: float
    admission_frailty_slope: float
    admission_old: float
    alternative_base: float
    agreement_probability: float
    agreement_with_one_purse: float
    support_days: float
    support_home_help_hours_per_day: float
    support_home_nurse_minutes_per_day: float
    met_in_emergency_department: float
    follow_up_after_ed: float
    home_answer_minutes: float


@dataclass(slots=True, frozen=True)
class Visit:
    """One visit to the emergency department."""

    person: int
    severity: float
    episode: int
    key: int
    source: int
    arrived_days: float
    wait_minutes: float
    physician_minutes: float
    staff: int


class EmergencyDepartment:
    """Physicians round the clock, first come first served."""

    def __init__(
        self, world: World, env: simpy.Environment, intake: Intake, onward: Onward, referrals: Referrals,
        cast: Cast, fading_days: float, ed_weight: float,
    ) -> None:  # fmt: skip
        self._w, self._env, self._intake, self._onward = world, env, intake, onward
        self._referrals, self._cast = referrals, cast
        self._p = read_group(EmergencyParameters, "emergency", world.register)
        self._fading_days, self._ed_weight = fading_days, ed_weight
        self._arrangement = Arrangement(world, self._p)
        self._station = world.stations.emergency
        self._present: set[int] = set()
        """Who is in the department now."""
        self._ambulance_days = np.array([m.ambulance_minutes.value for m in world.place.municipalities]) / 1440
        self.admit: Callable[[int, float, int, float, bool], None] = lambda *args: None
        """Called with person, severity, key, moment and whether a known need had been unmet."""

    def send(self, person: int, time_days: float, severity: float, episode: int, key: int, source: int) -> None:
        """Let a person set out for the emergency department; arrival is an event of its own."""
        w, p = self._w, self._p
        chance = (
            p.ambulance_base + p.ambulance_severity_slope * severity + p.ambulance_frailty_slope * w.frailty[person]
        )
        by_ambulance = self._u(Purpose.AMBULANCE, key) < chance
        travel = float(self._ambulance_days[w.population.municipality[person]])
        event = self._env.timeout(max(time_days + travel - self._env.now, 0.0))
        event.callbacks.append(lambda _: self._arrive(person, severity, episode, key, source, by_ambulance))

    def _u(self, purpose: Purpose, key: int, k: int = 0) -> float:
        return self._w.luck.uniform_one(purpose, key, k)

    def _arrive(self, person: int, severity: float, episode: int, key: int, source: int, ambulance: bool) -> None:
        w, p, now = self._w, self._p, self._env.now
        if not w.alive[person] or w.in_hospital[person] or person in self._present:
            return
        self._present.add(person)
        w.log.ed_arrivals.row(now, person, ambulance)
        z = float(ndtri(self._u(Purpose.ED_MINUTES, key)))
        minutes = p.physician_minutes * math.exp(p.physician_minutes_log_sd * z - p.physician_minutes_log_sd**2 / 2)
        arrival = now * 1440
        starts, servers = w.stations.queues[self._station].serve([arrival], [minutes], float("inf"))
        staff = int(w.stations.first_staff[self._station]) + servers[0]
        wait = starts[0] - arrival
        w.use_one(person, self._ed_weight, now, self._fading_days)
        visit = Visit(person, severity, episode, key, source, now, wait, minutes, staff)
        if wait > 0:
            event = self._env.timeout(wait / 1440)
            event.callbacks.append(lambda _: self._examine(visit))
        else:
            self._examine(visit)

    def _examine(self, visit: Visit) -> None:
        """Let the physician see the person, unless death came first."""
        w, minutes = self._w, visit.physician_minutes
        if not w.alive[visit.person]:
            self._present.discard(visit.person)
            return
        known = float(w.information.share[visit.person, RecordDomain.SOMATIC_HOSPITAL])
        w.log.contacts.row(
            visit.arrived_days + visit.wait_minutes / 1440, visit.person, visit.staff, self._station,
            Profession.EMERGENCY_PHYSICIAN, Mode.VISIT, NeedKind.ACUTE_SYMPTOM, visit.episode, 0,
            visit.wait_minutes / 1440, minutes * 0.65, minutes * 0.1, minutes * 0.25, 0.0, known, 0.0, True,
            ContactFlag.ACUTE,
        )  # fmt: skip
        event = self._env.timeout((minutes + self._p.examination_hours * 60) / 1440)
        event.callbacks.append(lambda _: self._depart(visit))

    def _depart(self, visit: Visit) -> None:
        """Admit, send home, or arrange support at home; then see to the need behind it."""
        w, p, now = self._w, self._p, self._env.now
        person = visit.person
        self._present.discard(person)
        if not w.alive[person]:
            return
        frailty = float(w.frailty[person])
        logit = (
            p.admission_logit + p.admission_severity_slope * visit.severity + p.admission_frailty_slope * frailty
            + p.admission_old * (w.population.age_years[person] >= 80)
        )  # fmt: skip
        needs_bed = self._cast.clinicians[visit.staff].admits(
            1.0 / (1.0 + math.exp(-logit)), self._u(Purpose.ADMISSION, visit.key)
        )
        at_home = needs_bed and self._arrangement.found(
            person,
            visit.severity,
            now,
            self._u(Purpose.ALTERNATIVE, visit.key),
            self._u(Purpose.ALTERNATIVE, visit.key, 1),
        )
        admitted = needs_bed and not at_home
        w.log.ed_departures.row(now, person, visit.wait_minutes, admitted)
        self._record(person)
        self._see_to_need(visit, admitted, now)
        if admitted:
            self.admit(person, visit.severity, visit.key, now, visit.source != AcuteSource.EXOGENOUS)

    def _record(self, person: int) -> None:
        known = float(self._w.information.share[person, RecordDomain.SOMATIC_HOSPITAL])
        self._w.information.record_one(person, RecordDomain.SOMATIC_HOSPITAL, known, self._onward.room.apart)

    def _see_to_need(self, visit: Visit, admitted: bool, now: float) -> None:
        _w, p, e = self._w, self._p, self._w.episodes
        if visit.episode >= 0:
            if self._u(Purpose.MET, visit.key) < p.met_in_emergency_department:
                self._onward.end_one(visit.episode, now, EpisodeEvent.MET)
            elif e.state[visit.episode] != State.CLOSED:
                # What was lost comes to light in the emergency department.
                self._onward.find(np.array([visit.episode]), now)
                self._intake.watch_again(visit.episode, now)
        elif not admitted and self._u(Purpose.FOLLOW_UP, visit.key) < p.follow_up_after_ed:
            # A referral to the health centre: a hand-over out of the hospital.
            self._referrals.add(
                Referral(
                    visit.person, NeedKind.DISCHARGE_FOLLOW_UP, visit.severity, visit.key, now, self._station, 1.0
                )
            )  # fmt: skip
