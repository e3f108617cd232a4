"""Say how many people each group has, to weigh groups against each other."""

from __future__ import annotations

import pandas as pd

from sim.core.observation import Observation
from sim.outcomes.exposure import person_years
from sim.outcomes.grouping import groups_of_people

COLUMNS = ("group_by", "group", "person_years")


def group_sizes(observation: Observation) -> pd.DataFrame:
    """Return the years lived in the window per group of people, with columns `COLUMNS`."""
    groups = groups_of_people(observation)
    labels = pd.DataFrame(list(groups.names), columns=["group_by", "group"])
    return labels.assign(person_years=groups.sums(person_years(observation)))[list(COLUMNS)]
