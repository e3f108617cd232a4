"""The reference workload: a small care network that every engine simulates with its own means.

People with needs come to primary care, some are handed on to a specialist; who is delayed beyond a personal
deadline comes to the emergency department, and some of them to a bed. Clients of home care are visited
three times a day by teams of twelve. Needs are Poisson, services lognormal, queues first come first served.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from math import ceil, log
from typing import Any

import numpy as np
import numpy.typing as npt

MINUTES_PER_DAY = 1440.0
NEEDS_PER_DAY_COMPLEX, NEEDS_PER_DAY_ORDINARY = 0.30, 0.01
HANDED_ON_SHARE = 0.35
LEAD_DAYS_COMPLEX, LEAD_DAYS_ORDINARY = 3.0, 1.0
DEADLINE_DAYS = 10.0
ADMITTED_SHARE = 0.4
VISIT_HOURS = (8.0, 13.0, 19.0)
VISIT_MINUTES, VISIT_LOG_SD = 25.0, 0.5
TEAM_STAFF, TEAM_CLIENTS = 12, 60
PREFERRED_SHARE = 0.5
BLOCK_DAYS = 14
DISTINCT_STAFF_IN_THEORY = 12 - 11 * (1 - 0.5 / 12) ** 42 - (0.5 - 0.5 / 12) ** 42
"""Each of 11 is missed with (23/24)^42 in 42 visits, the preferred one hardly ever: 10.16."""
HIGHEST_LOAD = 0.85


class Stop(IntEnum):
    """Where people queue."""

    PRIMARY_CARE = 0
    SPECIALIST = 1
    EMERGENCY = 2
    BED = 3


SERVICE_MINUTES = {
    Stop.PRIMARY_CARE: 25.0,
    Stop.SPECIALIST: 35.0,
    Stop.EMERGENCY: 120.0,
    Stop.BED: 5.0 * MINUTES_PER_DAY,
}
SERVICE_LOG_SD = {Stop.PRIMARY_CARE: 0.5, Stop.SPECIALIST: 0.5, Stop.EMERGENCY: 0.5, Stop.BED: 0.8}
SERVICE_LOG_MEAN = {stop: log(SERVICE_MINUTES[stop]) - SERVICE_LOG_SD[stop] ** 2 / 2 for stop in Stop}
VISIT_LOG_MEAN = log(VISIT_MINUTES) - VISIT_LOG_SD**2 / 2


@dataclass(frozen=True, slots=True)
class Workload:
    """How many people, for how long; home care may be left out to measure the queues alone."""

    persons: int = 10_000
    days: int = 365
    home_care: bool = True

    @property
    def complex_persons(self) -> int:
        """People 0 .. this - 1 have complex needs."""
        return round(0.04 * self.persons)

    @property
    def clients(self) -> int:
        """People 0 .. this - 1 have home care."""
        return round(0.03 * self.persons) if self.home_care else 0

    @property
    def teams(self) -> int:
        return -(-self.clients // TEAM_CLIENTS)

    def servers(self) -> dict[Stop, int]:
        """Return the least number of servers that keeps the load within `HIGHEST_LOAD`."""
        complex_needs = NEEDS_PER_DAY_COMPLEX * self.complex_persons
        ordinary_needs = NEEDS_PER_DAY_ORDINARY * (self.persons - self.complex_persons)
        emergencies = HANDED_ON_SHARE * (complex_needs * 3 / 13 + ordinary_needs / 11)
        per_day = {
            Stop.PRIMARY_CARE: complex_needs + ordinary_needs,
            Stop.SPECIALIST: HANDED_ON_SHARE * (complex_needs + ordinary_needs),
            Stop.EMERGENCY: emergencies,
            Stop.BED: ADMITTED_SHARE * emergencies,
        }
        loads = {stop: per_day[stop] * SERVICE_MINUTES[stop] / MINUTES_PER_DAY for stop in Stop}
        return {stop: max(1, ceil(load / HIGHEST_LOAD)) for stop, load in loads.items()}


@dataclass(slots=True)
class Result:
    """What every engine must keep and hand back."""

    stop_contacts: npt.NDArray[np.int64]
    """By stop."""
    stop_wait_minutes: npt.NDArray[np.float64]
    """Sum by stop."""
    visits: int
    distinct_staff: float
    """Mean number of home-care staff a client meets in a whole block of fourteen days; NaN without any."""
    person_contacts: npt.NDArray[np.float64]
    person_wait_minutes: npt.NDArray[np.float64]
    person_emergencies: npt.NDArray[np.float64]
    person_bed_days: npt.NDArray[np.float64]
    staff_minutes: npt.NDArray[np.float64]
    """Home-care staff, twelve per team."""

    @property
    def queued(self) -> int:
        return int(self.stop_contacts.sum())

    @property
    def contacts(self) -> int:
        return self.queued + self.visits

    def statistics(self, workload: Workload) -> dict[str, float]:
        """Return the numbers that must agree between engines."""
        waits = self.stop_wait_minutes / np.maximum(self.stop_contacts, 1)
        numbers: dict[str, float] = {f"n_{stop.name.lower()}": float(self.stop_contacts[stop]) for stop in Stop}
        numbers["n_home_care"] = float(self.visits)
        numbers |= {f"wait_minutes_{stop.name.lower()}": float(waits[stop]) for stop in Stop}
        numbers["bed_days"] = float(self.person_bed_days.sum())
        numbers["distinct_staff_14_days"] = self.distinct_staff
        numbers["contacts_per_complex_person"] = float(self.person_contacts[: workload.complex_persons].mean())
        numbers["home_care_minutes"] = float(self.staff_minutes.sum())
        return numbers


def distinct_staff_per_block(members: npt.NDArray[Any]) -> float:
    """Return the mean number of different team members per client and block.

    `members` holds bit masks of the team members met, one row per whole block, one column per client.
    """
    if members.size == 0:
        return float("nan")
    return float(sum(((members >> member) & 1).sum() for member in range(TEAM_STAFF)) / members.size)
