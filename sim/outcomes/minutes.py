"""Add up staff minutes by kind of work from contacts, roster visits and work outside contacts."""

from __future__ import annotations

import numpy as np

from sim.core.log import Columns
from sim.core.observation import Observation
from sim.core.vocabulary import WorkKind
from sim.outcomes.outcome import Values

COLUMN_KINDS = {
    "direct_minutes": WorkKind.DIRECT,
    "reading_in_minutes": WorkKind.READING_IN,
    "documentation_minutes": WorkKind.DOCUMENTATION,
    "travel_minutes": WorkKind.TRAVEL,
}


def row_minutes(columns: Columns) -> Values:
    """Return all minutes of each row of `contacts`, `visits` or `work`."""
    if "minutes" in columns:
        return columns["minutes"].astype(np.float64)
    total = np.zeros(len(columns["time_days"]))
    for name in COLUMN_KINDS:
        if name in columns:
            total += columns[name]
    return total


def minutes_by_station(observation: Observation) -> Values:
    """Return minutes in the window by station and kind of work, shape (stations, kinds)."""
    count = len(observation.stations.name)
    total = np.zeros((count, len(WorkKind)))
    for table in ("contacts", "visits"):
        columns = observation.table(table)
        station = columns["station"].astype(np.intp)
        for name, kind in COLUMN_KINDS.items():
            if name in columns:
                total[:, kind] += np.bincount(station, columns[name], minlength=count)
    work = observation.table("work")
    key = work["station"].astype(np.intp) * len(WorkKind) + work["kind"]
    total += np.bincount(key, work["minutes"], minlength=total.size).reshape(total.shape)
    return total


def minutes_by_person(observation: Observation) -> tuple[Values, Values]:
    """Return minutes in the window by person and kind, and those about nobody in particular by kind.

    Shapes (people, kinds) and (kinds,).
    """
    people = len(observation.people)
    total = np.zeros((people + 1, len(WorkKind)))
    for table in ("contacts", "visits"):
        columns = observation.table(table)
        person = columns["person"].astype(np.intp)
        for name, kind in COLUMN_KINDS.items():
            if name in columns:
                total[:people, kind] += np.bincount(person, columns[name], minlength=people)
    work = observation.table("work")
    # Person -1 (nobody in particular) becomes row 0 of the sum, moved to the end.
    key = (work["person"].astype(np.intp) + 1) * len(WorkKind) + work["kind"]
    extra = np.bincount(key, work["minutes"], minlength=total.size).reshape(total.shape)
    total[:people] += extra[1:]
    return total[:people], extra[0]
