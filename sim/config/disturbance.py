"""Describe a disturbance of ordinary days: what is struck, from when, for how long, how hard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sim.config.place import Text
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.parameter import Parameter

REGION, MUNICIPALITIES = "region", "municipalities"
"""Words for principals that every place has."""

_MORE_ILL = ("extra_turns_share", "extra_turns_frailty", "extra_needs_share", "extra_needs_frailty")
_AT_WORK = ("staff_away_share", "home_visit_minutes_factor")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "it_outage": (
        *("own_record_unreadable_share", "joint_systems_down_share", "information_lost_share"),
        *("lead_factor", "loss_factor", "chase_factor", "search_minutes_factor"),
    ),
    "staff_shortage": ("staff_away_share",),
    "epidemic_winter": (*_MORE_ILL, *_AT_WORK),
    "ward_closed": ("beds_closed_share",),
    "heat_wave": (*_MORE_ILL, *_AT_WORK),
}
"""Strengths of each kind; what a strength acts on is said where it stands in scenarios/disturbances."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """One disturbance as a scenario has it; strengths are shares, factors or rates, never effects on outcomes."""

    id: str
    kind: str
    title: Text
    summary: Text
    source: str
    from_day: float
    """First day, counted from the end of the warm-up."""
    days: float
    every_year: bool
    """Whether it comes back at the same time of every later year of the run."""
    strengths: Mapping[str, Parameter]
    professions: tuple[str, ...] = ()
    """Whose staff are away; empty = all."""
    principals: tuple[str, ...] = ()
    """Of which principals, by id or as `region` or `municipalities`; empty = all."""

    def strength(self, name: str) -> float:
        """Return a strength as a number. Raises KeyError for one that the kind does not have."""
        value = self.strengths[name].value
        if not isinstance(value, (int, float)):
            raise TypeError(f"{name}: expected one number, found {value!r}")
        return float(value)

    def spans(self, years: float) -> list[tuple[float, float]]:
        """Return first and end day of every time it comes in so many years, days as `from_day`, cut to the run."""
        end = years * DAYS_PER_YEAR
        starts = [self.from_day]
        while self.every_year and starts[-1] + DAYS_PER_YEAR < end:
            starts.append(starts[-1] + DAYS_PER_YEAR)
        return [(start, min(start + self.days, end)) for start in starts if start < end]
