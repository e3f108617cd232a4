"""Combine scenarios in memory: the baseline with the means of several of them switched on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.place import Text
from sim.config.scenario import MeansChoice, Scenario

JOINED = "+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """What is switched on or off as one: the means of one scenario."""

    id: str
    title: Text
    means: tuple[MeansChoice, ...]


def read_factors(names: Sequence[str], baseline: Scenario) -> tuple[Factor, ...]:
    """Return a factor for each name of a means or scenario, loaded for the baseline's place and time.

    Raises InputError for one that is unknown, has no means, changes more than means, or shares a means with another.
    """
    factors: list[Factor] = []
    taken: dict[str, str] = {}
    for name in names:
        scenario = load_scenario(
            name, years=baseline.years, warmup_years=baseline.warmup_years, sample_share=baseline.sample_share
        )
        # Only means are combined, in the baseline's place: a scenario that needs another world is not a switch.
        if scenario.parameters != baseline.parameters:
            raise InputError(f"{name}: changes parameters beside its means; only means can be switched on and off")
        if not scenario.means:
            raise InputError(f"{name}: has no means to switch on; name a means (see `mellanrum means`)")
        for choice in scenario.means:
            if choice.id in taken:
                raise InputError(
                    f"{name}: has {choice.id}, as {taken[choice.id]} has; each means may be in one of them only"
                )
            taken[choice.id] = name
        factors.append(Factor(id=scenario.id, title=scenario.title, means=scenario.means))
    ids = [factor.id for factor in factors]
    for one in ids:
        if ids.count(one) > 1:
            raise InputError(f"{one}: named {ids.count(one)} times; name each once")
    return tuple(factors)


def switch_on(baseline: Scenario, factors: Sequence[Factor], name: str | None = None) -> Scenario:
    """Return the baseline with factors switched on, as `a+b` or `name`; the baseline itself for none."""
    if not factors:
        return baseline
    title = {lang: f" {JOINED} ".join(getattr(factor.title, lang) for factor in factors) for lang in ("en", "sv")}
    return replace(
        baseline,
        id=name or JOINED.join(factor.id for factor in factors),
        title=Text(**title),
        summary=Text(**title),
        source=f"combined from {', '.join(factor.id for factor in factors)}",
        means=tuple(sorted((choice for factor in factors for choice in factor.means), key=lambda one: one.id)),
        stands_for=None,
    )
