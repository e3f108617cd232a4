"""Send an episode onward after a contact: finished, to the next profession, once more, or given up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.care.contact import ContactRoom
from sim.care.episode import State
from sim.care.handover import Gap
from sim.care.hospital_parameters import HospitalParameters
from sim.care.intake import Intake
from sim.care.pathways import Pathways, lowest_step
from sim.care.prerequisites import PrerequisiteParameters
from sim.care.questions import Contacts, Steps
from sim.care.stations import SAME_PERSON, WITHIN_UNIT
from sim.care.world import World
from sim.core.arrays import F, I, positions
from sim.core.parameter import read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import EpisodeEvent, Profession


class Onward:
    """What follows a contact or a hand-over."""

    def __init__(self, world: World, pathways: Pathways, intake: Intake, gap: Gap, room: ContactRoom) -> None:
        self._w, self._pathways, self._intake, self._gap, self.room = world, pathways, intake, gap, room
        self._prerequisites = read_group(PrerequisiteParameters, "prerequisites", world.register)
        self._hospital = read_group(HospitalParameters, "hospital", world.register)
        self.found: dict[int, list[int]] = defaultdict(list)
        """Lost episodes by the day on which the patient or a relative finds them."""
        self._next_search_day = 0
        """The first day whose finds have not been made yet."""
        self.lost = np.zeros(0, np.int64)
        self.on_planned: Callable[[int], None] = lambda stay: None
        """Called with a hospital stay when its discharge planning has ended."""

    def after(self, episode: I, station: I, time_days: F, known: F, met: npt.NDArray[Any]) -> None:
        """Decide what follows each contact of a batch; all arrays have one element per contact."""
        e = self._w.episodes
        e.latest_days[episode] = time_days
        done: I = positions(met)
        e.steps_left[episode[done]] &= ~(np.uint16(1) << e.step[episode[done]].astype(np.uint16))
        self._joint_visits(episode, station, time_days, known, done)
        self._decided_here(episode, station, time_days, known, done)
        left = e.steps_left[episode[done]]
        ended = done[left == 0]
        self._end(episode[ended], time_days[ended], EpisodeEvent.MET)
        self._return_visits(episode[ended], station[ended], time_days[ended], known[ended])
        onward = done[left != 0]
        self._set_next_step(episode[onward])
        detour = self._try_again(positions(~met), episode, station, time_days, known)
        at = np.concatenate((onward, detour))
        self.hand_over(episode[at], station[at], time_days[at], known[at], len(detour))

    def _end(self, episode: I, time_days: F, event: EpisodeEvent) -> None:
        if not len(episode):
            return
        self._intake.close(episode, time_days, event)
        stay = self._w.episodes.stay[episode]
        for planned in stay[stay >= 0].tolist():
            self.on_planned(planned)

    def end_one(self, episode: int, time_days: float, event: EpisodeEvent) -> None:
        """End a single open episode; nothing happens if it has ended already."""
        e = self._w.episodes
        if e.state.item(episode) != State.CLOSED:
            self._intake.close_one(episode, max(time_days, float(e.latest_days[episode])), event)
            stay = int(e.stay[episode])
            if stay >= 0:
                self.on_planned(stay)

    def _next_step(self, episode: I) -> tuple[I, I]:
        """Return the next step that is left of each episode, and the station that would take it."""
        e, w = self._w.episodes, self._w
        step = lowest_step(e.steps_left[episode])
        profession = self._pathways.profession[Pathways.row(e.kind[episode], step)]
        return step, w.stations.of_person[e.person[episode], profession].astype(np.int64)

    def _set_next_step(self, episode: I) -> None:
        e = self._w.episodes
        e.step[episode], e.station[episode] = self._next_step(episode)
        e.tries[episode] = 0

    def hand_over(self, episode: I, from_station: I, time_days: F, known: F, detours: int = 0) -> None:
        """Hand episodes over to the station of their current step; discharge planning is quicker, and disputed more.

        The last `detours` of them come back to their station by way of the nurse of the health centre.
        """
        if not len(episode):
            return
        e, w, p = self._w.episodes, self._w, self._hospital
        person = e.person[episode]
        to_station, straight = e.station[episode], slice(0, len(episode) - detours)
        to_station[straight.stop :] = w.stations.of_person[person[straight.stop :], Profession.PRIMARY_CARE_NURSE]
        planning = e.stay[episode] >= 0
        crossing = self._gap.cross(
            person, episode, from_station, to_station, known, time_days,
            np.where(planning, p.planning_lead_factor, 1.0), np.where(planning, p.dispute_factor, 1.0),
        )  # fmt: skip
        e.from_station[episode[straight]] = from_station[straight]
        e.distance[episode[straight]] = crossing.distance[straight]
        e.carried[episode[straight]] = crossing.carried[straight]
        kept = ~crossing.lost
        self._intake.book(episode[kept], crossing.arrival_days[kept])
        self._lose(episode[crossing.lost], time_days[crossing.lost], crossing.arrival_days[crossing.lost])

    def _lose(self, episode: I, time_days: F, arrival_days: F) -> None:
        """Lose hand-overs as they set out; nobody can miss them before they should have arrived."""
        if not len(episode):
            return
        e, w = self._w.episodes, self._w
        person = e.person[episode]
        e.state[episode] = State.LOST
        w.log.episodes.block(time_days, person, episode, EpisodeEvent.LOST, e.kind[episode], e.severity[episode])
        found = arrival_days + self._gap.found_after_days(person, episode)
        days = np.maximum(found.astype(np.int64), self._next_search_day)
        for day, one in zip(days.tolist(), episode.tolist(), strict=True):
            self.found[day].append(one)
        self.lost = np.concatenate((self.lost, episode))

    def find(self, episode: I, time_days: float) -> None:
        """Book lost episodes again that somebody found."""
        e, w = self._w.episodes, self._w
        episode = episode[(e.state[episode] == State.LOST) & w.alive[e.person[episode]]]
        if not len(episode):
            return
        moment = np.maximum(e.latest_days[episode], time_days)
        e.latest_days[episode] = moment
        w.log.episodes.block(
            moment, e.person[episode], episode, EpisodeEvent.FOUND, e.kind[episode], e.severity[episode]
        )
        self._intake.book(episode, moment)
        self.lost = self.lost[e.state[self.lost] == State.LOST]

    def find_today(self, day: int) -> None:
        """Let patients and relatives find what was lost and is due to be found today."""
        self._next_search_day = day + 1
        if day in self.found:
            self.find(np.array(self.found.pop(day), np.int64), day + 0.4)

    def _try_again(self, at: I, episode: I, station: I, time_days: F, known: F) -> I:
        """Book another contact for those whose need was not met, until they give up; returns who makes a detour."""
        if not len(at):
            return at
        e, w = self._w.episodes, self._w
        who = episode[at]
        e.tries[who] += 1
        tired = e.tries[who] >= self.room.tries_at_most
        self._end(who[tired], time_days[at[tired]], EpisodeEvent.LAPSED)
        at, who = at[~tired], who[~tired]
        u = w.luck.uniform(Purpose.SECOND_TRY, e.key[who], e.tries[who] + 16 * e.step[who])
        person = e.person[who]
        factor = w.decisions.product("detour_factor", Contacts(person, who, station[at], known[at]))
        chance = self.room.detour_probability * self._prerequisites.detour_factor * (1.0 if factor is None else factor)
        detour = (u < chance) & (e.stay[who] < 0)
        self._intake.book(who[~detour], time_days[at[~detour]])
        return at[detour]

    def _joint_visits(self, episode: I, station: I, time_days: F, known: F, done: I) -> None:
        """Let the next profession take part in the same visit where a team works so."""
        w, e = self._w, self._w.episodes
        more = done[e.steps_left[episode[done]] != 0]
        if not len(more):
            return
        who = episode[more]
        batch = Contacts(e.person[who], who, station[more], known[more])
        left = w.decisions.gap_left("joint_visit_probability", batch)
        if left is None:
            return
        u = w.luck.uniform(Purpose.JOINT_VISIT, e.key[who], e.step[who])
        _, second = self._next_step(who)
        joint = positions((u < 1.0 - left) & w.stations.are_open(second, time_days[more]))
        if len(joint):
            self._take_next_step(who[joint], second[joint], time_days[more[joint]], known[more[joint]])

    def _decided_here(self, episode: I, station: I, time_days: F, known: F, done: I) -> None:
        """Let those who are there decide and do the next step, where no other unit must be asked."""
        w, e = self._w, self._w.episodes
        if not w.decisions.acting("may_decide"):
            return
        more = done[e.steps_left[episode[done]] != 0]
        if not len(more):
            return
        who = episode[more]
        step, other = self._next_step(who)
        left = w.decisions.gap_left("may_decide", Steps(e.person[who], who, station[more], other))
        if left is None:
            return
        luck = w.luck.uniform(Purpose.MAY_DECIDE, e.key[who], step)
        here = positions((luck < 1.0 - left) & (other != station[more]))
        if len(here):
            at = more[here]
            self._take_next_step(who[here], station[at], time_days[at], known[at], joint=False)

    def _return_visits(self, episode: I, station: I, time_days: F, known: F) -> None:
        """Book return visits that the need, now met, does not call for."""
        w, e = self._w, self._w.episodes
        if not len(episode) or not w.decisions.acting("return_visit"):
            return
        batch = Contacts(e.person[episode], episode, station, known)
        left = w.decisions.gap_left("return_visit", batch)
        if left is None:
            return
        luck = w.luck.uniform(Purpose.RETURN_VISIT, e.key[episode])
        again = positions((luck < 1.0 - left) & (e.stay[episode] < 0))
        self._intake.open_return_visits(episode[again], time_days[again])

    def _take_next_step(self, episode: I, station: I, time_days: F, known: F, joint: bool = True) -> None:
        """Carry out the next step at once at a station, whose time it takes as any contact does.

        `joint` = a second profession has come along; else those who are there do it themselves.
        """
        w, e = self._w, self._w.episodes
        step = lowest_step(e.steps_left[episode])
        person = e.person[episode]
        e.step[episode] = step
        e.tries[episode] = 0
        first, last = w.stations.first_staff[station], w.stations.first_staff[station + 1]
        acquaintance = w.familiarity.of(person, float(time_days[0] // 1))
        staff, _ = acquaintance.best_among(first, last)
        u = w.luck.uniform(Purpose.VISIT_STAFF, e.key[episode], step)
        staff = np.where(staff >= 0, staff, first + (u * (last - first)).astype(np.int64))
        batch = self.room.batch(episode, station)
        minutes = self.room.expected_minutes(batch, known)
        e.distance[episode] = WITHIN_UNIT if joint else SAME_PERSON
        e.requested_days[episode] = time_days
        met = self.room.meet(
            batch, acquaintance, staff, time_days, known, minutes, np.zeros(len(episode), bool), joint=joint
        )
        total = minutes.total(1.0)
        w.work.waiting_minutes += np.bincount(station, total, minlength=len(w.stations))
        e.steps_left[episode[met]] &= ~(np.uint16(1) << step[met].astype(np.uint16))
