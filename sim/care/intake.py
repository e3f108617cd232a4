"""Let needs become requests: onset, seeking help or being noticed, the first booking, and every later one."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from sim.care.booking_parameters import BookingParameters
from sim.care.diary import Diary
from sim.care.episode import State
from sim.care.pathways import Pathways, lowest_step
from sim.care.questions import Bookings, Needs
from sim.care.world import World
from sim.care.worsening import WorseningParameters, hazard_per_day
from sim.core.arrays import B, F, I, positions
from sim.core.luck import combine, to_uniform
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import EpisodeEvent, Profession


@dataclass(slots=True)
class Onsets:
    """Needs that arise, one array element each."""

    person: I
    kind: npt.NDArray[np.int8]
    severity: F
    key: npt.NDArray[np.uint64]
    born_days: F
    seeks: B
    """Whether the person must seek help first; else the need is presented at once."""
    noticed_after_days: F
    """When daily care notices; infinite = not."""
    handed_over: B
    """Whether somebody passes it on: it is booked when it has crossed the gap, not here."""
    may_turn_acute: B
    """Whether it can turn acute while unmet. What may go wrong after a stay does so whether anybody asks for a
    follow-up or not: it has a hazard of its own, which the follow-up lowers."""

    @staticmethod
    def joined(one: Onsets, other: Onsets) -> Onsets:
        """Put one batch behind the other."""
        names = [field.name for field in fields(Onsets)]
        return Onsets(*(np.concatenate((getattr(one, name), getattr(other, name))) for name in names))


class Intake:
    """Open episodes and send them on their way to a station's queue."""

    def __init__(self, world: World, pathways: Pathways) -> None:
        self._world = world
        self._pathways = pathways
        self._worsening = read_group(WorseningParameters, "worsening", world.register)
        self._booking = booking = read_group(BookingParameters, "booking", world.register)
        lag_days = np.array([booking.lag_days[p.name.lower()] for p in Profession])
        self._same_day = booking.same_day_urgency
        self._lag_of_step = np.where(pathways.profession >= 0, lag_days[pathways.profession], 0.0)
        self._diary = Diary(world.episodes)
        self._booked: list[I] = []
        """Bookings of the day that nobody has looked at yet."""
        self.prepared_day = -1
        """The last day whose acute turns stand on the clock."""
        self.turning: dict[int, list[int]] = defaultdict(list)
        """Episodes by the day on which they turn acute if still unmet."""
        self._own_care_until: dict[int, list[int]] = defaultdict(list)
        """Episodes by the day by which the person has dealt with them."""

    def open(self, onsets: Onsets) -> npt.NDArray[np.int64]:
        """Open episodes at their onset and return their indices; logs the onset.

        People seek help after a delay that shrinks with participation; daily care may notice first.
        """
        w, paths = self._world, self._pathways
        person, kind, severity, born_days = onsets.person, onsets.kind, onsets.severity, onsets.born_days
        participation = w.participation_now(person)
        home_care = (w.home_nursing[person] > 0) | w.special_housing[person]
        luck = w.luck.bits_of((Purpose.STEPS, Purpose.SEEK, Purpose.TURN_ACUTE), onsets.key)
        steps = paths.needed_steps(kind, luck[0], home_care)
        b = self._booking
        delay = paths.seek_delay_days[kind] * (b.seek_delay_base - b.seek_delay_participation * participation)
        sooner = w.decisions.product("seek_delay_factor", person)
        if sooner is not None:
            delay = delay * sooner
        wait = np.minimum(-np.log(to_uniform(luck[1])) * delay, onsets.noticed_after_days)
        presented = born_days + np.where(onsets.seeks, wait, 0.0)
        hazard = hazard_per_day(self._worsening, paths.hazard_per_day[kind], severity, w.frailty[person], participation)
        turn = born_days - np.log(to_uniform(luck[2])) / np.maximum(hazard, 1e-12)
        turn = np.where(onsets.may_turn_acute, turn, np.inf)
        episode = w.episodes.add(
            len(person), person=person, kind=kind, severity=severity, key=onsets.key, born_days=born_days,
            latest_days=born_days, steps_left=steps, turn_days=turn, stay=-1, from_station=-1,
        )  # fmt: skip
        np.add.at(w.unmet_loss, person, paths.utility_loss[kind] * severity)
        w.log.episodes.block(born_days, person, episode, EpisodeEvent.BORN, kind, severity)
        self._watch(episode, turn)
        self._set_first_step(episode)
        asked = ~onsets.handed_over & ~self._own_care(onsets, episode, presented)
        booked = positions(asked)
        self.book(episode[booked], presented[booked])
        return episode

    def _own_care(self, onsets: Onsets, episode: I, presented: F) -> B:
        """Let people deal themselves with needs they would otherwise have sought help for; returns which."""
        w = self._world
        batch = Needs(onsets.person, onsets.kind.astype(np.int64), onsets.severity)
        left = w.decisions.gap_left("self_care", batch)
        if left is None:
            return np.zeros(len(episode), bool)
        own = onsets.seeks & (w.luck.uniform(Purpose.SELF_CARE, onsets.key) < 1.0 - left)
        w.episodes.state[episode[own]] = State.OWN_CARE
        for day, e in zip(presented[own].astype(np.int64).tolist(), episode[own].tolist(), strict=True):
            self._own_care_until[day].append(e)
        return own

    def end_own_care(self, day: int) -> None:
        """Close what people have dealt with themselves by today, if it has not turned acute meanwhile."""
        e, w = self._world.episodes, self._world
        episode = np.array(self._own_care_until.pop(day, []), np.int64)
        episode = episode[(e.state[episode] == State.OWN_CARE) & w.alive[e.person[episode]]]
        if len(episode):
            self.close(episode, np.maximum(e.born_days[episode], float(day)), EpisodeEvent.MET)

    def open_return_visits(self, episode: I, time_days: F) -> None:
        """Book one more contact of the same kind at the same station, for a need that is met."""
        w, e = self._world, self._world.episodes
        person, kind, step, n = e.person[episode], e.kind[episode], e.step[episode], len(episode)
        again = e.add(
            n, person=person, kind=kind, severity=np.zeros(n), key=combine(e.key[episode], 1), born_days=time_days,
            latest_days=time_days, steps_left=np.uint16(1) << step.astype(np.uint16), turn_days=np.full(n, np.inf),
            stay=-1, from_station=-1, step=step, station=e.station[episode],
        )  # fmt: skip
        w.log.episodes.block(time_days, person, again, EpisodeEvent.BORN, kind, np.zeros(n))
        self.book(again, time_days)

    def _watch(self, episode: npt.NDArray[np.int64], turn: F) -> None:
        soon = positions(turn < self._world.days)
        # Once a day's turns stand on the clock, later ones of the same day strike the next morning.
        days = np.maximum(turn[soon].astype(np.int64), self.prepared_day + 1)
        for day, e in zip(days.tolist(), episode[soon].tolist(), strict=True):
            self.turning[day].append(e)

    def watch_again(self, episode: int, now_days: float) -> None:
        """Draw anew when an episode that turned acute once, and is still unmet, turns acute again."""
        w, e = self._world, self._world.episodes
        who = e.person[episode]
        hazard = hazard_per_day(
            self._worsening, float(self._pathways.hazard_per_day[e.kind[episode]]), float(e.severity[episode]),
            float(w.frailty[who]), float(w.participation_now(np.array([who]))[0]),
        )  # fmt: skip
        turns = int(e.turns[episode]) + 1
        e.turns[episode] = turns
        luck = w.luck.uniform_one(Purpose.TURN_ACUTE, int(e.key[episode]), turns)
        turn = now_days - math.log(luck) / max(hazard, 1e-12)
        e.turn_days[episode] = turn
        if e.state.item(episode) == State.OWN_CARE:
            # What has turned acute is more than the person can deal with.
            self.book(np.array([episode]), np.array([now_days]))
        if turn < w.days:
            self.turning[max(int(turn), self.prepared_day + 1)].append(episode)

    def _set_first_step(self, episode: I) -> None:
        e = self._world.episodes
        step = lowest_step(e.steps_left[episode])
        profession = self._pathways.profession[Pathways.row(e.kind[episode], step)]
        e.step[episode] = step
        e.station[episode] = self._world.stations.of_person[e.person[episode], profession]

    def book(self, episode: I, time_days: F) -> None:
        """Book the current step of each episode: a lag by profession and urgency, then the station's queue."""
        e = self._world.episodes
        e.requested_days[episode] = time_days
        e.state[episode] = State.ON_ITS_WAY
        self._booked.append(episode)

    def waiting(self) -> I:
        """Return the episodes that are booked for later or still on their way; some may have ended meanwhile."""
        return self._diary.opened(self._newly_booked())

    def _newly_booked(self) -> I:
        """Return the bookings since the last look, with urgency and due time."""
        booked = np.concatenate(self._booked) if self._booked else np.zeros(0, np.int64)
        self._booked = []
        self._set_due(booked)
        return booked

    def _set_due(self, episode: I) -> None:
        """Set urgency and due time: once a day is enough."""
        w, e, paths = self._world, self._world.episodes, self._pathways
        step = e.step[episode]
        row = paths.row(e.kind[episode], step)
        # The more severe is dealt with sooner; half a point at most, so that kinds keep their order.
        b = self._booking
        more = b.urgency_severity_slope * (e.severity[episode] - b.urgency_severity_reference)
        batch = Bookings(e.person[episode], episode, e.station[episode],
                         e.severity[episode].astype(np.float64))  # fmt: skip
        shift = w.decisions.total("urgency_shift", batch)
        urgency = np.minimum(paths.urgency[row] + (more if shift is None else more + shift), 1.0)
        u = w.luck.uniform(Purpose.LAG, e.key[episode], step + 16 * e.tries[episode])
        days = self._lag_of_step[row] * 2.0 * np.maximum(1.0 - urgency, 0.0) * 2.0 * u
        habit = w.decisions.product("booking_lag_factor", batch)
        if habit is not None:
            days = days * habit
        e.urgency[episode] = urgency
        e.due_days[episode] = e.requested_days[episode] + np.where(urgency >= self._same_day, 0.0, days)

    def due_today(self, day: int) -> I:
        """Take the episodes that reach their station's queue today."""
        e = self._world.episodes
        arrived: I = self._diary.take(self._newly_booked(), day)
        arrived = arrived[e.state[arrived] == State.ON_ITS_WAY]
        arrived = arrived[self._world.alive[e.person[arrived]]]
        e.state[arrived] = State.QUEUED
        return arrived

    def close(self, episode: I, time_days: F | float, event: EpisodeEvent) -> None:
        """Close episodes as met, given up or ended by death; each may be closed only once."""
        e, w = self._world.episodes, self._world
        e.state[episode] = State.CLOSED
        person, kind, severity = e.person[episode], e.kind[episode], e.severity[episode]
        np.subtract.at(w.unmet_loss, person, self._pathways.utility_loss[kind] * severity)
        w.log.episodes.block(time_days, person, episode, event, kind, severity)

    def close_one(self, episode: int, time_days: float, event: EpisodeEvent) -> None:
        """Close one episode, as `close` does."""
        e, w = self._world.episodes, self._world
        e.state[episode] = State.CLOSED
        person, kind, severity = int(e.person[episode]), int(e.kind[episode]), float(e.severity[episode])
        w.unmet_loss[person] -= float(self._pathways.utility_loss[kind]) * severity
        w.log.episodes.row(time_days, person, episode, event, kind, severity)
