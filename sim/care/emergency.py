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
from sim.care.elsewhere import Elsewhere
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.onward import Onward
from sim.care.referrals import Referral, Referrals
from sim.care.turn import Turn, VisitLuck
from sim.care.world import World
from sim.core.arrays import U64
from sim.core.luck import to_uniform
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
    direct_share: float
    reading_in_share: float


_DRAWN = (
    Purpose.AMBULANCE,
    Purpose.ED_MINUTES,
    Purpose.ADMISSION,
    Purpose.ALTERNATIVE,
    Purpose.ALTERNATIVE,
    Purpose.MET,
    Purpose.FOLLOW_UP,
)
"""What `VisitLuck` holds, in order; agreement is the second draw on an alternative."""


@dataclass(slots=True)
class Visit:
    """One visit to the emergency department."""

    turn: Turn
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
        self.elsewhere = Elsewhere(world, env)
        self._station = world.stations.emergency
        self._present: set[int] = set()
        """Who is in the department now."""
        self._queue = world.stations.queues[self._station]
        self._first_staff = int(world.stations.first_staff[self._station])
        self._ambulance_days = [m.ambulance_minutes.value / 1440 for m in world.place.municipalities]
        self.admit: Callable[[int, float, int, float, bool], None] = lambda *args: None
        """Called with person, severity, key, moment and whether a known need had been unmet."""

    def draw(self, key: U64) -> list[VisitLuck]:
        """Draw what a visit would meet, for a batch of acute turns."""
        luck = self._w.luck
        columns = to_uniform(luck.bits_of(_DRAWN, key))
        columns[1] = ndtri(columns[1])
        columns[4] = luck.uniform(Purpose.ALTERNATIVE, key, 1)
        return [VisitLuck(*row) for row in columns.T.tolist()]

    def send(self, turn: Turn) -> None:
        """Let a person set out for the emergency department; arrival is an event of its own."""
        travel = self._ambulance_days[self._w.population.municipality[turn.person]]
        event = self._env.timeout(max(turn.time_days + travel - self._env.now, 0.0), turn)
        event.callbacks.append(self._arrive)

    def _arrive(self, event: simpy.Event) -> None:
        """Take a person in; the physician's queue is looked ahead, so the moment of the examination is known."""
        w, p, now, turn = self._w, self._p, self._env.now, event.value
        assert isinstance(turn, Turn)  # every arrival carries it
        person = turn.person
        if not w.alive[person] or w.in_hospital[person] or person in self._present:
            return
        self._present.add(person)
        chance = (
            p.ambulance_base + p.ambulance_severity_slope * turn.severity
            + p.ambulance_frailty_slope * float(w.frailty[person])
        )  # fmt: skip
        w.log.ed_arrivals.row(now, person, turn.luck.ambulance < chance)
        sd = p.physician_minutes_log_sd
        minutes = p.physician_minutes * math.exp(sd * turn.luck.minutes_z - sd**2 / 2)
        arrival = now * 1440
        start, server = self._queue.serve_one(arrival, minutes)
        w.use_one(person, self._ed_weight, now, self._fading_days)
        w.note_ed_visit(person, now)
        visit = Visit(turn, now, start - arrival, minutes, self._first_staff + server)
        if visit.wait_minutes > 0:
            seen = self._env.timeout(visit.wait_minutes / 1440)
            seen.callbacks.append(lambda _: self._examine(visit))
        else:
            self._examine(visit)

    def _examine(self, visit: Visit) -> None:
        """Let the physician see the person, unless death came first."""
        w, p, turn, minutes = self._w, self._p, visit.turn, visit.physician_minutes
        if not w.alive[turn.person]:
            self._present.discard(turn.person)
            return
        wait_days = visit.wait_minutes / 1440
        known = float(w.information.share[turn.person, RecordDomain.SOMATIC_HOSPITAL])
        known *= w.disturbances.now("own_record_unreadable_share")
        documentation = minutes * (1.0 - p.direct_share - p.reading_in_share)
        w.log.contacts.row(
            visit.arrived_days + wait_days, turn.person, visit.staff, self._station, Profession.EMERGENCY_PHYSICIAN,
            Mode.VISIT, NeedKind.ACUTE_SYMPTOM, turn.episode, 0, wait_days, minutes * p.direct_share,
            minutes * p.reading_in_share, documentation, 0.0, known, 0.0, True, ContactFlag.ACUTE,
        )  # fmt: skip
        end = self._env.timeout((minutes + self._p.examination_hours * 60) / 1440, visit)
        end.callbacks.append(self._depart)

    def _depart(self, event: simpy.Event) -> None:
        """Admit, send home, or arrange support at home; then see to the need behind it."""
        w, now, visit = self._w, self._env.now, event.value
        assert isinstance(visit, Visit)  # every end of a visit carries it
        turn = visit.turn
        person = turn.person
        self._present.discard(person)
        if not w.alive[person]:
            return
        physician = self._cast.clinicians[visit.staff]
        admitted = physician.admits(self._bed_chance(turn), turn.luck.admission) and self._gets_bed(turn, now)
        w.log.ed_departures.row(now, person, visit.wait_minutes, admitted)
        self._record(person)
        self._see_to_need(turn, admitted, now)
        if admitted:
            self._to_ward(turn, now)

    def needs_bed_now(self, turn: Turn) -> bool:
        """Tell whether a physician would find that a bed is needed, of somebody who is not in the department.

        Chance and luck are those of a visit: whoever decides, the same person is as ill.
        """
        return turn.person not in self._present and turn.luck.admission < self._bed_chance(turn)

    def admit_directly(self, turn: Turn) -> None:
        """Admit somebody who needs a bed past the department; care at home or elsewhere may stand in here too."""
        now = self._env.now
        admitted = self._gets_bed(turn, now)
        self._see_to_need(turn, admitted, now)
        if admitted:
            self._to_ward(turn, now)

    def _bed_chance(self, turn: Turn) -> float:
        """Return the probability that a physician finds that a bed is needed."""
        w, p = self._w, self._p
        logit = (
            p.admission_logit + p.admission_severity_slope * turn.severity
            + p.admission_frailty_slope * float(w.frailty[turn.person])
            + p.admission_old * bool(w.population.age_years[turn.person] >= 80)
        )  # fmt: skip
        return 1.0 / (1.0 + math.exp(-logit))

    def _gets_bed(self, turn: Turn, now: float) -> bool:
        """Return whether somebody who needs a bed gets one; no where support at home or care elsewhere is arranged."""
        luck = turn.luck
        at_home = self._arrangement.found(turn.person, turn.severity, now, luck.alternative, luck.agreement)
        return not at_home and not self.elsewhere.takes(turn.person, turn.severity, turn.key)

    def _to_ward(self, turn: Turn, now: float) -> None:
        self.elsewhere.leave(turn.person)
        self.admit(turn.person, turn.severity, turn.key, now, turn.source != AcuteSource.EXOGENOUS)

    def _record(self, person: int) -> None:
        known = float(self._w.information.share[person, RecordDomain.SOMATIC_HOSPITAL])
        self._w.information.record_one(person, RecordDomain.SOMATIC_HOSPITAL, known, self._onward.room.left)

    def _see_to_need(self, turn: Turn, admitted: bool, now: float) -> None:
        p, state = self._p, self._w.episodes.state
        if turn.episode >= 0:
            if turn.luck.met < p.met_in_emergency_department:
                self._onward.end_one(turn.episode, now, EpisodeEvent.MET)
            elif state.item(turn.episode) != State.CLOSED:
                if state.item(turn.episode) == State.LOST:
                    # What was lost comes to light in the emergency department.
                    self._onward.find(np.array([turn.episode]), now)
                self._intake.watch_again(turn.episode, now)
        elif not admitted and turn.luck.follow_up < p.follow_up_after_ed:
            # A referral to the health centre: a hand-over out of the hospital.
            self._referrals.add(
                Referral(turn.person, NeedKind.DISCHARGE_FOLLOW_UP, turn.severity, turn.key, now, self._station, 1.0)
            )
