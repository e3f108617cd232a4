"""Count which published figures the model of this very comparison meets."""

from __future__ import annotations

from sim.report.words import Words

_USES = ("fit", "held_out", "plausibility")


def targets_met(words: Words) -> list[str]:
    """Return a sentence for figures used in the fit, held out from it, and looked at only; none without a table."""
    table = words.results.validation
    if table is None:
        return []
    known = [(str(use), str(inside).lower()) for use, inside in zip(table["used_for"], table["inside"], strict=True)]
    said = []
    for use in _USES:
        own = [inside for used_for, inside in known if used_for == use and inside in ("true", "false")]
        if own:
            said.append(words.text(f"targets.{use}", inside=own.count("true"), all=len(own)))
    return said
