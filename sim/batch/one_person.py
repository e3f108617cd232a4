"""Keep what single people's years can be told from, and read one person back as an observation of one.

Beside the log, which holds everybody's rows, a run leaves three tables: `journey/people` (who they are and what their
year came to, to choose from), `journey/stations`, and `journey/setting` (window, prices and names, as one text).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace

import numpy as np
import pandas as pd

from sim.batch.store import JOURNEY, Store
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.log import Columns
from sim.core.observation import Observation, People, Prices, Stations
from sim.core.tables import TABLES
from sim.outcomes.exposure import death_days
from sim.outcomes.twins import person_window

_LOG = f"{JOURNEY}/log"
PERSON_TABLES = tuple(name for name, columns in TABLES.items() if "person" in columns)
"""Tables of the log whose rows belong to people."""


def last_year(observation: Observation) -> Observation:
    """Return the observation with its window cut to the last year of it."""
    start = max(observation.start_days, observation.end_days - DAYS_PER_YEAR)
    return replace(observation, start_days=start)


def journey_tables(observation: Observation) -> dict[str, pd.DataFrame]:
    """Return the tables from which `read_person` can tell the last year of anybody in the place."""
    stations = {one.name: getattr(observation.stations, one.name) for one in fields(Stations)}
    setting = {
        "start_days": observation.start_days,
        "end_days": observation.end_days,
        "sample_share": observation.sample_share,
        "prices": asdict(observation.prices),
        "principals": observation.principals,
        "municipalities": observation.municipalities,
        "municipality_principal": observation.municipality_principal.tolist(),
        "region_principal": observation.region_principal,
        "means": observation.means,
    }
    return {
        **{f"{_LOG}_{name}": pd.DataFrame(observation.tables[name]) for name in PERSON_TABLES},
        f"{JOURNEY}/people": people_table(observation),
        f"{JOURNEY}/stations": pd.DataFrame(stations),
        f"{JOURNEY}/setting": pd.DataFrame({"setting": [json.dumps(setting)]}),
    }


def people_table(observation: Observation) -> pd.DataFrame:
    """Return one row per person, in order: traits, whether they live through the last year, and what it came to."""
    year = last_year(observation)
    traits = {one.name: getattr(observation.people, one.name) for one in fields(People)}
    window = person_window(year).drop(columns=["need_group", "complex_needs"])
    lives = death_days(year) >= year.end_days
    return pd.concat([pd.DataFrame({**traits, "lives_through": lives}), window], axis=1)


def read_people(store: Store, key: str) -> pd.DataFrame:
    """Read the table of people of a stored run."""
    return store.table(key, f"{JOURNEY}/people")


def read_person(store: Store, key: str, person: int) -> Observation:
    """Read one person of a stored run as an observation of one, who is number 0 in it, over the last year."""
    setting = json.loads(store.table(key, f"{JOURNEY}/setting")["setting"].iloc[0])
    people = read_people(store, key).iloc[[person]]
    stations = store.table(key, f"{JOURNEY}/stations")
    rows = {name: store.rows_of(key, f"{_LOG}_{name}", person) for name in PERSON_TABLES}
    whole = Observation(
        start_days=setting["start_days"],
        end_days=setting["end_days"],
        sample_share=setting["sample_share"],
        tables=_tables(rows),
        people=People(**{one.name: people[one.name].to_numpy() for one in fields(People)}),
        stations=Stations(
            name=tuple(stations["name"]),
            unit=tuple(stations["unit"]),
            **{one.name: stations[one.name].to_numpy() for one in fields(Stations) if one.name not in ("name", "unit")},
        ),
        prices=Prices(**setting["prices"]),
        principals=tuple(setting["principals"]),
        municipalities=tuple(setting["municipalities"]),
        municipality_principal=np.array(setting["municipality_principal"], np.int16),
        region_principal=setting["region_principal"],
        means=tuple(setting["means"]),
    )
    return last_year(whole)


def _tables(rows: Mapping[str, pd.DataFrame]) -> dict[str, Columns]:
    """Return all tables of a log of one person, who becomes number 0; what belongs to nobody is empty."""
    tables: dict[str, Columns] = {}
    for name, columns in TABLES.items():
        own = rows.get(name)
        tables[name] = {
            column: np.zeros(0 if own is None else len(own), kind.dtype)
            if own is None or column == "person"
            else own[column].to_numpy().astype(kind.dtype)
            for column, kind in columns.items()
        }
    return tables
