"""Describe what an allocation may choose from: means on or off, settings, capacities; and what it is judged by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.config.place import Text
from sim.config.sweep import Move

Mix = tuple[int, ...]
"""One level of every choice, counted from 0 in the order of the choices."""

OFF, ON = 0, 1
"""Levels of a switch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to decide: a switch that turns means on together, or a number and its levels."""

    id: str
    title: Text
    unit: Text | None = None
    means: tuple[str, ...] = ()
    """What a switch turns on; empty for a number."""
    move: Move | None = None
    """What a number sets; None for a switch."""
    values: tuple[float, ...] = ()
    """Levels of a number, rising."""
    needs: str | None = None
    """Id of the switch without which this number means nothing."""
    price_sek: float | None = None
    """Of a capacity: SEK per full-time equivalent or place added, and year; None = at the place's own prices."""

    @property
    def levels(self) -> int:
        """How many levels there are to choose from."""
        return len(self.values) if self.move else 2

    @property
    def is_capacity(self) -> bool:
        """Whether it adds staff or places, which cost whether they are used or not."""
        return self.move is not None and self.move.name.startswith("place.")

    @property
    def move_name(self) -> str:
        """Name of the number, without its part; empty for a switch."""
        return self.move.name if self.move else ""

    @property
    def part(self) -> str:
        """Which of several numbers under one name, e.g. a profession; empty where there is one."""
        return (self.move.part or "") if self.move else ""

    @property
    def today(self) -> int:
        """Level of today's care: off, nothing added; of a setting that is off with its means, the first."""
        return self.values.index(1.0) if self.is_capacity else OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class AimChoice:
    """What stands for one of the aims, and how much the aim weighs."""

    aim: str
    weight: float
    outcomes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """The decisions that are open, the scenario that holds all means, and the aims."""

    id: str
    title: Text
    summary: Text
    source: str
    assumptions: Text
    scenario: str
    """Holds every means that can be on, with its settings; a means that no choice names is always on."""
    choices: tuple[Choice, ...]
    aims: tuple[AimChoice, ...]

    @property
    def levels(self) -> tuple[int, ...]:
        """How many levels each choice has."""
        return tuple(choice.levels for choice in self.choices)

    @property
    def today(self) -> Mix:
        """The mix in which everything that can be off is off, and nothing is added."""
        return tuple(choice.today for choice in self.choices)

    def meaningful(self, mix: Sequence[int]) -> Mix:
        """Return the mix with settings of means that are off at their first level: what differs is different then."""
        on = self._on(mix)
        return tuple(
            OFF if choice.needs is not None and choice.needs not in on else int(level)
            for choice, level in zip(self.choices, mix, strict=True)
        )

    def _on(self, mix: Sequence[int]) -> set[str]:
        return {choice.id for choice, level in zip(self.choices, mix, strict=True) if choice.means and level == ON}

    def starts(self) -> list[Mix]:
        """Return mixes to begin with: today's, each switch alone, and all on; settings at their middle level."""
        middle = tuple(
            choice.today if choice.means or choice.is_capacity else choice.levels // 2 for choice in self.choices
        )
        switches = [place for place, choice in enumerate(self.choices) if choice.means]
        alone = [_switched(middle, [place]) for place in switches]
        found = (self.meaningful(mix) for mix in [middle, *alone, _switched(middle, switches)])
        return list(dict.fromkeys(found))

    def chosen(self, mix: Mix) -> Mapping[str, float | None]:
        """Return what is chosen by id: 1 or 0 of a switch, the value of a number, None where its means are off."""
        found: dict[str, float | None] = {}
        for choice, level in zip(self.choices, mix, strict=True):
            idle = choice.needs is not None and choice.needs not in self._on(mix)
            found[choice.id] = None if idle else (choice.values[level] if choice.move else float(level))
        return found


def _switched(mix: Mix, on: Sequence[int]) -> Mix:
    return tuple(ON if place in on else level for place, level in enumerate(mix))
