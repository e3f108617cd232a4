"""Say what staff time there is in a day: which stations are open, who is away, how many may be seen."""

from __future__ import annotations

import numpy as np

from sim.care.world import World
from sim.core.arrays import F, I, positions
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession

_MARGIN = 2.0
_FEW = 6
_FIRST_GUESS_MINUTES = 20.0
_MEMORY = 0.9
_ROSTERED = (Profession.HOME_HELP_WORKER, Profession.EMERGENCY_PHYSICIAN)


class Capacity:
    """Staff time of all stations that hold sessions."""

    def __init__(self, world: World) -> None:
        self._w = world
        stations = world.stations
        profession = stations.facts.profession
        self._queued = [s for s in range(len(stations)) if profession[s] not in _ROSTERED]
        self._station_of_staff = np.repeat(np.arange(len(stations)), stations.facts.staff)
        self._staff = positions(~np.isin(profession, _ROSTERED)[self._station_of_staff])
        self._usual_minutes = np.full(len(stations), _FIRST_GUESS_MINUTES)
        """Running mean of the minutes of a contact at each station."""
        self._away = world.relationship_parameters.absence_share
        self._rates = [queue.rate for queue in stations.queues]
        self._is_short = False
        """Whether staff were away yesterday beyond what is usual."""
        self._set_rates(None)

    def open(self, day: int) -> dict[int, tuple[float, float]]:
        """Open the stations of the day: who is absent is away, what waits beside contacts comes first."""
        w, queues, calendars = self._w, self._w.stations.queues, self._w.stations.calendars
        staff_left = w.disturbances.staff_left(day)
        if staff_left is not None or self._is_short:
            self._set_rates(staff_left)
        today = {calendar: calendar.session(day) for calendar in set(calendars)}
        sessions = {s: session for s in self._queued if (session := today[calendars[s]]) is not None}
        for s, server in self._absent(day, staff_left):
            if s in sessions:
                queues[s].absent_until(server, sessions[s][1])
        # After absences, or the share of those away would be done by nobody.
        waiting = w.work.waiting_minutes.tolist()
        for s, session in sessions.items():
            if waiting[s]:
                queues[s].add_load(session[0], w.work.take(s))
        return sessions

    def _set_rates(self, left: F | None) -> None:
        """Set how fast each station works, `left` being the share of its staff beside those usually away.

        Capacity is counted for those present: who is there does the work of the days others are usually away. A
        station never stands empty: where all would be away on a day, all are there, and as much slower. Of those who
        are away beyond that nobody does the work, so that it is what is left of the capacity on the mean.
        """
        stations = self._w.stations
        for s in self._queued:
            here = 1.0 if left is None else float(left[s])
            away = 1.0 - (1.0 - self._away) * here if left is not None else self._away
            stations.queues[s].rate = self._rates[s] * here / (1.0 - away + away ** len(stations.queues[s].free_at))
        s = stations.emergency
        stations.queues[s].rate = self._rates[s] * (1.0 if left is None else float(left[s]))
        self._is_short = left is not None

    def _absent(self, day: int, staff_left: F | None) -> list[tuple[int, int]]:
        """List station and server of those away today; where all of a station would be, they come nevertheless."""
        w, stations = self._w, self._w.stations
        share: F | float = self._away
        if staff_left is not None:
            share = 1.0 - (1.0 - self._away) * staff_left[self._station_of_staff[self._staff]]
        staff = self._staff[w.luck.uniform(Purpose.ABSENCE, self._staff, day) < share]
        station = self._station_of_staff[staff]
        all_away = np.bincount(station, minlength=len(stations)) == stations.facts.staff
        staff = staff[~all_away[station]]
        station = self._station_of_staff[staff]
        return list(zip(station.tolist(), (staff - stations.first_staff[station]).tolist(), strict=True))

    def room(self, sessions: dict[int, tuple[float, float]], waiting: I) -> I:
        """Return how many each station might serve: twice as many as usually fit, a bound that keeps queues cheap."""
        room = np.full(len(waiting), _FEW)
        for s in positions(waiting > _FEW).tolist():
            start, end = sessions[s]
            queue = self._w.stations.queues[s]
            minutes = sum([end - (free if free > start else start) for free in queue.free_at if free < end])
            minutes *= queue.rate
            room[s] = int(_MARGIN * minutes / self._usual_minutes[s]) + _FEW
        return room

    def learn(self, station: I, minutes: F) -> None:
        """Follow the mean minutes of a contact at each station, to know how many may fit in a session."""
        count = np.bincount(station, minlength=len(self._usual_minutes))
        seen = count > 0
        mean = np.bincount(station, minutes, minlength=len(count))[seen] / count[seen]
        self._usual_minutes[seen] = _MEMORY * self._usual_minutes[seen] + (1.0 - _MEMORY) * mean
