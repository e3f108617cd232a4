"""Say which published figures a fit may use and which it never sees: by one rule, stated before any fit.

Sources are ranked by the SHA-256 of their name, which nobody can tune. From the first on, whole sources are held out
until they hold at least a third of the figures. Levels and effects are ranked each on their own, so that both are
held out. A source goes to the fit where a parameter's start value was chosen with one of its figures in mind: to
meet that figure would prove nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping
from typing import Literal

from calibration.effects import read_effects
from calibration.fit_targets import read_fit_targets
from calibration.validation import Target, load_targets

Use = Literal["fit", "held_out", "plausibility"]
"""What a figure is for: `plausibility` = shown, but neither fitted nor counted as held out."""
_SHARE = 3
"""At least one figure in so many is held out."""


def source_of(text: str) -> str:
    """Return the name of a source without page, table and line, so that all figures of one source stay together."""
    return re.split(r"[,:(;]", text)[0].strip().lower()


def choose(sources: Mapping[str, str], *, left_out: Collection[str], never_held_out: Collection[str]) -> dict[str, Use]:
    """Return what each figure is for; `sources` names the source of each, `left_out` those for plausibility only.

    Fewer than a third are held out only where too few sources can be.
    """
    counted = {name: source for name, source in sources.items() if name not in left_out}
    kept = {source for name, source in counted.items() if name in never_held_out}
    ranked = sorted(set(counted.values()) - kept, key=lambda source: hashlib.sha256(source.encode()).hexdigest())
    held: set[str] = set()
    for source in ranked:
        if _SHARE * len(held) >= len(counted):
            break
        held |= {name for name, its in counted.items() if its == source}
    return {name: _use(name, counted, held) for name in sources}


def _use(name: str, counted: Collection[str], held: Collection[str]) -> Use:
    if name in held:
        return "held_out"
    return "fit" if name in counted else "plausibility"


def level_uses(targets: tuple[Target, ...] | None = None) -> dict[str, Use]:
    """Return what each published level is for, by id; of the shipped levels unless others are given."""
    told = read_fit_targets()
    levels = load_targets() if targets is None else targets
    sources = {target.id: source_of(target.source) for target in levels}
    return choose(sources, left_out=told.left_out, never_held_out=told.start_values)


def effect_uses() -> dict[str, Use]:
    """Return what each published effect is for, by id."""
    told = read_fit_targets()
    sources = {effect.id: source_of(effect.cites) for effect in read_effects().values()}
    return choose(sources, left_out=told.left_out, never_held_out=told.start_values)
