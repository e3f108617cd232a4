"""Read the texts of the report in one language; a missing text is an error, never a gap on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

LANGUAGES = ("en", "sv")


def _flatten(entries: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in entries.items():
        if isinstance(value, Mapping):
            yield from _flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value).strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """All texts of one language, by dotted key."""

    lang: str
    entries: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key` with `values` filled in; KeyError names a missing key."""
        if key not in self.entries:
            raise KeyError(f"texts_{self.lang}.yaml: no text {key!r}")
        return self.entries[key].format(**values) if values else self.entries[key]

    def name(self, family: str, member: str) -> str:
        """Return what a reader calls `member` of a closed list; one not listed, in plain words."""
        return self.entries.get(f"{family}.{member}", member.replace("_", " "))

    def unit(self, unit: str) -> str:
        """Return a unit in this language; a unit that is not listed is returned as it is."""
        return self.entries.get(f"unit.{unit}", unit)


@cache
def read_texts(lang: str) -> Texts:
    """Read the texts of `lang` ("en" or "sv"); ValueError for another language."""
    if lang not in LANGUAGES:
        raise ValueError(f"lang: {lang!r} is not a language of the report; use one of {', '.join(LANGUAGES)}")
    source = files("sim.report").joinpath(f"texts_{lang}.yaml").read_text(encoding="utf-8")
    return Texts(lang=lang, entries=dict(_flatten(YAML(typ="safe", pure=True).load(source))))
