"""Describe every person's year: traits, use of care, need and cost, for analyses of one's own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from sim.core.calendar import DAYS_PER_YEAR
from sim.core.observation import Observation
from sim.core.vocabulary import Profession, StayEvent, label
from sim.outcomes.contacts import ROSTER_PROFESSIONS, contacts_by_profession, visits_by_profession
from sim.outcomes.continuity import distinct_physicians
from sim.outcomes.days_at_home import divided_days
from sim.outcomes.exposure import alive_at_start, alive_days
from sim.outcomes.grouping import eligible
from sim.outcomes.intervals import hospital_stays
from sim.outcomes.money import costs
from sim.outcomes.unmet_need import unmet_need_days


def persons(observation: Observation) -> pd.DataFrame:
    """Return one row per person alive at the start of a year and year of the window (1, 2, ...).

    The last year may be shorter; `days_alive` says how many days of it the person lived. Costs that belong to
    nobody in particular are in no row.
    """
    frames = []
    for position in range(int(np.ceil(observation.years - 1e-9))):
        start = observation.start_days + position * DAYS_PER_YEAR
        end = min(start + DAYS_PER_YEAR, observation.end_days)
        year = replace(observation, start_days=start, end_days=end)
        columns = {**_traits(year, position), **_use(year), **_days_and_cost(year)}
        frames.append(pd.DataFrame(columns)[alive_at_start(year)])
    return pd.concat(frames, ignore_index=True)


def _traits(year: Observation, position: int) -> dict[str, Any]:
    people = year.people
    municipalities = np.array(year.municipalities, dtype=object)
    return {
        "year": np.full(len(people), position + 1),
        "person": np.arange(len(people)),
        "age": (people.age_years + year.start_days / DAYS_PER_YEAR).astype(np.int64),
        "sex": np.where(people.female, "female", "male").astype(object),
        "municipality": municipalities[people.municipality],
        "need_group": people.need_group.astype(np.int64),
        "complex_needs": people.complex_needs,
        "home_help": people.home_help,
        "home_nursing": people.home_nursing,
        "special_housing": people.special_housing,
        "eligible": eligible(year).get("any", np.zeros(len(people), dtype=np.bool_)),
    }


def _use(year: Observation) -> dict[str, Any]:
    by_profession, visits = contacts_by_profession(year), visits_by_profession(year)
    stays = year.table("stays")
    admitted = stays["event"] == StayEvent.ADMITTED
    return {
        **{f"contacts_{label(member)}": by_profession[member].astype(np.int64) for member in Profession},
        **{f"home_visits_{label(member)}": visits[member].astype(np.int64) for member in ROSTER_PROFESSIONS},
        "contacts": by_profession.sum(axis=0).astype(np.int64),
        "distinct_physicians": distinct_physicians(year).astype(np.int64),
        "ed_visits": year.per_person(year.table("ed_arrivals")["person"]).astype(np.int64),
        "admissions": year.per_person(stays["person"][admitted]).astype(np.int64),
    }


def _days_and_cost(year: Observation) -> dict[str, Any]:
    at_home, in_hospital, in_special_housing = divided_days(year)
    delayed = hospital_stays(year).delayed().cut(year)
    relatives = year.table("relatives")
    kinds = costs(year)
    return {
        "bed_days": in_hospital,
        "delayed_days": year.per_person(delayed.person, delayed.days()),
        "days_at_home": at_home,
        "days_in_special_housing": in_special_housing,
        "days_alive": alive_days(year),
        "days_with_unmet_need": unmet_need_days(year),
        "relatives_hours": year.per_person(relatives["person"], relatives["hours"]),
        "cost_sek": np.sum([cost.person for cost in kinds.values()], axis=0),
        "region_cost_sek": np.sum([cost.region_person for cost in kinds.values()], axis=0),
        "died": year.per_person(year.table("deaths")["person"]) > 0,
    }
