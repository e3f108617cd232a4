"""Check the numbers of a place: ranges, sums, ages, hours and staff."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pydantic import BaseModel

from sim.config.place import Municipality, Place, Sourced, Unit
from sim.config.yaml_file import KeyPath
from sim.core.vocabulary import UnitKind, label

Defect = tuple[KeyPath, str]

SUM_TOLERANCE = 1e-6
OLDEST_YEARS = 120


def number_defects(place: Place) -> Iterator[Defect]:
    """Yield defects of numbers, as key path and message; expects a place whose structure is whole."""
    for where, sourced in _sourced(place, ()):
        yield from range_defects(where, sourced)
    yield from _hours(place)
    for i, unit in enumerate(place.units):
        yield from _unit(unit, ("units", i))
    for i, municipality in enumerate(place.municipalities):
        yield from age_defects(municipality, ("municipalities", i))
        yield from _listing(place, municipality)
    yield from _prices(place)
    yield from _budget(place)


def _sourced(part: object, where: KeyPath) -> Iterator[tuple[KeyPath, Sourced]]:
    """Yield every number with a range anywhere below `part`."""
    if isinstance(part, Sourced):
        yield where, part
    elif isinstance(part, BaseModel):
        for name in type(part).model_fields:
            yield from _sourced(getattr(part, name), (*where, name))
    elif isinstance(part, tuple):
        for i, item in enumerate(part):
            yield from _sourced(item, (*where, i))
    elif isinstance(part, dict):
        for name, item in part.items():
            yield from _sourced(item, (*where, name))


def range_defects(where: KeyPath, sourced: Sourced) -> Iterator[Defect]:
    """Yield defects of one number: value, range, unit and source."""
    for key in ("value", "low", "high"):
        found = getattr(sourced, key)
        if not math.isfinite(found):
            yield (*where, key), f"expected a finite number, found {found}"
        if found < 0:
            yield (*where, key), f"must be at least 0, found {found:g}"
        if sourced.unit == "share" and found > 1:
            yield (*where, key), f"a share must be within 0 to 1, found {found:g}"
    if sourced.low > sourced.high:
        yield (*where, "low"), f"low {sourced.low:g} is above high {sourced.high:g}; swap them"
    if not sourced.low <= sourced.value <= sourced.high:
        yield (
            (*where, "value"),
            f"must be within its range {sourced.low:g} to {sourced.high:g}, found {sourced.value:g}",
        )
    for key in ("unit", "source"):
        if not getattr(sourced, key).strip():
            yield (*where, key), "is empty; say it (`assumption` is a valid source)"


def _hours(place: Place) -> Iterator[Defect]:
    for name, hours in place.hours.items():
        where: KeyPath = ("hours", name)
        if hours.close_hour <= hours.open_hour:
            yield (
                (*where, "close_hour"),
                f"must be after open_hour {hours.open_hour:g}, found {hours.close_hour:g}; a day ends at 24",
            )
        if not hours.days or len(set(hours.days)) != len(hours.days):
            yield (*where, "days"), "must name at least one day, each once"


def _unit(unit: Unit, where: KeyPath) -> Iterator[Defect]:
    for i, staff in enumerate(unit.staff):
        here = (*where, "staff", i)
        if staff.full_time_equivalents.value <= 0:
            yield (
                (*here, "full_time_equivalents", "value"),
                f"must be above 0, found {staff.full_time_equivalents.value:g}",
            )
        for key, share in (("utilisation", staff.utilisation), ("base_load_share", staff.base_load_share)):
            if not 0 <= share.low <= share.high <= 1:
                yield (*here, key), "is a share: value, low and high must be within 0 to 1"
        if staff.base_load_share.value >= staff.utilisation.value:
            yield (
                (*here, "base_load_share", "value"),
                f"must be below utilisation {staff.utilisation.value:g}: "
                "it is the part of the used time that is not modelled",
            )
    if unit.places is not None and unit.places.value < 1:
        yield (*where, "places", "value"), f"must be at least 1, found {unit.places.value:g}"
    if unit.places is not None and unit.elective_occupancy is not None:
        occupied = unit.elective_occupancy.value
        if occupied >= unit.places.value:
            yield (
                (*where, "elective_occupancy", "value"),
                f"must be below the {unit.places.value:g} beds, found {occupied:g}",
            )


def age_defects(municipality: Municipality, where: KeyPath) -> Iterator[Defect]:
    """Yield defects of a municipality's total and age bands."""
    if municipality.total < 1:
        yield (*where, "total"), f"must be at least 1, found {municipality.total}"
    expected = 0
    for i, group in enumerate(municipality.age_groups):
        here = (*where, "age_groups", i)
        if group.from_age != expected:
            yield (
                (*here, "from_age"),
                f"must be {expected}: bands follow each other from 0 without gap or overlap",
            )
        if not group.from_age <= group.to_age <= OLDEST_YEARS:
            yield (
                (*here, "to_age"),
                f"must be within from_age {group.from_age} to {OLDEST_YEARS}, found {group.to_age}",
            )
        for key, people in (("women", group.women), ("men", group.men)):
            if people < 0:
                yield (*here, key), f"must be at least 0, found {people}"
        expected = group.to_age + 1
    people = sum(group.women + group.men for group in municipality.age_groups)
    if people != municipality.total:
        yield (
            (*where, "age_groups"),
            f"women and men of all bands sum to {people}, but total is {municipality.total}; make them equal",
        )


def _listing(place: Place, municipality: Municipality) -> Iterator[Defect]:
    centres = [
        (i, unit)
        for i, unit in enumerate(place.units)
        if unit.kind == label(UnitKind.HEALTH_CENTRE) and unit.municipality == municipality.id
    ]
    for i, unit in centres:
        if unit.listed_share is None:
            yield (
                ("units", i, "listed_share"),
                "is missing; say which share of the municipality is listed here",
            )
    total = sum(unit.listed_share or 0.0 for _, unit in centres)
    if abs(total - 1.0) > SUM_TOLERANCE:
        yield (
            ("units", centres[-1][0], "listed_share"),
            f"the health centres of {municipality.id} list {total:g} of its people; the shares must sum to 1",
        )


def _prices(place: Place) -> Iterator[Defect]:
    prices = place.prices
    if not 1990 <= prices.price_year <= 2100:
        yield ("prices", "price_year"), f"must be a year within 1990 to 2100, found {prices.price_year}"
    for key in ("bed_day_variable_share", "staff_variable_share"):
        if getattr(prices, key).high > 1:
            yield ("prices", key), "is a share: value, low and high must be within 0 to 1"
    if prices.employer_cost_factor.value < 1:
        yield (
            ("prices", "employer_cost_factor", "value"),
            f"must be at least 1 (salary with contributions), found {prices.employer_cost_factor.value:g}",
        )
    if prices.worked_hours_per_month.value <= 0:
        yield ("prices", "worked_hours_per_month", "value"), "must be above 0"


def _budget(place: Place) -> Iterator[Defect]:
    shares = place.joint_budget_shares
    for principal in place.principals:
        if principal.id not in shares:
            yield (
                ("joint_budget_shares", principal.id),
                "is missing; give every principal a share (0 is allowed)",
            )
    total = sum(share.value for share in shares.values())
    if abs(total - 1.0) > SUM_TOLERANCE:
        yield ("joint_budget_shares",), f"the shares sum to {total:g}; they must sum to 1"
