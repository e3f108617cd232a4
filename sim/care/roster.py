"""Draw up the weekly roster of home care: which clients, how many visits, and which staff may come to each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.care.world import World
from sim.core.arrays import B, F, I
from sim.core.purposes import Purpose
from sim.core.vocabulary import Profession


@dataclass(slots=True, kw_only=True)
class Roster:
    """Clients of one profession for one week; arrays have one element (members: one row) per client."""

    profession: Profession
    client: I
    visits_per_day: F
    station: I
    members: npt.NDArray[np.int32]
    """Staff numbers of the client's group, shape (clients, group size)."""
    first_staff: I
    """First staff number of the client's unit."""
    unit_size: I
    """How many work in the client's unit."""

    def who_comes(self, row: I, on_duty: B, luck: F) -> I:
        """Pick for each visit one member of the client's group who is on duty; -1 where none is.

        `row` is the client's row; `on_duty` has one element per staff number.
        """
        members = self.members[row]
        among = on_duty[members].cumsum(axis=1, dtype=np.int8)
        count = among[:, -1]
        place = (luck * count).astype(np.int8)
        chosen = (among > place[:, None]).argmax(axis=1)
        return np.asarray(np.where(count > 0, members[np.arange(len(row)), chosen], -1))

    def who_stands_in(self, row: I, on_duty: B) -> I:
        """Send for each visit the nearest colleague on duty, counting on from the group; its last member if none is.

        Neighbouring groups help each other out, so that a small group does not mean many strangers.
        """
        last, first, size = self.members[row, -1], self.first_staff[row], self.unit_size[row]
        comes = last.astype(np.int64)
        left = np.arange(len(row))
        for step in range(1, int(size.max(initial=0))):
            colleague = first[left] + (last[left] - first[left] + step) % size[left]
            here = on_duty[colleague]
            comes[left[here]] = colleague[here]
            left = left[~here]
            if not len(left):
                break
        return np.asarray(comes)


def draw_up(world: World, profession: Profession, visits_per_day: F, group_size: int) -> Roster:
    """Draw up a roster: each client's group is a run of the unit's staff, so groups of neighbours overlap."""
    client = np.flatnonzero((visits_per_day > 0) & world.alive)
    station = world.stations.of_person[client, profession].astype(np.int64)
    first = world.stations.first_staff[station]
    size = world.stations.first_staff[station + 1] - first
    start = (world.luck.uniform(Purpose.GROUP, client, int(profession)) * size).astype(np.int64)
    # In a unit smaller than the group the same few come round again.
    members = first[:, None] + (start[:, None] + np.arange(group_size)) % size[:, None]
    return Roster(
        profession=profession, client=client, visits_per_day=visits_per_day[client], station=station,
        members=members.astype(np.int32), first_staff=first, unit_size=size,
    )  # fmt: skip
