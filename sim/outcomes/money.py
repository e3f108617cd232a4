"""Price what was done: cost by kind, by person and by principal, and payments between principals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag, UnitKind
from sim.outcomes.arithmetic import sum_by
from sim.outcomes.intervals import hospital_stays, short_term_stays
from sim.outcomes.minutes import row_minutes
from sim.outcomes.outcome import Values
from sim.outcomes.snapshots import snapshots

KINDS = (
    "staff_contacts",
    "roster_visits",
    "coordination_and_hassle",
    "bed_days",
    "ed",
    "ambulance",
    "special_housing",
    "short_term_places",
    "repeated_tests",
    "means_fixed",
)


@dataclass(frozen=True, slots=True)
class KindCost:
    """Cost of one kind in SEK: per person, what belongs to nobody in particular, and per principal."""

    person: Values
    region_person: Values
    """The part of `person` that the region bears."""
    unassigned: float
    principal: Values


Costs = dict[str, KindCost]


def costs(observation: Observation) -> Costs:
    """Return the full cost of the window by kind, in the order of `KINDS`.

    Staff minutes at emergency departments and wards in contacts are left out: the price of a visit and of a
    bed day covers them. Work outside contacts is priced everywhere.
    """
    found = {
        "staff_contacts": _staff(observation, "contacts"),
        "roster_visits": _staff(observation, "visits"),
        "coordination_and_hassle": _staff(observation, "work"),
        "bed_days": _bed_days(observation),
        **_emergency(observation),
        "special_housing": _special_housing(observation),
        "short_term_places": _short_term_places(observation),
        "repeated_tests": _repeated_tests(observation),
        "means_fixed": _means_fixed(observation),
    }
    return {kind: found[kind] for kind in KINDS}


def variable_shares(observation: Observation) -> dict[str, float]:
    """Return by kind the share of cost that changes in cash in the short run.

    Special housing is mostly staff; emergency and ambulance follow the bed day; tests and fixed costs of
    means are paid in full.
    """
    staff = observation.prices.staff_variable_share
    hospital = observation.prices.bed_day_variable_share
    return {
        "staff_contacts": staff,
        "roster_visits": staff,
        "coordination_and_hassle": staff,
        "bed_days": hospital,
        "ed": hospital,
        "ambulance": hospital,
        "special_housing": staff,
        "short_term_places": staff,
        "repeated_tests": 1.0,
        "means_fixed": 1.0,
    }


def net_transfers(observation: Observation) -> Values:
    """Return per principal what it pays other principals less what it receives from them, in SEK."""
    payments = observation.table("payments")
    between = payments["payee"] >= 0
    count = len(observation.principals)
    sek = payments["sek"][between]
    paid = sum_by(payments["payer"][between], count, sek)
    received = sum_by(payments["payee"][between], count, sek)
    return paid - received


def _by_station(observation: Observation, person: npt.NDArray[Any], station: npt.NDArray[Any], sek: Values) -> KindCost:
    """Spread row costs over people and over the principals of the stations; person -1 = nobody."""
    people = len(observation.people)
    principal = observation.stations.principal[station]
    key = (person.astype(np.intp) + 1) * 2 + (principal == observation.region_principal)
    table = sum_by(key, 2 * (people + 1), sek).reshape(people + 1, 2)
    return KindCost(
        person=table[1:].sum(axis=1),
        region_person=table[1:, 1].copy(),
        unassigned=float(table[0].sum()),
        principal=sum_by(principal, len(observation.principals), sek),
    )


def _staff(observation: Observation, table: str) -> KindCost:
    columns = observation.table(table)
    stations, station = observation.stations, columns["station"]
    rate = stations.sek_per_minute * (1.0 + observation.prices.overhead_share)
    if table == "contacts":
        rate = stations.contact_sek_per_minute
        covered = np.isin(stations.unit_kind, [UnitKind.EMERGENCY_DEPARTMENT, UnitKind.WARD])
        rate = np.where(covered, 0.0, rate)
    return _by_station(observation, columns["person"], station, row_minutes(columns) * rate[station])


def _repeated_tests(observation: Observation) -> KindCost:
    contacts = observation.table("contacts")
    again = np.flatnonzero(contacts["flags"] & ContactFlag.TEST_REPEATED)
    sek = np.full(len(again), observation.prices.repeated_test_sek)
    return _by_station(observation, contacts["person"][again], contacts["station"][again], sek)


def _borne_by_region(observation: Observation, sek: Values) -> KindCost:
    principal = np.zeros(len(observation.principals))
    principal[observation.region_principal] = sek.sum()
    return KindCost(sek, sek, 0.0, principal)


def _bed_days(observation: Observation) -> KindCost:
    beds = hospital_stays(observation).in_bed().cut(observation)
    days = observation.per_person(beds.person, beds.days())
    return _borne_by_region(observation, days * observation.prices.bed_day_sek)


def _emergency(observation: Observation) -> Costs:
    arrivals, prices = observation.table("ed_arrivals"), observation.prices
    visits = observation.per_person(arrivals["person"])
    rides = observation.per_person(arrivals["person"][arrivals["ambulance"]])
    return {
        "ed": _borne_by_region(observation, visits * prices.ed_visit_sek),
        "ambulance": _borne_by_region(observation, rides * prices.ambulance_sek),
    }


def _special_housing(observation: Observation) -> KindCost:
    days = snapshots(observation).total(observation, "special_housing")
    return _borne_by_municipality(observation, days * observation.prices.special_housing_day_sek)


def _short_term_places(observation: Observation) -> KindCost:
    places = short_term_stays(observation).cut(observation)
    days = observation.per_person(places.person, places.days())
    return _borne_by_municipality(observation, days * observation.prices.short_term_day_sek)


def _borne_by_municipality(observation: Observation, sek: Values) -> KindCost:
    payer = observation.municipality_principal[observation.people.municipality]
    principal = sum_by(payer, len(observation.principals), sek)
    return KindCost(sek, np.where(payer == observation.region_principal, sek, 0.0), 0.0, principal)


def _means_fixed(observation: Observation) -> KindCost:
    """Return payments that leave the place: the fixed cost of means."""
    payments = observation.table("payments")
    outside = payments["payee"] < 0
    sek = payments["sek"][outside]
    nobody = np.zeros(len(observation.people))
    principal = sum_by(payments["payer"][outside], len(observation.principals), sek)
    return KindCost(nobody, nobody, float(sek.sum()), principal)
