"""Describe a place: principals, organisations, units, staff, beds, hours, travel, prices and people.

Full-time equivalents mean two things. At a unit that is open round the clock they are people on duty at a
time, day and night. At every other unit they are employed full-time equivalents, each working
`worked_hours_per_month` of the price list, spread over the hours in which the unit is open.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
Positive = Annotated[float, Field(gt=0.0, allow_inf_nan=False)]
NotNegative = Annotated[float, Field(ge=0.0, allow_inf_nan=False)]


class Strict(BaseModel):
    """Frozen, strict, no unknown keys: what every file part inherits."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Text(Strict):
    """A text in both languages of the program."""

    en: str
    sv: str


class Sourced(Strict):
    """A number with its plausible range, unit and source; `assumption` is a valid source."""

    value: float
    low: float
    high: float
    unit: str
    source: str


class Principal(Strict):
    """Who owns budget and duty; `region_and_municipality` is one that is both, as on Gotland."""

    id: str
    title: Text
    kind: Literal["region", "municipality", "region_and_municipality", "state"]

    @property
    def is_region(self) -> bool:
        """Tell whether this principal owes the region's care."""
        return self.kind in ("region", "region_and_municipality")

    @property
    def is_municipality(self) -> bool:
        """Tell whether this principal owes the municipality's care."""
        return self.kind in ("municipality", "region_and_municipality")


class Domain(Strict):
    """A shared professional culture."""

    id: str
    title: Text


class Organisation(Strict):
    """An organisation of one principal, in one domain."""

    id: str
    title: Text
    principal: str
    domain: str


class Hours(Strict):
    """When a unit is open."""

    days: tuple[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], ...]
    open_hour: Annotated[float, Field(ge=0, lt=24)]
    close_hour: Annotated[float, Field(gt=0, le=24)]


class Staff(Strict):
    """One profession at one unit."""

    profession: str
    full_time_equivalents: Sourced
    """People on duty at a time where the unit is open round the clock, else employed (see the module)."""
    utilisation: Sourced
    """Declared share of working time used, modelled and other work together, in the baseline."""
    base_load_share: Sourced
    """Share of working time taken by work that is not modelled."""


class Unit(Strict):
    """A unit of an organisation: where work is done."""

    id: str
    title: Text
    kind: str
    organisation: str
    municipality: str | None = None
    """Which municipality's people it serves; absent = everybody's."""
    hours: str
    """Name of an entry in the place's `hours`."""
    listed_share: Share | None = None
    """Health centres only: share of the municipality's people listed here; sums to 1 per municipality."""
    home_visit_travel_minutes: Sourced | None = None
    staff: tuple[Staff, ...] = ()
    places: Sourced | None = None
    """Beds of a ward, places of special housing or a short-term home."""
    elective_occupancy: Sourced | None = None
    """Wards only: beds taken on average by planned care that is not modelled."""


class AgeGroup(Strict):
    """Inhabitants of one municipality in one age band, by sex."""

    from_age: int
    to_age: int
    """Last age of the band, inclusive."""
    women: int
    men: int
    grown: Positive = 1.0
    """How many times as many as in the population for which the register's shares (complex needs, services) hold."""


class Municipality(Strict):
    """People of one municipality."""

    id: str
    title: Text
    principal: str
    total: int
    total_source: str
    age_groups: tuple[AgeGroup, ...]
    """Sums to `total`."""
    age_source: str
    ambulance_minutes: Sourced
    """Mean time by ambulance to the emergency department."""


class PriceList(Strict):
    """Unit costs, all in SEK of `price_year`."""

    price_year: int
    bed_day_sek: Sourced
    bed_day_variable_share: Sourced
    ed_visit_sek: Sourced
    ambulance_sek: Sourced
    special_housing_day_sek: Sourced
    short_term_day_sek: Sourced
    repeated_test_sek: Sourced
    overhead_share: Sourced
    """Premises and management on top of every staff minute."""
    contact_overhead_share: dict[str, Sourced]
    """By profession: tests, materials, rooms and unmodelled work around a contact, on top of its minutes."""
    staff_variable_share: Sourced
    relative_hour_sek: Sourced
    delayed_discharge_day_sek: Sourced
    """What the municipality pays the region for a bed day after the free days."""
    delayed_discharge_free_days: Sourced
    salary_sek_per_month: dict[str, Sourced]
    """By profession."""
    employer_cost_factor: Sourced
    worked_hours_per_month: Sourced


class Law(Strict):
    """The legal regime for sharing information between health care and social services."""

    direct_access_health_care: bool
    """Between health-care principals, with consent (coherent records)."""
    direct_access_social_services: bool
    """Between health care and social services, with consent and need (from 2023)."""
    source: str


class Place(Strict):
    """Everything about a place that is not a choice of a scenario."""

    id: str
    title: Text
    principals: tuple[Principal, ...]
    domains: tuple[Domain, ...]
    organisations: tuple[Organisation, ...]
    hours: dict[str, Hours]
    units: tuple[Unit, ...]
    municipalities: tuple[Municipality, ...]
    prices: PriceList
    law: Law
    joint_budget_shares: dict[str, Sourced]
    """Share per principal of a joint budget, locked in advance; sums to 1."""

    def places_of(self, kind: str) -> float:
        """Return how many places (beds) all units of a kind have together."""
        return sum(unit.places.value for unit in self.units if unit.kind == kind and unit.places is not None)
