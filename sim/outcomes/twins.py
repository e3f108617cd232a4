"""Describe each person's window in a few columns, to be set beside the same person in another scenario."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.core.observation import Observation
from sim.core.vocabulary import EnrolmentEvent
from sim.outcomes.days_at_home import divided_days
from sim.outcomes.exposure import alive_at_start
from sim.outcomes.grouping import eligible
from sim.outcomes.money import costs
from sim.outcomes.unmet_need import unmet_need_days

UNITS = {
    "ed_visits": "visits",
    "bed_days": "days",
    "contacts": "contacts",
    "unmet_days": "days",
    "cost_sek": "SEK",
}
"""What is followed per person over the whole window, and its unit."""
BETTER = {name: "neither" if name == "contacts" else "lower" for name in UNITS}


def person_window(observation: Observation) -> pd.DataFrame:
    """Return one row per person of the place, in order: traits, and use, need and cost over the window.

    `counted` is false for those dead before the window. `enrolled` is who was taken into any means before the
    window's end, `eligible` who was listed for one. Costs that belong to nobody in particular are left out.
    """
    people = observation.people
    enrolments = observation.tables["enrolments"]
    taken = (enrolments["event"] == EnrolmentEvent.ENROLLED) & (enrolments["time_days"] < observation.end_days)
    enrolled = np.zeros(len(people), dtype=np.bool_)
    enrolled[enrolments["person"][taken]] = True
    _, in_hospital, _ = divided_days(observation)
    values = {
        "ed_visits": observation.per_person(observation.table("ed_arrivals")["person"]),
        "bed_days": in_hospital,
        "contacts": observation.per_person(observation.table("contacts")["person"]),
        "unmet_days": unmet_need_days(observation),
        "cost_sek": np.sum([cost.person for cost in costs(observation).values()], axis=0),
    }
    return pd.DataFrame(
        {
            "counted": alive_at_start(observation),
            "need_group": people.need_group.astype(np.int8),
            "complex_needs": people.complex_needs,
            "eligible": eligible(observation).get("any", np.zeros(len(people), dtype=np.bool_)),
            "enrolled": enrolled,
            # Half the room, and exact far beyond a day or a krona.
            **{name: column.astype(np.float32) for name, column in values.items()},
        }
    )
