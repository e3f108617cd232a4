"""Read one scenario file, without what it inherits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.config.lookup import means_files
from sim.config.model_errors import validate
from sim.config.place import Text
from sim.config.reading import mapping, number, only_keys, required_keys, text, unknown
from sim.config.stands_for import KEY as STANDS_FOR
from sim.config.stands_for import StandsFor, read_stands_for
from sim.config.yaml_file import Document, KeyPath, describe, read_yaml

HEAD = ("title", "summary", "source")
INHERITED = ("place", "place_settings", "years", "warmup_years", "means", "parameters", "disturbances")
MEANS_NUMBERS = ("start_days", "fidelity", "ramp_days", "coverage")
MEANS_KEYS = (*MEANS_NUMBERS, "settings")
MOST_YEARS = 100.0

ON: KeyPath = ("on",)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a scenario file says, and where."""

    value: Any
    document: Document
    where: KeyPath

    def place(self) -> str:
        """Return `file:line`."""
        return str(self.document.error(self.where, "")).split(": ", 1)[0]


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The content of one scenario file; `entries` maps what it sets to the entry that sets it."""

    document: Document
    title: Text
    summary: Text
    source: str
    extends: tuple[str, ...]
    entries: dict[KeyPath, Entry] = field(default_factory=dict)
    stands_for: StandsFor | None = None
    """What of the reports the scenario stands for; never inherited."""


def read_scenario_file(path: Path) -> ScenarioFile:
    """Return the checked content of one scenario file.

    Keys of `entries`: ("years",), ("disturbances",), ("parameters", name), ("place_settings", name), ("means", id,
    "on" | a number's name), ("means", id, "settings", name). Settings, parameters and disturbances are checked where
    they are resolved.
    """
    document = read_yaml(path)
    only_keys(document, (), (*HEAD, STANDS_FOR, "extends", *INHERITED))
    required_keys(document, (), HEAD)
    return ScenarioFile(
        document=document,
        title=validate(document, Text, ("title",)),
        summary=validate(document, Text, ("summary",)),
        source=text(document, ("source",)),
        extends=_extends(document),
        entries=dict(_entries(document)),
        stands_for=read_stands_for(document),
    )


def years_error(key: str, value: float) -> str | None:
    """Return what is wrong with `years` or `warmup_years`, or None."""
    enough = value >= 0.0 if key == "warmup_years" else value > 0.0
    if enough and value <= MOST_YEARS:
        return None
    least = "0 or more" if key == "warmup_years" else "above 0"
    return f"must be {least} and at most {MOST_YEARS:g}, found {value:g}"


def _extends(document: Document) -> tuple[str, ...]:
    if "extends" not in document.data:
        return ()
    if not isinstance(document.data["extends"], tuple):
        return (text(document, ("extends",)),)
    names = tuple(text(document, ("extends", i)) for i in range(len(document.data["extends"])))
    for i, name in enumerate(names):
        if name in names[:i]:
            raise document.error(("extends", i), f"{name} is named twice; keep one")
    return names


def _entries(document: Document) -> Iterator[tuple[KeyPath, Entry]]:
    data = document.data
    if "place" in data:
        yield ("place",), Entry(text(document, ("place",)), document, ("place",))
    for key in ("years", "warmup_years"):
        if key in data:
            value = number(document, (key,))
            if wrong := years_error(key, value):
                raise document.error((key,), wrong)
            yield (key,), Entry(value, document, (key,))
    for key, what in (("parameters", "parameter names"), ("place_settings", "names of place settings")):
        if key in data:
            for name in mapping(document, (key,), what=f"{what} with values"):
                where: KeyPath = (key, name)
                yield where, Entry(document.at(where), document, where)
    if "disturbances" in data:
        yield ("disturbances",), Entry(data["disturbances"], document, ("disturbances",))
    if "means" in data:
        known = means_files()
        for name in mapping(document, ("means",), what="means with `on`, `off` or their settings"):
            if name not in known:
                raise unknown(document, ("means", name), known, "means")
            yield from _means(document, ("means", name))


def _means(document: Document, where: KeyPath) -> Iterator[tuple[KeyPath, Entry]]:
    value = document.at(where)
    if value in ("on", "off") or isinstance(value, bool):
        yield (*where, *ON), Entry(value in ("on", True), document, where)
        return
    what = f"`on`, `off` or {', '.join(MEANS_KEYS)}"
    mapping(document, where, what=what)
    only_keys(document, where, MEANS_KEYS)
    yield (*where, *ON), Entry(True, document, where)
    for key in MEANS_NUMBERS:
        if key in value:
            here = (*where, key)
            share = key in ("fidelity", "coverage")
            number(document, here, low=0.0, high=1.0 if share else None)
            yield here, Entry(float(value[key]), document, here)
    if "settings" in value:
        settings = mapping(document, (*where, "settings"), what="settings with values")
        for name in settings:
            here = (*where, "settings", name)
            if settings[name] is None:
                raise document.error(here, f"expected a number, found {describe(None)}")
            yield here, Entry(settings[name], document, here)
