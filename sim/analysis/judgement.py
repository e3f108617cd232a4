"""Hold the declared thresholds by which differences are judged: what is clear, what is next to nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.config.parameter_file import load_parameter_file
from sim.core.parameter import read_group

WHOLE_LIFE_OUTCOMES = ("qalys", "days_at_home")
"""Outcomes that sum up whole lives: everybody has a high level, so small shares are much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The entries of `judgement.yaml`, which also says what each means and where it comes from."""

    smallest_change_share: float
    smallest_life_share: float
    clear_level: float
    settled_share: float
    drift_share_per_year: float
    person_change_ed_visits: float
    person_change_bed_days: float
    person_change_contacts: float
    person_change_unmet_days: float
    person_change_cost_sek: float
    fewest_sets: float

    def smallest_share(self, outcome: str) -> float:
        """Return the smallest difference worth mentioning, as a share of the outcome's baseline level."""
        return self.smallest_life_share if outcome in WHOLE_LIFE_OUTCOMES else self.smallest_change_share


@cache
def judgement() -> Judgement:
    """Read the thresholds from the data file beside this module."""
    register = load_parameter_file(Path(__file__).with_name("judgement.yaml"))
    return read_group(Judgement, "judgement", register)
