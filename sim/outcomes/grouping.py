"""Group people: everybody, need group, municipality, complex needs, age and eligibility for a means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation
from sim.core.vocabulary import EnrolmentEvent
from sim.outcomes.outcome import Values

AGE_BANDS = ((0, "0-17"), (18, "18-64"), (65, "65-79"), (80, "80+"))
"""First age and name of each band; age as at the start of the run."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of people that may overlap, by way of cells that do not."""

    names: tuple[tuple[str, str], ...]
    """(group_by, group) of each group."""
    cell: npt.NDArray[np.intp]
    """Cell of each person: people with the same membership of all groups share one."""
    members: npt.NDArray[np.float64]
    """1 where a cell belongs to a group; shape (groups, cells)."""

    @property
    def everybody(self) -> int | None:
        """Return the position of the group that holds everybody, if there is one."""
        whole = np.flatnonzero(self.members.all(axis=1))
        return int(whole[0]) if len(whole) else None

    def renamed(self, chosen: Mapping[tuple[str, str], tuple[str, str]]) -> Groups:
        """Return some of the groups under other names; `chosen` maps the new name to the old."""
        at = [self.names.index(old) for old in chosen.values()]
        return Groups(tuple(chosen), self.cell, self.members[at])

    def sums(self, values: npt.NDArray[Any]) -> Values:
        """Return the sum of a value per person over each group."""
        cells = np.bincount(self.cell, values, minlength=self.members.shape[1])
        return np.asarray((self.members * cells).sum(axis=1))


def age_band(age_years: npt.NDArray[Any]) -> npt.NDArray[np.intp]:
    """Return the position of each age in `AGE_BANDS`."""
    starts = np.array([start for start, _ in AGE_BANDS])
    return np.searchsorted(starts, age_years, side="right") - 1


def eligible(observation: Observation) -> dict[str, npt.NDArray[np.bool_]]:
    """Return who was ever eligible before the window's end: for `any` means, and for each by name.

    Between scenarios with different means compare the group of one means: `any` may hold other people.
    """
    enrolments = observation.tables["enrolments"]
    rows = (enrolments["event"] == EnrolmentEvent.ELIGIBLE) & (enrolments["time_days"] < observation.end_days)
    person, means = enrolments["person"][rows], enrolments["means"][rows]
    anyone = np.zeros(len(observation.people), dtype=np.bool_)
    anyone[person] = True
    found = {"any": anyone}
    for position, name in enumerate(observation.means):
        found[name] = np.zeros_like(anyone)
        found[name][person[means == position]] = True
    return {name: who for name, who in found.items() if who.any()}


def groups_of_people(observation: Observation) -> Groups:
    """Return all groups of people that outcomes are shown for, in a fixed order."""
    people = observation.people
    # Each partition gives a code per person and a name per code.
    partitions: list[tuple[str, npt.NDArray[Any], tuple[str, ...]]] = [
        ("need_group", people.need_group - 1, ("1", "2", "3", "4", "5")),
        ("municipality", people.municipality, observation.municipalities),
        ("complex_needs", people.complex_needs, ("no", "yes")),
        ("age", age_band(people.age_years), tuple(name for _, name in AGE_BANDS)),
    ]
    key = np.zeros(len(people), dtype=np.int64)
    for _, code, names in partitions:
        key = key * len(names) + code
    chosen = eligible(observation)
    for who in chosen.values():
        key = key * 2 + who
    _, example, cell = np.unique(key, return_index=True, return_inverse=True)
    labels = [("all", "all")]
    members = [np.ones(len(example), dtype=np.bool_)]
    for group_by, code, names in partitions:
        labels += [(group_by, name) for name in names]
        members += [code[example] == position for position in range(len(names))]
    labels += [("enrolled", name) for name in chosen]
    members += [who[example] for who in chosen.values()]
    return Groups(tuple(labels), cell, np.array(members, dtype=np.float64))
