"""Draw up the weekly roster of home care: which clients, how many visits, and which staff may come to each."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from sim.care.world import World
from sim.core.arrays import F, I
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession

NOBODY = -1
_PROFESSION_BITS = 40


@dataclass(slots=True, kw_only=True)
class Duty:
    """Who of a profession's staff is on duty, shift by shift, on a ring of staff per unit.

    The group that may come to a client is a run of places on the ring, so who of a group is on duty is read off
    running counts.
    """

    on_duty: npt.NDArray[np.int32]
    """Staff numbers on duty, shift after shift, place after place, and nobody at the end."""
    counts: I
    """Those on duty before each place of the shifts, one behind the other; one element more than places."""
    places: int
    """Places of one shift: each unit's staff, twice round and a group more."""


@dataclass(slots=True, kw_only=True)
class Roster:
    """Clients of one profession for one week; arrays have one element per client."""

    profession: Profession
    client: I
    visits_per_day: F
    station: I
    place: I
    """First place of the client's group on the ring of its unit."""
    group_size: I
    unit_size: I
    """How many work in the client's unit."""
    by_policy: npt.NDArray[np.bool_]
    """Whose group follows another policy than today's."""
    kept_in_group: float
    """Probability that the roster keeps such a client in the group where chance would have none of it on duty."""
    ring: npt.NDArray[np.int32]
    """Staff numbers of all units; in a unit smaller than the group the same few come round again."""
    key: I = field(init=False)
    """Tells the luck of a client's visits by this profession from that by others."""

    def __post_init__(self) -> None:
        self.key = self.client + (int(self.profession) << _PROFESSION_BITS)

    def duty(self, is_on_duty: npt.NDArray[np.bool_]) -> Duty:
        """Take down who is on duty; `is_on_duty` has the shape (shifts, staff numbers)."""
        on = is_on_duty[:, self.ring]
        counts = np.zeros(on.size + 1, np.int64)
        np.cumsum(on, out=counts[1:])
        return Duty(on_duty=np.append(self.ring[np.nonzero(on)[1]], NOBODY), counts=counts, places=len(self.ring))

    def who_comes(self, row: I, shift: I, duty: Duty, luck: F) -> I:
        """Pick for each visit one member of the client's group who is on duty; -1 where none is.

        `row` is the client's row, `shift` the number of the shift in `duty`.
        """
        first = self.place[row] + shift * duty.places
        before = duty.counts[first]
        count = duty.counts[first + self.group_size[row]] - before
        chosen = before + (luck * count).astype(np.int64)
        return np.where(count > 0, duty.on_duty[chosen], NOBODY)

    def who_is_kept(self, row: I, luck: F) -> I:
        """Return for each visit one member of the client's group, brought in by the roster."""
        return np.asarray(self.ring[self.place[row] + (luck * self.group_size[row]).astype(np.int64)], np.int64)

    def who_stands_in(self, row: I, shift: I, duty: Duty) -> I:
        """Send for each visit the nearest colleague on duty, counting on from the group; its last member if none is.

        Neighbouring groups help each other out, so that a small group does not mean many strangers.
        """
        end = self.place[row] + self.group_size[row]
        at = end + shift * duty.places
        nearest = duty.counts[at]
        found = duty.counts[at + self.unit_size[row]] > nearest
        return np.asarray(np.where(found, duty.on_duty[nearest], self.ring[end - 1]))


def draw_up(world: World, profession: Profession, visits_per_day: F, usual_size: int) -> Roster:
    """Draw up a roster: each client's group is a run of the unit's staff, so groups of neighbours overlap.

    A means may set another policy; `usual_size` is the size of a group without.
    """
    client = np.flatnonzero((visits_per_day > 0) & world.alive)
    station = world.stations.of_person[client, profession].astype(np.int64)
    first_staff = world.stations.first_staff
    size = first_staff[station + 1] - first_staff[station]
    start = (world.luck.uniform(Purpose.GROUP, client, int(profession)) * size).astype(np.int64)
    policy = world.decisions.roster_policy(profession)
    group_size, by_policy = np.full(len(client), usual_size), np.zeros(len(client), bool)
    if policy is not None:
        by_policy = world.luck.uniform(Purpose.GROUP_POLICY, client, int(profession)) < policy.share_of_clients
        group_size[by_policy] = min(policy.group_size, usual_size)
    ring, first_place = _ring(world, profession, usual_size)
    return Roster(
        profession=profession, client=client, visits_per_day=visits_per_day[client], station=station,
        place=first_place[station] + start, group_size=group_size, unit_size=size, ring=ring,
        by_policy=by_policy, kept_in_group=policy.kept_in_group if policy is not None else 0.0,
    )  # fmt: skip


def _ring(world: World, profession: Profession, group_size: int) -> tuple[npt.NDArray[np.int32], I]:
    """Lay the staff of every unit of a profession in a ring, unrolled; returns staff numbers and where units begin."""
    first_staff = world.stations.first_staff
    first_place = np.zeros(len(world.stations), np.int64)
    rings, places = [np.zeros(0, np.int64)], 0
    for station in np.flatnonzero(world.stations.facts.profession == profession).tolist():
        first, size = int(first_staff[station]), int(first_staff[station + 1] - first_staff[station])
        first_place[station] = places
        # Round once for where groups begin, a group more, and round again for who stands in.
        rings.append(first + np.arange(2 * size + group_size) % size)
        places += 2 * size + group_size
    return np.concatenate(rings).astype(np.int32), first_place
