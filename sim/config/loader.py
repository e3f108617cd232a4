"""Load a scenario: its file, what it extends, its place, its means and all parameters, checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

from sim.config.disturbance import Disturbance
from sim.config.disturbance_file import read_disturbances, wrong_principal
from sim.config.errors import InputError
from sim.config.folders import shown
from sim.config.inheritance import Lineage, inherit
from sim.config.lookup import find_place, find_scenario, means_files
from sim.config.parameter_file import (
    load_register,
    read_parameter,
    read_value,
    replaced,
    same_shape,
    within_range,
)
from sim.config.pathway_file import load_pathways
from sim.config.place import Place
from sim.config.place_file import load_place, read_place
from sim.config.place_settings import GROUP, place_settings, with_place_settings
from sim.config.reading import unknown
from sim.config.scenario import MeansChoice, Scenario
from sim.config.scenario_file import MEANS_NUMBERS, Entry, read_scenario_file, years_error
from sim.config.yaml_file import KeyPath
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.parameter import Parameter, Value


def load_scenario(
    name_or_path: str | Path,
    *,
    place: str | None = None,
    years: float | None = None,
    warmup_years: float | None = None,
    sample_share: float = 1.0,
) -> Scenario:
    """Return a scenario with its inheritance resolved.

    `place` (name or path), `years` and `warmup_years` override the file; `sample_share` in (0, 1] scales
    people and capacity together. Raises InputError for the first defect found anywhere.
    """
    return resolve(
        inherit(find_scenario(str(name_or_path))),
        place=place,
        years=years,
        warmup_years=warmup_years,
        sample_share=sample_share,
    )


def resolve(
    lineage: Lineage,
    *,
    place: str | None = None,
    years: float | None = None,
    warmup_years: float | None = None,
    sample_share: float = 1.0,
) -> Scenario:
    """Return the scenario of a merged file; arguments as in `load_scenario`."""
    if not (math.isfinite(sample_share) and 0.0 < sample_share <= 1.0):
        raise InputError(f"--sample: must be above 0 and at most 1 (everybody), found {sample_share:g}")
    file, where, measured = lineage.file, _place(lineage, place), _years(lineage, "years", years)
    return Scenario(
        id=file.document.path.stem,
        title=file.title,
        summary=file.summary,
        source=file.source,
        place=where,
        parameters=_parameters(lineage),
        pathways=load_pathways(),
        means=_means(lineage),
        years=measured,
        warmup_years=_years(lineage, "warmup_years", warmup_years),
        sample_share=sample_share,
        stands_for=file.stands_for,
        disturbances=_disturbances(lineage, where, measured),
    )


def load_means_settings(means_id: str) -> dict[str, Parameter]:
    """Return all settings of a means, as its home scenarios/means/<id>.yaml writes them out."""
    file = read_scenario_file(means_files()[means_id])
    return {
        str(where[-1]): read_parameter(entry.document, entry.where, f"means.{means_id}.{where[-1]}")
        for where, entry in file.entries.items()
        if where[:3] == ("means", means_id, "settings")
    }


def _place(lineage: Lineage, override: str | None) -> Place:
    """Return the place, by name or as the scenario says, with the scenario's own settings of it."""
    place = load_place(override) if override is not None else _own_place(lineage)
    known, values = place_settings(place), dict[str, Value]()
    for where, entry in lineage.entries.items():
        if where[0] == "place_settings":
            name = f"{GROUP}.{where[1]}"
            if name not in known:
                raise unknown(entry.document, entry.where, [one.split(".")[1] for one in known], "place setting")
            values[str(where[1])] = _overridden(entry, known[name]).value
    return with_place_settings(place, values)


def _own_place(lineage: Lineage) -> Place:
    entry = _required(lineage, "place")
    try:
        path = find_place(entry.value, beside=entry.document.path.parent)
    except InputError as problem:
        raise entry.document.error(entry.where, str(problem)) from None
    if not path.exists():
        raise entry.document.error(entry.where, f"there is no file {shown(path)}; name a place or a file")
    return read_place(path)


def _disturbances(lineage: Lineage, place: Place, years: float) -> tuple[Disturbance, ...]:
    entry = lineage.entries.get(("disturbances",))
    if entry is None:
        return ()
    found = read_disturbances(entry.document, entry.where)
    for number, disturbance in enumerate(found):
        if wrong := wrong_principal(disturbance, place):
            raise entry.document.error((*entry.where, number), wrong)
        if not disturbance.spans(years):
            last = years * DAYS_PER_YEAR
            wrong = f"begins on day {disturbance.from_day:g}, after the last day measured, {last:g}; give --years"
            raise entry.document.error((*entry.where, number), wrong)
    return found


def _years(lineage: Lineage, key: str, override: float | None) -> float:
    if override is None:
        return float(_required(lineage, key).value)
    wrong = years_error(key, override)
    if wrong:
        raise InputError(f"--{key.replace('_', '-')}: {wrong}")
    return float(override)


def _required(lineage: Lineage, key: str) -> Entry:
    if (key,) not in lineage.entries:
        raise lineage.file.document.error((key,), "is missing; set it here, or write `extends: baseline`")
    return lineage.entries[(key,)]


def _parameters(lineage: Lineage) -> Mapping[str, Parameter]:
    register = load_register()
    for where, entry in lineage.entries.items():
        if where[0] == "parameters":
            name = str(where[1])
            if name not in register:
                raise unknown(entry.document, entry.where, register, "parameter")
            register[name] = _overridden(entry, register[name])
    return dict(sorted(register.items()))


def _overridden(entry: Entry, parameter: Parameter) -> Parameter:
    """Return a parameter with an entry's value in place of its own, inside the same range."""
    value = read_value(entry.document, entry.where)
    if isinstance(value, Mapping) and isinstance(parameter.value, Mapping):
        for label in value:
            if label not in parameter.value:
                raise unknown(entry.document, (*entry.where, label), parameter.value, "label")
        value = {**parameter.value, **value}
    same_shape(entry.document, entry.where, value, parameter.value)
    changed = replaced(parameter, value)
    within_range(entry.document, entry.where, changed)
    return changed


def _means(lineage: Lineage) -> tuple[MeansChoice, ...]:
    chosen = sorted(
        str(where[1])
        for where, entry in lineage.entries.items()
        if where[0] == "means" and where[2] == "on" and entry.value
    )
    return tuple(_choice(lineage, means_id) for means_id in chosen)


def _choice(lineage: Lineage, means_id: str) -> MeansChoice:
    """Return one means: its home's numbers and settings, overlaid with what the scenario says."""
    path = means_files()[means_id]
    home = lineage.file if path.resolve() == lineage.path else read_scenario_file(path)
    numbers: dict[str, float] = {}
    for key in MEANS_NUMBERS:
        where: KeyPath = ("means", means_id, key)
        entry = lineage.entries.get(where) or home.entries.get(where)
        if entry is None:
            raise home.document.error(where, "is missing; the home of a means sets it")
        numbers[key] = entry.value
    settings = load_means_settings(means_id)
    for where, entry in lineage.entries.items():
        if where[:3] != ("means", means_id, "settings") or entry.document.path.resolve() == path.resolve():
            continue
        name = str(where[3])
        if name not in settings:
            raise unknown(entry.document, entry.where, settings, f"setting of {means_id}")
        if isinstance(entry.value, Mapping) and not isinstance(settings[name].value, Mapping):
            settings[name] = read_parameter(entry.document, entry.where, settings[name].name)
        else:
            settings[name] = _overridden(entry, settings[name])
    ordered = dict(sorted(settings.items()))
    return MeansChoice(
        id=means_id,
        start_days=numbers["start_days"],
        fidelity=numbers["fidelity"],
        ramp_days=numbers["ramp_days"],
        coverage=numbers["coverage"],
        settings=ordered,
    )
