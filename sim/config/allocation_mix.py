"""Turn a mix into the scenario it stands for, in memory and as a file that any command can run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sim.config.allocation import OFF, Allocation, Mix
from sim.config.lookup import scenario_files
from sim.config.place import Text
from sim.config.place_settings import GROUP
from sim.config.scenario import Scenario
from sim.config.scenario_file import MEANS_NUMBERS
from sim.config.sweep_apply import with_move
from sim.config.yaml_text import yaml_text


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMix:
    """A mix under the name it goes by."""

    id: str
    mix: Mix


def mix_scenario(allocation: Allocation, scenario: Scenario, named: NamedMix) -> Scenario:
    """Return the scenario of a mix: only means that are on, settings and place as chosen."""
    chosen = allocation.chosen(named.mix)
    off = {means for choice in allocation.choices if chosen[choice.id] == OFF for means in choice.means}
    moved = replace(scenario, means=tuple(one for one in scenario.means if one.id not in off))
    for choice in allocation.choices:
        value = chosen[choice.id]
        if choice.move is not None and value is not None:
            moved = with_move(moved, choice.move, value)
    title = mix_title(allocation, named.mix)
    return replace(
        moved, id=named.id, title=title, summary=title, source=f"allocation {allocation.id}", stands_for=None
    )


def mix_title(allocation: Allocation, mix: Mix) -> Text:
    """Return what a mix holds, in words: switches that are on, settings, and what is added."""
    return Text(en=_title(allocation, mix, "en"), sv=_title(allocation, mix, "sv"))


def _title(allocation: Allocation, mix: Mix, lang: str) -> str:
    chosen, parts = allocation.chosen(mix), []
    for choice, level in zip(allocation.choices, mix, strict=True):
        value, title = chosen[choice.id], str(getattr(choice.title, lang))
        if value is None or (level == choice.today and (choice.means or choice.is_capacity)):
            continue
        number = f"{value:g}" if lang == "en" else f"{value:g}".replace(".", ",")
        unit = f" {getattr(choice.unit, lang)}" if choice.unit else ""
        parts.append(title if choice.means else f"{title} {number}{unit}")
    return "; ".join(parts) or {"en": "nothing on, nothing added", "sv": "inget på, inget tillagt"}[lang]


def mix_yaml(allocation: Allocation, scenario: Path, named: NamedMix) -> str:
    """Return a scenario file of the mix that extends the file which holds all means; same mix, same bytes."""
    title = mix_title(allocation, named.mix)
    shipped = {path.resolve(): name for name, path in scenario_files().items()}
    data: dict[str, Any] = {
        "extends": shipped.get(scenario.resolve(), str(scenario.resolve())),
        "title": title.model_dump(),
        "summary": title.model_dump(),
        "source": f"mellanrum allocate, {allocation.id}",
        **_changes(allocation, named.mix),
    }
    return yaml_text(data, one_line_leaves=False)


def _changes(allocation: Allocation, mix: Mix) -> dict[str, Any]:
    """Return what the file says under `means`, `parameters` and `place_settings`."""
    chosen = allocation.chosen(mix)
    means: dict[str, Any] = {}
    for choice in allocation.choices:
        means |= dict.fromkeys(choice.means, "off" if chosen[choice.id] == OFF else "on")
    found: dict[str, dict[str, Any]] = {"parameters": {}, "place_settings": {}}
    for choice in allocation.choices:
        value = chosen[choice.id]
        if choice.move is None or value is None or (choice.is_capacity and value == 1.0):
            continue
        name, part = choice.move.name, choice.move.part
        if name.startswith("means."):
            _, means_id, key = name.split(".", 2)
            own = means[means_id] if isinstance(means.get(means_id), dict) else {}
            into = own if key in MEANS_NUMBERS else own.setdefault("settings", {})
            means[means_id] = own
        elif choice.is_capacity:
            key, into = name.removeprefix(f"{GROUP}."), found["place_settings"]
        else:
            key, into = name, found["parameters"]
        if part is None:
            into[key] = value
        else:
            into.setdefault(key, {})[part] = value
    return {key: content for key, content in {"means": means, **found}.items() if content}
