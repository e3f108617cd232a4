"""Write a resolved scenario out in full, and fingerprint what influences a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sim.config.disturbance import Disturbance
from sim.config.pathway import Pathway
from sim.config.place import Place
from sim.config.scenario import MeansChoice, Scenario
from sim.config.yaml_text import yaml_text
from sim.core.parameter import Parameter

_WORDS_ONLY = {"title", "source", "total_source", "age_source"}
"""Keys of places and pathways that explain a number and influence nothing."""


def resolved_yaml(scenario: Scenario) -> str:
    """Return the whole scenario as YAML text, the same bytes for equal scenarios."""
    return yaml_text(_whole(scenario), one_line_leaves=True)


def content_hash(scenario: Scenario) -> str:
    """Return the SHA-256 of everything that influences a run, as 64 hexadecimal digits.

    Left out is what only explains: names, titles, sources, units, meanings, ranges, and what it stands for.
    """
    content = {
        "place": _values_only(scenario.place.model_dump(mode="json")),
        "pathways": [_values_only(pathway.model_dump(mode="json")) for pathway in scenario.pathways],
        "parameters": {name: _plain(p.value) for name, p in scenario.parameters.items()},
        "means": [_means_values(choice) for choice in scenario.means],
        "years": scenario.years,
        "warmup_years": scenario.warmup_years,
        "sample_share": scenario.sample_share,
    }
    if scenario.disturbances:
        # Only where there are some: so stored runs of all other scenarios keep their names.
        content["disturbances"] = [_disturbance_values(one) for one in scenario.disturbances]
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def parameter_record(parameter: Parameter) -> dict[str, Any]:
    """Return a parameter as plain data, as its file writes it."""
    return {
        "value": _plain(parameter.value),
        "low": _plain(parameter.low),
        "high": _plain(parameter.high),
        "unit": parameter.unit,
        "source": parameter.source,
        "meaning": parameter.meaning,
    }


def _whole(scenario: Scenario) -> dict[str, Any]:
    return {
        "id": scenario.id,
        "title": scenario.title.model_dump(),
        "summary": scenario.summary.model_dump(),
        "source": scenario.source,
        **_description(scenario),
        "years": scenario.years,
        "warmup_years": scenario.warmup_years,
        "sample_share": scenario.sample_share,
        "means": {choice.id: _means_whole(choice) for choice in scenario.means},
        **_disturbances(scenario),
        "parameters": {name: parameter_record(p) for name, p in sorted(scenario.parameters.items())},
        "pathways": [_model(pathway) for pathway in scenario.pathways],
        "place": _model(scenario.place),
    }


def _description(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario stands for under its key, or nothing."""
    if scenario.stands_for is None:
        return {}
    return {"stands_for": scenario.stands_for.model_dump(mode="json", exclude_none=True)}


def _model(model: Place | Pathway) -> dict[str, Any]:
    return dict(model.model_dump(mode="json", exclude_none=True))


def _means_numbers(choice: MeansChoice) -> dict[str, Any]:
    numbers = {
        "start_days": choice.start_days,
        "fidelity": choice.fidelity,
        "ramp_days": choice.ramp_days,
        "coverage": choice.coverage,
    }
    # Only where it is not everywhere: so receipts of all other scenarios stay what they were.
    return {**numbers, "only_in": list(choice.only_in)} if choice.only_in else numbers


def _means_whole(choice: MeansChoice) -> dict[str, Any]:
    settings = {name: parameter_record(p) for name, p in sorted(choice.settings.items())}
    return {**_means_numbers(choice), "settings": settings}


def _means_values(choice: MeansChoice) -> dict[str, Any]:
    settings = {name: _plain(p.value) for name, p in choice.settings.items()}
    return {"id": choice.id, **_means_numbers(choice), "settings": settings}


def _disturbances(scenario: Scenario) -> dict[str, Any]:
    """Return the disturbances under their key, or nothing."""
    return {"disturbances": [disturbance_record(one) for one in scenario.disturbances]} if scenario.disturbances else {}


def _disturbance_numbers(one: Disturbance) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "from_day": one.from_day,
        "days": one.days,
        "every_year": one.every_year,
        "professions": list(one.professions),
        "principals": list(one.principals),
    }


def _disturbance_values(one: Disturbance) -> dict[str, Any]:
    return {**_disturbance_numbers(one), "strengths": {name: _plain(p.value) for name, p in one.strengths.items()}}


def scenario_title(scenario: Scenario) -> dict[str, Any]:
    """Return what a scenario is called, as plain data."""
    return {"id": scenario.id, "title": scenario.title.model_dump()}


def disturbance_record(one: Disturbance) -> dict[str, Any]:
    """Return a disturbance as plain data, every strength with its range and source."""
    words = {"id": one.id, "title": one.title.model_dump(), "summary": one.summary.model_dump(), "source": one.source}
    strengths = {name: parameter_record(p) for name, p in one.strengths.items()}
    return {**words, **_disturbance_numbers(one), "strengths": strengths}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _values_only(data: Any) -> Any:
    """Return place or pathway data without explaining texts; a number with a range becomes its value."""
    if isinstance(data, dict):
        if {"value", "low", "high"} <= data.keys():
            return data["value"]
        return {key: _values_only(value) for key, value in data.items() if key not in _WORDS_ONLY}
    return [_values_only(item) for item in data] if isinstance(data, list) else data
