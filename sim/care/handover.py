"""Pass episodes from one actor to the next: the gap, where care is held together or falls between."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.hospital_parameters import HospitalParameters
from sim.care.prerequisites import PrerequisiteParameters
from sim.care.questions import Handovers
from sim.care.stations import BETWEEN_PRINCIPALS, BETWEEN_UNITS, SAME_PERSON
from sim.care.world import World
from sim.core.arrays import B, F, I, positions
from sim.core.parameter import Array, read_group
from sim.core.purposes import Purpose
from sim.core.vocabulary import WorkCause, WorkKind


@dataclass(frozen=True, slots=True, kw_only=True)
class GapParameters:
    """Parameters of group `gap`; arrays run over coordination distance 0-5."""

    lead_time_mean_days: Array
    lead_time_log_sd: float
    loss_probability: Array
    found_base_per_day: float
    found_participation_per_day: float
    dispute_probability: float
    dispute_severity_base: float
    dispute_severity_slope: float
    dispute_mean_days: float
    dispute_minutes: float
    information_crossing: Array
    work_minutes_per_side: Array
    chase_probability: Array
    chase_minutes: float
    patient_minutes: Array


@dataclass(slots=True)
class Crossing:
    """What became of a batch of hand-overs, one array element each."""

    distance: I
    arrival_days: F
    """When it reaches the receiver; infinite = lost and not found within the run."""
    lost: npt.NDArray[np.bool_]
    carried: F
    """Share of what the sender knew that came along."""


class Gap:
    """Carry out hand-overs in a world."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._p = read_group(GapParameters, "gap", world.register)
        self._prerequisites = read_group(PrerequisiteParameters, "prerequisites", world.register)
        self._ward_asks_per_day = read_group(HospitalParameters, "hospital", world.register).ward_asks_per_day

    def cross(
        self, person: I, episode: I, from_station: I, to_station: I, sender_known: F, time_days: F,
        lead_factor: F | float = 1.0, dispute_factor: F | float = 1.0,
    ) -> Crossing:  # fmt: skip
        """Hand episodes over; logs hand-overs and the work of both sides. Every array has one element each."""
        w, p, e = self._world, self._p, self._world.episodes
        key, move = e.key[episode], e.moves[episode]
        severity = e.severity[episode].astype(np.float64)
        distance: I = w.stations.distance[from_station, to_station].astype(np.int64)
        batch = Handovers(person, episode, severity, from_station, to_station, distance)
        batch.distance = distance = w.decisions.smallest("handover_distance", distance, batch)
        z = w.luck.normal(Purpose.LEAD, key, move)
        mean = p.lead_time_mean_days[distance] * lead_factor * self._disturbed("lead_factor", distance, time_days)
        sd = _times(np.full(len(mean), p.lead_time_log_sd), w.decisions.product("handover_spread_factor", batch))
        usual = mean * np.exp(sd * z - sd**2 / 2)
        lead = _times(usual, w.decisions.product("handover_lead_factor", batch))
        u_lost, u_chase = w.luck.uniform_pair(Purpose.LOST, key, move)
        apart = distance >= BETWEEN_PRINCIPALS
        loss = p.loss_probability[distance] * np.where(apart, self._prerequisites.loss_factor, 1.0)
        loss = loss * self._disturbed("loss_factor", distance, time_days)
        lost = u_lost < _times(loss, w.decisions.product("handover_loss_factor", batch))
        disputed, dispute_days = self._disputes(batch, key, move, dispute_factor)
        crossing = w.decisions.close("handover_information_gain", p.information_crossing[distance], batch)
        crossing = crossing * self._disturbed("information_lost_share", distance, time_days)
        carried = crossing * sender_known
        e.moves[episode] = move + 1
        chase: F = p.chase_probability[distance] * np.where(apart, self._prerequisites.chase_factor, 1.0)
        chase = _times(chase, w.decisions.gap_left("handover_reach_gain", batch))
        chase = chase * self._disturbed("chase_factor", distance, time_days)
        self._work(batch, time_days, disputed, u_chase < chase)
        delay = lead + dispute_days
        w.log.handovers.block(
            time_days,
            person,
            episode,
            from_station,
            to_station,
            distance,
            delay,
            lost,
            disputed,
            dispute_days,
            crossing,
        )
        return Crossing(distance, time_days + delay, lost, carried)

    def _disturbed(self, name: str, distance: I, time_days: F) -> F | float:
        """Return what disturbances do to hand-overs at their moment; inside a unit people speak with each other."""
        factor = self._world.disturbances.at(name, time_days)
        return factor if isinstance(factor, float) else np.where(distance >= BETWEEN_UNITS, factor, 1.0)

    def _disputes(self, batch: Handovers, key: npt.NDArray[np.uint64], move: I, factor: F | float) -> tuple[B, F]:
        """Argue about who is responsible, where separate budgets meet; returns yes/no and days."""
        p, w = self._p, self._world
        cost_at_stake = p.dispute_severity_base + p.dispute_severity_slope * batch.severity
        chance = p.dispute_probability * factor * cost_at_stake * (batch.distance >= BETWEEN_PRINCIPALS)
        chance = chance * self._prerequisites.dispute_factor
        chance = _times(chance, w.decisions.product("dispute_factor", batch))
        u, v = w.luck.uniform_pair(Purpose.DISPUTE, key, move)
        disputed = u < chance
        days = _times(-np.log(v) * p.dispute_mean_days, w.decisions.product("dispute_length_factor", batch))
        return disputed, np.where(disputed, days, 0.0)

    def _work(self, batch: Handovers, time_days: F, disputed: B, chased: B) -> None:
        """Take down the minutes of sender, receiver and, where somebody must be chased, the sender again."""
        p, w = self._p, self._world
        minutes = _times(p.work_minutes_per_side[batch.distance], w.decisions.product("handover_work_factor", batch))
        for station in (batch.from_station, batch.to_station):
            w.work.add(time_days, station, batch.person, WorkKind.COORDINATION, WorkCause.HANDOVER, minutes)
            if disputed.any():
                at = positions(disputed)
                w.work.add(
                    time_days[at], station[at], batch.person[at], WorkKind.HASSLE, WorkCause.DISPUTE,
                    np.full(len(at), p.dispute_minutes),
                )  # fmt: skip
        at = positions(chased & (batch.distance > SAME_PERSON))
        w.work.add(
            time_days[at], batch.from_station[at], batch.person[at], WorkKind.HASSLE, WorkCause.CHASING,
            np.full(len(at), p.chase_minutes),
        )  # fmt: skip
        helped = positions(
            w.population.relative[batch.person]
            & (w.participation[batch.person] < w.people_parameters.participation_low)
        )
        if len(helped):
            hours = p.patient_minutes[batch.distance[helped]] / 60
            w.log.relatives.block(time_days[helped], batch.person[helped], hours)

    def found_after_days(self, person: I, episode: I) -> F:
        """Draw when a lost hand-over is found because the patient, a relative or the ward asks."""
        p, w = self._p, self._world
        rate = p.found_base_per_day + p.found_participation_per_day * w.participation_now(person)
        rate = rate * self._prerequisites.found_factor
        rate = np.where(w.episodes.stay[episode] >= 0, self._ward_asks_per_day, rate)
        return w.luck.exponential(Purpose.FOUND, w.episodes.key[episode], w.episodes.moves[episode]) / rate


def _times(values: F, factor: F | None) -> F:
    return values if factor is None else values * factor
