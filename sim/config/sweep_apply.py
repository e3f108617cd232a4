"""Lay the points of a sweep over a scenario: parameters, what means are set to, numbers of the place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sim.config.ensemble import known_parameters, with_setting
from sim.config.errors import InputError
from sim.config.lookup import means_files
from sim.config.parts import check_part, with_number
from sim.config.place_settings import GROUP, place_settings, with_place_settings
from sim.config.scenario import MeansChoice, Scenario
from sim.config.scenario_file import MEANS_NUMBERS
from sim.config.sweep import Move, Sweep, value_at
from sim.core.parameter import Parameter

_MOST_DAYS = 36500.0


def known_names(scenario: Scenario) -> dict[str, Parameter]:
    """Return all that can be swept, by name: register, settings and choice of means, numbers of the place."""
    choice = {
        f"means.{means_id}.{key}": _of_choice(means_id, key) for means_id in means_files() for key in MEANS_NUMBERS
    }
    return {**known_parameters([scenario]), **choice, **place_settings(scenario.place)}


def _of_choice(means_id: str, key: str) -> Parameter:
    is_share = key in ("fidelity", "coverage")
    return Parameter(
        name=f"means.{means_id}.{key}",
        value=1.0 if is_share else 0.0,
        low=0.0,
        high=1.0 if is_share else _MOST_DAYS,
        unit="share" if is_share else "days",
        source="declared: a choice of the planner",
        meaning=key.replace("_", " "),
    )


def check_name(move: Move, known: Mapping[str, Parameter]) -> None:
    """Raise InputError for a name that is unknown, has no such part, or has several numbers and no part."""
    labels = check_part(move.name, move.part, known, move.where)
    if move.part is None and labels and not move.times:
        example = f"{move.name}[{labels[0]}]"
        raise InputError(f"{move.where}: has several numbers; name one, e.g. {example}, or multiply all: {move.name}*=")


def check_moves(sweep: Sweep, scenarios: Sequence[Scenario]) -> None:
    """Raise InputError for a name that is wrong, or one of a means that none of the scenarios has on."""
    known = known_names(scenarios[0])
    on = {choice.id for scenario in scenarios for choice in scenario.means}
    for move in (*sweep.moves, *_kept(sweep)):
        check_name(move, known)
        if move.name.startswith("means.") and move.name.split(".")[1] not in on:
            named = " and ".join(scenario.id for scenario in scenarios)
            raise InputError(
                f"{move.where}: {move.name.split('.')[1]} is not on in {named}, so that nothing would change; "
                "choose another --scenario"
            )


def _kept(sweep: Sweep) -> list[Move]:
    return [Move(name=name, part=None, along=(), where=f"{sweep.id}: keep {name}") for name in sweep.keep]


def at_point(scenario: Scenario, sweep: Sweep, point: tuple[float, ...]) -> Scenario:
    """Return the scenario as it is at one point. Raises InputError for a value out of range.

    Settings of means that the scenario does not have change nothing.
    """
    moved = scenario
    for move in _kept(sweep):
        moved = _moved(moved, move, sweep.keep[move.name])
    for move in sweep.moves:
        moved = _moved(moved, move, value_at(move, sweep.axes, point))
    return moved


def _moved(scenario: Scenario, move: Move, value: float) -> Scenario:
    name, parameters = move.name, scenario.parameters
    if name in parameters:
        return replace(scenario, parameters={**parameters, name: _changed(parameters[name], move, value)})
    if name.startswith(f"{GROUP}."):
        changed = _changed(place_settings(scenario.place)[name], move, value)
        settings = {name.removeprefix(f"{GROUP}."): changed.value}
        return replace(scenario, place=with_place_settings(scenario.place, settings))
    _, means_id, setting = name.split(".", 2)
    chosen = (_with(one, setting, move, value) if one.id == means_id else one for one in scenario.means)
    return replace(scenario, means=tuple(chosen))


def _with(choice: MeansChoice, setting: str, move: Move, value: float) -> MeansChoice:
    """Return a means with a setting changed, or one of the numbers by which it is introduced."""
    if setting not in MEANS_NUMBERS:
        return with_setting(choice, setting, _changed(choice.settings[setting], move, value))
    number: dict[str, Any] = {setting: _number(_changed(_now(move.name, getattr(choice, setting)), move, value))}
    return replace(choice, **number)


def _now(name: str, value: float) -> Parameter:
    _, means_id, key = name.split(".")
    return replace(_of_choice(means_id, key), value=value)


def _number(parameter: Parameter) -> float:
    if not isinstance(parameter.value, (int, float)):
        raise TypeError(f"{parameter.name}: expected one number")
    return float(parameter.value)


def _changed(parameter: Parameter, move: Move, value: float) -> Parameter:
    return with_number(parameter, move.part, value, move.where, times=move.times, beyond_range=move.beyond_range)
