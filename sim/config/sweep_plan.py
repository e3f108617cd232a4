"""Lay out which scenarios a sweep needs, each once: what does not change along an axis is not run again."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sim.config.place import Text
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.config.sweep import Sweep, points
from sim.config.sweep_apply import at_point, check_moves


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One point of a sweep: its values, and the scenarios that are run there."""

    number: int
    """From 0, the last axis fastest."""
    values: tuple[float, ...]
    scenario: str
    against: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepPlan:
    """A sweep with all its points and the scenarios to run."""

    sweep: Sweep
    points: tuple[Point, ...]
    scenarios: tuple[Scenario, ...]
    """Every different one once; what is compared with comes first."""


def plan_sweep(sweep: Sweep, scenario: Scenario, against: Scenario | None) -> SweepPlan:
    """Return all points of the sweep. Raises InputError for names and values that do not fit."""
    check_moves(sweep, [scenario, *([against] if against else [])])
    first, second = (_Versions(one, content_hash(one)) if one else None for one in (against, scenario))
    assert second is not None, "there is always a scenario that is swept"
    laid = []
    for number, values in enumerate(points(sweep.axes)):
        beside = first.at(sweep, values) if first else None
        laid.append(Point(number=number, values=values, scenario=second.at(sweep, values), against=beside))
    made = [*(first.made.values() if first else ()), *second.made.values()]
    return SweepPlan(sweep=sweep, points=tuple(laid), scenarios=tuple(made))


@dataclass(slots=True)
class _Versions:
    """The different versions of one scenario that a sweep comes to, by what they hold."""

    original: Scenario
    content: str
    made: dict[str, Scenario] = field(default_factory=dict)

    def at(self, sweep: Sweep, values: tuple[float, ...]) -> str:
        """Return the id of the scenario as it is at a point; unchanged it keeps its own."""
        moved = at_point(self.original, sweep, values)
        content = content_hash(moved)
        if content not in self.made:
            same = content == self.content
            self.made[content] = self.original if same else _named(moved, sweep, values, len(self.made) + 1)
        return self.made[content].id


def _named(scenario: Scenario, sweep: Sweep, values: tuple[float, ...], number: int) -> Scenario:
    """Return the scenario under a name of its own."""
    where = ", ".join(f"{axis.id} {value:g}" for axis, value in zip(sweep.axes, values, strict=True))
    title = Text(en=f"{scenario.title.en} ({where})", sv=f"{scenario.title.sv} ({where})")
    return replace(scenario, id=f"{scenario.id}_{number:03d}", title=title)
