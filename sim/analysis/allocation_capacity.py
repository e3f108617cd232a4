"""Say what staff and places that a mix adds cost a year: they are paid whether they are used or not."""

from __future__ import annotations

from dataclasses import dataclass

from sim.care.booking import Calendar
from sim.care.stations import weekly_paid_minutes
from sim.config.allocation import Allocation, Choice, Mix
from sim.config.place import Place
from sim.config.place_settings import with_place_settings
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.vocabulary import UnitKind, label

_WEEKS_PER_YEAR = DAYS_PER_YEAR / 7.0
_MINUTES_PER_HOUR = 60.0
_PLACES = {
    "place.beds": (UnitKind.WARD, "bed_day_sek"),
    "place.special_housing": (UnitKind.SPECIAL_HOUSING, "special_housing_day_sek"),
    "place.short_term_places": (UnitKind.SHORT_TERM_HOME, "short_term_day_sek"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What is added in the whole place, a year."""

    sek: float = 0.0
    hours: float = 0.0
    """Paid staff hours; of places none, since their price holds the staff."""


def added_capacity(allocation: Allocation, place: Place, mix: Mix) -> Added:
    """Return what the staff and places of a mix cost beyond today's; fewer than today's give money back."""
    chosen, sek, hours = allocation.chosen(mix), 0.0, 0.0
    for choice in allocation.choices:
        factor = chosen[choice.id]
        if not choice.is_capacity or factor is None or factor == 1.0:
            continue
        one = _staff(choice, place, factor) if choice.move_name == "place.staff" else _places(choice, place, factor)
        sek, hours = sek + one.sek, hours + one.hours
    return Added(sek=sek, hours=hours)


def _staff(choice: Choice, place: Place, factor: float) -> Added:
    """Price the hours that more full-time staff are paid for: at their salary with overhead, or as the file says."""
    profession = choice.part
    larger = with_place_settings(place, {"staff": {profession: factor}})
    full_time = hours = 0.0
    for before, after in zip(place.units, larger.units, strict=True):
        weekly = weekly_paid_minutes(Calendar(place.hours[before.hours])) / _MINUTES_PER_HOUR
        for old, new in zip(before.staff, after.staff, strict=True):
            more = new.full_time_equivalents.value - old.full_time_equivalents.value
            full_time, hours = full_time + more, hours + more * weekly * _WEEKS_PER_YEAR
    prices = place.prices
    salary = prices.salary_sek_per_month[profession].value * prices.employer_cost_factor.value
    hour_sek = salary / prices.worked_hours_per_month.value * (1.0 + prices.overhead_share.value)
    sek = hours * hour_sek if choice.price_sek is None else full_time * choice.price_sek
    return Added(sek=sek, hours=hours)


def _places(choice: Choice, place: Place, factor: float) -> Added:
    kind, price = _PLACES[choice.move_name]
    there = place.places_of(label(kind))
    each = getattr(place.prices, price).value * DAYS_PER_YEAR if choice.price_sek is None else choice.price_sek
    return Added(sek=there * (factor - 1.0) * each)
