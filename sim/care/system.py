"""Put the care system on the clock: mornings, shifts, weeks and months as events of SimPy."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

import numpy as np
import simpy

from sim.care.actors import Cast
from sim.care.acute import AcuteCare
from sim.care.contact import ContactRoom
from sim.care.coordination import Coordination
from sim.care.emergency import EmergencyDepartment
from sim.care.enrolment import Enrolment
from sim.care.episode import State
from sim.care.handover import Gap
from sim.care.home_care import SHIFT_HOURS, HomeCare
from sim.care.hospital import Hospital
from sim.care.intake import Intake, Onsets
from sim.care.mortality import Mortality
from sim.care.onward import Onward
from sim.care.pathways import Pathways
from sim.care.referrals import Referrals
from sim.care.services import Services
from sim.care.sessions import Sessions
from sim.care.world import World
from sim.core.arrays import positions
from sim.core.purposes import Purpose
from sim.core.vocabulary import EpisodeEvent

_MONTH_DAYS = 30
_WEEK_DAYS = 7


class CareSystem:
    """The whole care system of a place in one run."""

    def __init__(self, world: World, env: simpy.Environment, cast: Cast) -> None:
        self.world, self.env = world, env
        pathways = Pathways(world.scenario.pathways)
        self.enrolment = Enrolment(world)
        p = self.enrolment.p
        self.intake = Intake(world, pathways)
        self.room = ContactRoom(world, pathways)
        self.services = Services(world)
        self.onward = Onward(world, pathways, self.intake, Gap(world), self.room)
        self.sessions = Sessions(world, self.intake, self.room, self.onward, self.services, p)
        self.referrals = Referrals(world, self.intake, self.onward)
        self.department = EmergencyDepartment(
            world, env, self.intake, self.onward, self.referrals, cast, p.fading_days, p.ed_weight
        )
        self.acute = AcuteCare(world, env, self.intake, self.referrals, cast, self.department)
        self.hospital = Hospital(
            world, env, self.onward, self.referrals, self.acute, self.department.elsewhere, p.bed_day_weight,
            p.fading_days,
        )  # fmt: skip
        self.department.admit = self.hospital.admit
        self.home_care = HomeCare(world, cast)
        self.mortality = Mortality(world, self.home_care.ageing_frailty_per_year)
        self.coordination = Coordination(world, self.intake, self.onward, cast, p)
        env.process(self._days())

    def _days(self) -> Generator[simpy.Event, Any, None]:
        """Let day after day begin; home care sets out by its roster once a day."""
        for day in range(self.world.days):
            self._morning(day)
            yield self.env.timeout(day + SHIFT_HOURS[0] / 24 - self.env.now)
            self.home_care.visit_day(day)
            yield self.env.timeout(day + 1 - self.env.now)

    def _morning(self, day: int) -> None:
        """Work through what is known in the morning: needs of the day, sessions, and the day's acute turns."""
        self.world.disturbances.today = day
        if day % _WEEK_DAYS == 0:
            self._week(day)
        if day % _MONTH_DAYS == 0:
            self._take_stock(day)
        self.referrals.open_with(self._onsets(day))
        self.intake.end_own_care(day)
        self.onward.find_today(day)
        self.coordination.scan(day)
        self.sessions.hold(day)
        self.acute.prepare(day)

    def _onsets(self, day: int) -> Onsets:
        """Return the needs of the day of those who are alive and at home."""
        w, stream = self.world, self.world.needs
        today = stream.of_day(day)
        person = stream.person[today].astype(np.int64)
        here = positions(w.alive[person] & ~w.in_hospital[person])
        person = person[here]
        key = stream.key[today][here]
        return Onsets(
            person=person,
            kind=stream.kind[today][here],
            severity=stream.severity[today][here].astype(np.float64),
            key=key,
            born_days=stream.time_days[today][here],
            seeks=np.ones(len(person), bool),
            noticed_after_days=self.home_care.early_signs(person, key),
            handed_over=np.zeros(len(person), bool),
            may_turn_acute=np.ones(len(person), bool),
        )

    def _week(self, day: int) -> None:
        """Let people die and age, fill places, enrol people in means, count relatives' time."""
        w = self.world
        dying = self.mortality.week(day)
        for person in dying.tolist():
            self.hospital.die(person)
            self.department.elsewhere.leave(person)
        if len(dying):
            moment = day + w.luck.uniform(Purpose.DEATH_MOMENT, dying) * 1e-3
            w.die(dying, np.asarray(moment))
        self._close_of_the_dead(day)
        self.services.week()
        self.home_care.week(day)
        self.home_care.relatives_week(day)
        self.enrolment.week(day)

    def _close_of_the_dead(self, day: int) -> None:
        """Close what was open for those who died since last week."""
        w, e = self.world, self.world.episodes
        still_open = positions(e.state[: e.count] != State.CLOSED)
        left = still_open[~w.alive[e.person[still_open]]]
        if len(left):
            self.intake.close(left, np.full(len(left), float(day)), EpisodeEvent.CLOSED_BY_DEATH)

    def _take_stock(self, day: int) -> None:
        """Take down everybody's health and services once a month."""
        w = self.world
        person = positions(w.alive)
        p, frailty = w.people_parameters, w.frailty[person]
        change = p.utility_loss_frailty * (frailty - w.population.frailty[person])
        utility = w.population.utility[person] - change - np.minimum(w.unmet_loss[person], p.utility_loss_unmet_at_most)
        utility -= p.utility_loss_in_hospital * w.in_hospital[person]
        w.log.health.block(
            np.full(len(person), float(day)), person, np.clip(utility, 0.0, 1.0), frailty,
            w.special_housing[person], w.home_help[person],
        )  # fmt: skip
