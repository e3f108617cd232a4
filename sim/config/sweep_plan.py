"""Lay out which scenarios a sweep needs, each once: what does not change along an axis is not run again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sim.config.place import Text
from sim.config.receipt import content_hash
from sim.config.scenario import Scenario
from sim.config.sweep import Sweep, points
from sim.config.sweep_apply import at_point, check_moves

Change = Callable[[Scenario], Scenario]


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
    origins: Mapping[str, tuple[Scenario, tuple[float, ...]]]
    """What each scenario to run was made from, and the values of a point where it is run, by its id."""

    def lay(self, scenario: Scenario, change: Change) -> Scenario:
        """Return one of the scenarios as it is when its origin is changed first and moved then.

        Raises InputError for a move that leads beyond what can be at all.
        """
        origin, values = self.origins[scenario.id]
        return replace(at_point(change(origin), _from_there(self.sweep), values), id=scenario.id, title=scenario.title)


def plan_sweep(sweep: Sweep, scenario: Scenario, against: Scenario | None, change: Change | None = None) -> SweepPlan:
    """Return all points of the sweep. Raises InputError for names and values that do not fit.

    With a `change` that will be made before the moves, two points are one only if they are the same after it too.
    """
    check_moves(sweep, [scenario, *([against] if against else [])])
    first, second = (_Versions(one, change) if one else None for one in (against, scenario))
    assert second is not None, "there is always a scenario that is swept"
    laid = []
    for number, values in enumerate(points(sweep.axes)):
        beside = first.at(sweep, values) if first else None
        laid.append(Point(number=number, values=values, scenario=second.at(sweep, values), against=beside))
    both = [first, second] if first else [second]
    return SweepPlan(
        sweep=sweep,
        points=tuple(laid),
        scenarios=tuple(made for one in both for made in one.made.values()),
        origins={made: (one.original, values) for one in both for made, values in one.values.items()},
    )


class _Versions:
    """The different versions of one scenario that a sweep comes to, by what they hold."""

    def __init__(self, original: Scenario, change: Change | None) -> None:
        self.original = original
        self.values: dict[str, tuple[float, ...]] = {}
        """Values of the first point where each version is run, by its id."""
        self.made: dict[tuple[str, ...], Scenario] = {}
        self._changed = change(original) if change else None
        self._unmoved = self._content(original, self._changed)

    def at(self, sweep: Sweep, values: tuple[float, ...]) -> str:
        """Return the id of the scenario as it is at a point; unchanged it keeps its own."""
        moved = at_point(self.original, sweep, values)
        content = self._content(moved, self._changed and at_point(self._changed, _from_there(sweep), values))
        if content not in self.made:
            same = content == self._unmoved
            made = self.original if same else _named(moved, sweep, values, len(self.made) + 1)
            self.made[content], self.values[made.id] = made, values
        return self.made[content].id

    @staticmethod
    def _content(scenario: Scenario, changed: Scenario | None) -> tuple[str, ...]:
        return (content_hash(scenario), *([content_hash(changed)] if changed else []))


def _from_there(sweep: Sweep) -> Sweep:
    """Return the sweep as it moves a changed scenario: a factor may lead beyond the range of today's value.

    How far it goes was judged from the start value.
    """
    moves = (replace(one, beyond_range=one.beyond_range or one.times) for one in sweep.moves)
    return replace(sweep, moves=tuple(moves))


def _named(scenario: Scenario, sweep: Sweep, values: tuple[float, ...], number: int) -> Scenario:
    """Return the scenario under a name of its own."""
    where = ", ".join(f"{axis.id} {value:g}" for axis, value in zip(sweep.axes, values, strict=True))
    title = Text(en=f"{scenario.title.en} ({where})", sv=f"{scenario.title.sv} ({where})")
    return replace(scenario, id=f"{scenario.id}_{number:03d}", title=title)
