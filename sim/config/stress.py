"""Lay out the worlds of a stress test: every scenario calm, and struck by each disturbance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from sim.config.disturbance import Disturbance
from sim.config.errors import InputError
from sim.config.place import Text
from sim.config.scenario import Scenario
from sim.core.calendar import DAYS_PER_YEAR

CALM = ""
"""Stands where a disturbance would, for a world without one."""
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class StressPlan:
    """The worlds of a stress test."""

    against: Scenario
    """Care without the means whose gain is asked for."""
    choices: tuple[Scenario, ...]
    disturbances: tuple[Disturbance, ...]
    scenarios: tuple[Scenario, ...]
    """All worlds to run: the calm ones first, as every other command would run them."""

    def weeks(self, disturbance: Disturbance) -> tuple[float, float]:
        """Return the whole weeks in which a disturbance first strikes, in days from the end of the warm-up."""
        return weeks_of(disturbance, self.against)

    @property
    def spans(self) -> tuple[tuple[float, float], ...]:
        """Return the different weeks of all disturbances."""
        return tuple(dict.fromkeys(self.weeks(one) for one in self.disturbances))


def plan_stress(against: Scenario, choices: Sequence[Scenario], disturbances: Sequence[Disturbance]) -> StressPlan:
    """Return the plan. Raises InputError for scenarios that are struck already and disturbances out of reach."""
    everyone = (against, *choices)
    for scenario in everyone:
        if scenario.disturbances:
            raise InputError(f"scenario {scenario.id} has disturbances of its own; take them out, or use `compare`")
    for disturbance in disturbances:
        if disturbance.from_day + disturbance.days > against.years * DAYS_PER_YEAR:
            raise InputError(
                f"disturbance {disturbance.id} ends on day {disturbance.from_day + disturbance.days:g}, after the last "
                f"day measured, {against.years * DAYS_PER_YEAR:g}; give --years, or another day in a file of your own"
            )
    struck = [_struck(scenario, one) for scenario in everyone for one in disturbances]
    return StressPlan(
        against=against, choices=tuple(choices), disturbances=tuple(disturbances), scenarios=(*everyone, *struck)
    )


def world_id(scenario: str, disturbance: str) -> str:
    """Return the id of a scenario's world under a disturbance, or calm."""
    return scenario if disturbance == CALM else f"{scenario}__{disturbance}"


def weeks_of(disturbance: Disturbance, scenario: Scenario) -> tuple[float, float]:
    """Return the whole weeks of the run that a disturbance first strikes, in days from the end of the warm-up.

    Weeks begin on Mondays, as those of the weekly series do; the measured time may cut the first and the last.
    """
    warmup, years = round(scenario.warmup_years * DAYS_PER_YEAR), round(scenario.years * DAYS_PER_YEAR)
    start, end = disturbance.spans(scenario.years)[0]
    monday = floor((warmup + floor(start)) / _WEEK_DAYS) * _WEEK_DAYS - warmup
    sunday = ceil((warmup + ceil(end)) / _WEEK_DAYS) * _WEEK_DAYS - warmup
    return float(max(monday, 0)), float(min(sunday, years))


def _struck(scenario: Scenario, disturbance: Disturbance) -> Scenario:
    title = Text(
        en=f"{scenario.title.en} ({disturbance.title.en})", sv=f"{scenario.title.sv} ({disturbance.title.sv})"
    )  # fmt: skip
    return replace(
        scenario, id=world_id(scenario.id, disturbance.id), title=title, disturbances=(disturbance,)
    )  # fmt: skip
