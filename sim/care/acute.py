"""Answer acute turns: is somebody who knows the patient reachable now, were they called, can it be done at home?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import simpy

from sim.care.actors import Cast, Crisis, Help
from sim.care.answers import Offer, Work
from sim.care.emergency import EmergencyDepartment, EmergencyParameters
from sim.care.episode import State
from sim.care.intake import Intake
from sim.care.questions import Turns
from sim.care.referrals import Referral, Referrals
from sim.care.turn import Turn
from sim.care.world import World
from sim.care.worsening import WorseningParameters, turn_severity
from sim.core.arrays import F
from sim.core.luck import combine
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import (
    AcuteAnswer,
    AcuteSource,
    EpisodeEvent,
    NeedKind,
    Profession,
    Responder,
    WorkCause,
    WorkKind,
)

NO_EPISODE = -1
_SOURCES = np.array([AcuteSource.EXOGENOUS, AcuteSource.UNMET_NEED, AcuteSource.AFTER_DISCHARGE])
"""In the order in which a day's turns are gathered."""


class AcuteCare:
    """Gather the day's acute turns and let each be answered at its moment."""

    def __init__(
        self, world: World, env: simpy.Environment, intake: Intake, referrals: Referrals, cast: Cast,
        department: EmergencyDepartment,
    ) -> None:  # fmt: skip
        self._w, self._env, self._intake, self._referrals = world, env, intake, referrals
        self._cast, self._department = cast, department
        self._p = read_group(EmergencyParameters, "emergency", world.register)
        self._worsening = read_group(WorseningParameters, "worsening", world.register)
        self.key_of_stay: Callable[[int], int] = lambda stay: stay
        """Returns the source of luck of a stay."""
        self.after_discharge: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
        """By day: moment, person and stay."""

    def prepare(self, day: int) -> None:
        """Set the day's acute turns on the clock, each at its own moment."""
        person, time, source, severity, episode, key = self._gather(day)
        self._intake.prepared_day = day
        if not len(person):
            return
        w, p = self._w, self._p
        hour = (time - day) * 24
        office = (day % 7 < 5) & (hour >= 8) & (hour < 17)
        batch = Turns(person, time, severity, office)
        offers = tuple(w.decisions.offers(batch))
        reach = np.where(office, p.reach_office_hours, p.reach_other_hours)
        reach = reach * np.where(source == AcuteSource.EXOGENOUS, p.reach_sudden_factor, 1.0)
        reached = w.luck.uniform(Purpose.REACH, key) < reach
        called = [w.luck.uniform(Purpose.REACH_MEANS, key, int(o.responder)) < o.probability for o in offers]
        home = np.clip(p.home_possible_base - p.home_possible_slope * severity, 0.0, 1.0)
        wait = np.clip(p.wait_out_base - p.wait_out_slope * severity, 0.0, 1.0)
        luck_home, luck_wait = w.luck.uniform_pair(Purpose.HOME_POSSIBLE, key)
        offered = [(o.responder, c.tolist(), o.home_possible_gain) for o, c in zip(offers, called, strict=True)]
        columns = (person, time, source, severity, episode, key, reached, home, wait, luck_home, luck_wait)
        now, lucks = self._env.now, self._department.draw(key)
        for i, row in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
            who, when, origin, how_severe, which, luck_key, usual, at_home, wait_out, home_luck, wait_luck = row
            helps = [Help(r, c[i], at_home + gain, k) for k, (r, c, gain) in enumerate(offered) if c[i]]
            if usual:
                helps.append(Help(Responder.USUAL_CARE, True, at_home, -1))
            crisis = Crisis(how_severe, tuple(helps), wait_out, home_luck, wait_luck)
            turn = Turn(who, when, origin, how_severe, which, luck_key, crisis, offers, lucks[i])
            event = self._env.timeout(max(when - now, 0.0), turn)
            event.callbacks.append(self._strike)

    def _gather(
        self, day: int
    ) -> tuple[npt.NDArray[np.int64], F, npt.NDArray[np.int64], F, npt.NDArray[np.int64], npt.NDArray[np.uint64]]:
        """Collect exogenous turns, unmet needs that turn acute, and turns after discharge."""
        w, e, stream = self._w, self._w.episodes, self._w.exogenous
        today = stream.of_day(day)
        exogenous = stream.person[today].astype(np.int64)
        turning = np.array(self._intake.turning.pop(day, []), np.int64)
        turning = turning[e.state[turning] != State.CLOSED]
        after = self._after_discharge_today(day)
        person = np.concatenate((exogenous, e.person[turning], np.array([a[1] for a in after], np.int64)))
        time = np.concatenate((stream.time_days[today], e.turn_days[turning], np.array([a[0] for a in after])))
        time = np.maximum(time, float(day))
        counts = (len(exogenous), len(turning), len(after))
        source = np.repeat(_SOURCES, counts)
        stays = np.array([self.key_of_stay(a[2]) for a in after], np.uint64)
        key = np.concatenate((
            stream.key[today], combine(e.key[turning], e.turns[turning].astype(np.int64) + 7),
            combine(np.array([a[1] for a in after], np.int64), stays),
        ))  # fmt: skip
        severity_of_need = np.concatenate((stream.severity[today], e.severity[turning], np.full(len(after), 0.5)))
        luck = w.luck.uniform(Purpose.TURN_SEVERITY, key)
        severity = turn_severity(self._worsening, severity_of_need, luck)
        episode = np.concatenate((np.full(counts[0], NO_EPISODE), turning, np.full(counts[2], NO_EPISODE)))
        usable = w.alive[person] & ~w.in_hospital[person]
        return person[usable], time[usable], source[usable], severity[usable], episode[usable], key[usable]

    def _after_discharge_today(self, day: int) -> list[tuple[float, int, int]]:
        """Keep the turns after discharge that no follow-up has stopped."""
        e, kept = self._w.episodes, []
        for item in self.after_discharge.pop(day, []):
            stay = item[2]
            follow_up = self._referrals.follow_up_of_stay.get(stay)
            if follow_up is not None and e.state.item(follow_up) == State.CLOSED:
                luck = self._w.luck.uniform_one(Purpose.FOLLOW_UP, int(e.key[follow_up]))
                if luck < self._worsening.follow_up_protection:
                    continue
            kept.append(item)
        return kept

    def _strike(self, event: simpy.Event) -> None:
        """Let a turn strike: the person decides where to turn."""
        turn = event.value
        assert isinstance(turn, Turn)  # every turn's event carries it
        w, e = self._w, self._w.episodes
        if not w.alive[turn.person] or w.in_hospital[turn.person]:
            return
        if turn.episode >= 0 and e.state.item(turn.episode) == State.CLOSED:
            return
        answer, help_ = self._cast.patients[turn.person].in_crisis(turn.crisis)
        if turn.episode >= 0:
            w.log.episodes.row(
                turn.time_days, turn.person, turn.episode, EpisodeEvent.TURNED_ACUTE, e.kind[turn.episode],
                e.severity[turn.episode],
            )  # fmt: skip
        responder = help_.responder if help_ is not None else Responder.NOBODY
        if answer == AcuteAnswer.ANSWERED_AT_HOME and help_ is not None:
            self._answer_at_home(turn, help_)
        elif answer == AcuteAnswer.WAITED_OUT:
            self._wait_out(turn)
        elif (team := self._admits_directly(turn)) is not None:
            answer, responder = AcuteAnswer.ADMITTED_DIRECTLY, team.responder
            self._take_time(turn, team.work)
            self._department.admit_directly(turn)
        else:
            self._department.send(turn)
        w.log.acute_turns.row(turn.time_days, turn.person, turn.source, turn.severity, answer, responder)

    def _answer_at_home(self, turn: Turn, help_: Help) -> None:
        """Take the time of those who answer; the need goes on in its pathway, known to them."""
        p = self._p
        work: Work = ((Profession.GENERAL_PRACTITIONER, p.home_answer_minutes / 2),
                (Profession.HOME_NURSE, p.home_answer_minutes / 2))  # fmt: skip
        if help_.offer >= 0:
            work = turn.offers[help_.offer].work
        self._take_time(turn, work)
        if turn.episode >= 0:
            self._intake.watch_again(turn.episode, turn.time_days)
        else:
            self._referrals.add(Referral(turn.person, NeedKind.ACUTE_SYMPTOM, turn.severity, turn.key, turn.time_days))

    def _admits_directly(self, turn: Turn) -> Offer | None:
        """Return who of those reached admits the person past the department; None: nobody may, or no bed is needed."""
        luck = self._w.luck
        reached = [turn.offers[help_.offer] for help_ in turn.crisis.helps if help_.offer >= 0]
        may = [
            offer for offer in reached
            if luck.uniform_one(Purpose.DIRECT_ADMISSION, turn.key, int(offer.responder)) < offer.direct_admission
        ]  # fmt: skip
        if not may or not self._department.needs_bed_now(turn):
            return None
        return max(may, key=lambda offer: offer.home_possible_gain)

    def _take_time(self, turn: Turn, work: Work) -> None:
        """Take the minutes of one answer from those who give it."""
        stations = self._w.stations.of_person[turn.person]
        for profession, minutes in work:
            self._w.work.add_one(
                turn.time_days, int(stations[profession]), turn.person, WorkKind.DIRECT, WorkCause.ACUTE_RESPONSE,
                minutes,
            )  # fmt: skip

    def _wait_out(self, turn: Turn) -> None:
        """Let the person wait; a turn without an episode becomes a request to the health centre."""
        if turn.episode >= 0:
            self._intake.watch_again(turn.episode, turn.time_days)
        else:
            self._referrals.add(Referral(turn.person, NeedKind.ACUTE_SYMPTOM, turn.severity, turn.key, turn.time_days))
