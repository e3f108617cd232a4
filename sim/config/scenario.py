"""Describe a resolved scenario: everything one run needs, frozen and checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sim.config.disturbance import Disturbance
from sim.config.pathway import Pathway
from sim.config.place import Place, Text
from sim.config.stands_for import StandsFor
from sim.core.parameter import Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class MeansChoice:
    """One coordination means as a scenario sets it."""

    id: str
    start_days: float
    """First day of enrolment, counted from the end of the warm-up."""
    fidelity: float
    """Share of the intended way of working that is carried out when fully introduced, 0-1."""
    ramp_days: float
    """Days from start until half of the final fidelity is reached (S-curve); 0 = at once."""
    coverage: float
    """Share of eligible people who are offered it, 0-1."""
    settings: Mapping[str, Parameter]
    only_in: tuple[str, ...] = ()
    """Municipalities whose people it can be offered to; empty = everywhere. Set by studies that compare places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """A scenario with its inheritance resolved; two equal scenarios give the same run."""

    id: str
    title: Text
    summary: Text
    source: str
    place: Place
    parameters: Mapping[str, Parameter]
    """The whole register, by name, with this scenario's overrides."""
    pathways: tuple[Pathway, ...]
    """One per need kind, in the order of `NeedKind`."""
    means: tuple[MeansChoice, ...]
    """In alphabetical order of id: the order in a file never matters."""
    years: float
    warmup_years: float
    sample_share: float
    stands_for: StandsFor | None = None
    """What of the reports it stands for: description, it changes no run."""
    disturbances: tuple[Disturbance, ...] = ()
    """What strikes ordinary days; none in nearly all scenarios."""
