"""Choose what stands in tables that have room for a few outcomes only, in Triple-Aim order."""

from __future__ import annotations

from sim.outcomes.outcome import AIMS
from sim.report.words import Words

__all__ = ["AIMS", "headline", "on_overview"]


def headline(aim: str, words: Words) -> list[str]:
    """Return the headline outcomes of an aim that these results hold, in the order of the registry."""
    measured = {
        str(outcome)
        for outcome, group_by in zip(
            words.results.differences["outcome"], words.results.differences["group_by"], strict=True
        )
        if group_by == "all"
    }
    return [
        outcome.id
        for outcome in words.registry.values()
        if outcome.aim == aim and outcome.headline and outcome.id in measured
    ]


def on_overview(aim: str, words: Words) -> list[str]:
    """Return the headline outcomes that have a good direction, to be drawn as better or worse."""
    return [outcome for outcome in headline(aim, words) if words.registry[outcome].better != "neither"]
