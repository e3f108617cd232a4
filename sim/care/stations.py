"""Set up the stations of a place: which profession at which unit serves whom, how far apart they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.care.booking import Calendar, Station
from sim.config.place import Place, Sourced, Unit
from sim.core.luck import Luck
from sim.core.observation import Stations
from sim.core.purposes import Purpose
from sim.core.vocabulary import RECORD_DOMAIN_OF, Profession, UnitKind
from sim.population.traits import Population

SAME_PERSON, WITHIN_UNIT, BETWEEN_UNITS, BETWEEN_ORGANISATIONS, BETWEEN_DOMAINS, BETWEEN_PRINCIPALS = range(6)


@dataclass(slots=True, kw_only=True)
class StationTable:
    """Every station with its queue, calendar and place in the care system."""

    facts: Stations
    queues: list[Station]
    calendars: list[Calendar]
    first_staff: npt.NDArray[np.int64]
    """Staff members are numbered through; station s has `first_staff[s]` to `first_staff[s + 1] - 1`."""
    presence: npt.NDArray[np.float64]
    """Full-time equivalents per server: below 1 where part-time work is pooled."""
    record_domain: npt.NDArray[np.int64]
    travel_minutes: npt.NDArray[np.float64]
    distance: npt.NDArray[np.int8]
    """Coordination distance between two stations, shape (stations, stations)."""
    of_person: npt.NDArray[np.int16]
    """Station that serves a person, shape (people, professions)."""
    emergency: int
    """The emergency physicians' station."""

    def __len__(self) -> int:
        return len(self.queues)

    def are_open(self, station: npt.NDArray[Any], time_days: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
        """Say of each station whether it is open at a moment; both arrays have one element each."""
        pairs = zip(station.tolist(), time_days.tolist(), strict=True)
        return np.array([self.calendars[s].is_open(t) for s, t in pairs], bool)

    def of_profession(self, profession: Profession, municipality: int) -> list[int]:
        """List the stations of a profession that serve a municipality."""
        facts = self.facts
        serves = (facts.municipality == municipality) | (facts.municipality < 0)
        return [int(s) for s in np.flatnonzero((facts.profession == profession) & serves)]


_FULL_TIME_MINUTES_PER_WEEK = 2400.0
_ROUND_THE_CLOCK_MINUTES_PER_WEEK = 10080.0


def weekly_open_minutes(calendar: Calendar) -> float:
    """Return the open minutes of a week."""
    return calendar.weekly_sessions * calendar.session_minutes


def weekly_paid_minutes(calendar: Calendar) -> float:
    """Return the paid minutes of one full-time equivalent in a week.

    Where a unit is open round the clock the place file counts people on duty at a time, not people employed.
    """
    minutes = weekly_open_minutes(calendar)
    return minutes if minutes >= _ROUND_THE_CLOCK_MINUTES_PER_WEEK else min(minutes, _FULL_TIME_MINUTES_PER_WEEK)


def build_stations(place: Place, population: Population, luck: Luck, sample_share: float) -> StationTable:
    """Build all stations of a place; capacity is scaled to the sample, people at work are rounded up."""
    municipalities = {m.id: i for i, m in enumerate(place.municipalities)}
    principals = {p.id: i for i, p in enumerate(place.principals)}
    organisations = {o.id: o for o in place.organisations}
    rows = [(unit, staff) for unit in place.units for staff in unit.staff]
    kinds = [UnitKind[unit.kind.upper()] for unit, _ in rows]
    professions = [Profession[staff.profession.upper()] for _, staff in rows]
    calendar_of = {name: Calendar(hours) for name, hours in place.hours.items()}
    calendars = [calendar_of[unit.hours] for unit, _ in rows]
    full_time = np.array([staff.full_time_equivalents.value for _, staff in rows]) * sample_share
    servers = np.maximum(np.rint(full_time), 1).astype(np.int32)
    presence = full_time / servers
    base_load = np.array([staff.base_load_share.value for _, staff in rows])
    paid_minutes = np.array([weekly_paid_minutes(calendar) for calendar in calendars])
    at_work = paid_minutes / np.array([weekly_open_minutes(calendar) for calendar in calendars])
    prices, names = place.prices, [staff.profession for _, staff in rows]
    factor = prices.employer_cost_factor.value / (prices.worked_hours_per_month.value * 60)
    minute_sek = np.array([prices.salary_sek_per_month[name].value * factor for name in names])
    around = np.array([_value(prices.contact_overhead_share.get(name)) for name in names])
    facts = Stations(
        name=tuple(f"{unit.id}/{staff.profession}" for unit, staff in rows),
        unit=tuple(unit.id for unit, _ in rows),
        unit_kind=np.array(kinds, np.int8),
        profession=np.array(professions, np.int8),
        principal=np.array([principals[organisations[u.organisation].principal] for u, _ in rows], np.int16),
        municipality=np.array([municipalities[u.municipality] if u.municipality else -1 for u, _ in rows], np.int16),
        staff=servers,
        paid_minutes_per_day=full_time * paid_minutes / 7,
        base_load_share=base_load,
        sek_per_minute=minute_sek,
        contact_sek_per_minute=minute_sek * (1 + prices.overhead_share.value + around),
    )
    travel = [u.home_visit_travel_minutes.value if u.home_visit_travel_minutes else 0.0 for u, _ in rows]
    return StationTable(
        facts=facts,
        queues=[
            Station(int(n), float(rate)) for n, rate in zip(servers, presence * at_work * (1 - base_load), strict=True)
        ],
        calendars=calendars,
        first_staff=np.concatenate(([0], np.cumsum(servers))),
        presence=presence,
        record_domain=np.array([RECORD_DOMAIN_OF[kind] for kind in kinds]),
        travel_minutes=np.array(travel),
        distance=_distances(place, [unit for unit, _ in rows]),
        of_person=_stations_of_people(place, population, luck, [unit for unit, _ in rows], professions),
        emergency=professions.index(Profession.EMERGENCY_PHYSICIAN),
    )


def _value(number: Sourced | None) -> float:
    return number.value if number is not None else 0.0


def _distances(place: Place, units: list[Unit]) -> npt.NDArray[np.int8]:
    """Return the level of the highest boundary between each pair of stations (report 000, section 3.3)."""
    organisations = {o.id: o for o in place.organisations}
    n = len(units)
    distance = np.zeros((n, n), np.int8)
    for i, one in enumerate(units):
        for j, other in enumerate(units):
            a, b = organisations[one.organisation], organisations[other.organisation]
            if a.principal != b.principal:
                level = BETWEEN_PRINCIPALS
            elif a.domain != b.domain:
                level = BETWEEN_DOMAINS
            elif a.id != b.id:
                level = BETWEEN_ORGANISATIONS
            elif one.id != other.id:
                level = BETWEEN_UNITS
            else:
                level = WITHIN_UNIT
            distance[i, j] = level
    return distance


def _stations_of_people(
    place: Place, population: Population, luck: Luck, units: list[Unit], professions: list[Profession]
) -> npt.NDArray[np.int16]:
    """List each person at a health centre, by the units' listed shares, and at the units of the municipality."""
    table = np.full((len(population), len(Profession)), -1, np.int16)
    u = luck.uniform(Purpose.LISTING, np.arange(len(population)))
    low = np.zeros((len(place.municipalities), len(Profession)))
    for station, (unit, profession) in enumerate(zip(units, professions, strict=True)):
        if unit.municipality is None:
            table[:, profession] = station
            continue
        m = next(i for i, home in enumerate(place.municipalities) if home.id == unit.municipality)
        share = unit.listed_share if unit.listed_share is not None else 1.0
        start = low[m, profession]
        mine = (population.municipality == m) & (u >= start) & (u < start + share + 1e-9)
        table[mine, profession] = station
        low[m, profession] = start + share
    return table
