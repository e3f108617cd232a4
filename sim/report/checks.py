"""Say in plain sentences how precise the numbers are, whether the run had settled, and what the intervals hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.report.words import Words

_NAMED = 4


def checks(words: Words) -> list[str]:
    """Return the sentences that reassure: precision reached, warm-up long enough, parameter sets."""
    return [*_ensemble(words), *_precision(words, met=True), *_warmup(words)]


def warnings(words: Words) -> list[str]:
    """Return what a reader must be warned of: precision not reached, a run that has not settled."""
    return [*_precision(words, met=False), *_still_moving(words)]


def fitted(words: Words) -> list[str]:
    """Return the sentence on the fitted parameter sets that the runs rest on; none at start values."""
    fit = words.results.facts.fit
    if not fit:
        return []
    return [words.text("check.fit", used=fit["used"], sets=fit["sets"], parameters=len(fit["parameters"]))]


def _ensemble(words: Words) -> list[str]:
    if said := fitted(words):
        return said
    found = words.results.facts.ensemble
    if not found:
        return []
    each = int(found["replications_per_set"])
    key = "check.ensemble" if each > 1 else "check.ensemble_one"
    return [words.text(key, sets=found["sets"], each=each, parameters=len(found["parameters"]))]


def _precision(words: Words, *, met: bool) -> list[str]:
    found = words.results.facts.precision
    if not found or bool(found["met"]) is not met:
        return []
    replications, numbers = words.results.facts.replications, found["differences"]
    if met:
        return [words.text("check.precise", n=replications, numbers=len(numbers))]
    wide = [one for one in numbers if not one["met"]]
    if not wide:
        return []
    named = "; ".join(_too_wide(one, words) for one in wide[:_NAMED])
    if len(wide) > _NAMED:
        named += " " + words.text("answer.and_more", n=len(wide) - _NAMED)
    return [words.text("check.too_wide", n=replications, wide=len(wide), numbers=len(numbers), named=named)]


def _too_wide(one: Mapping[str, Any], words: Words) -> str:
    return words.text(
        "check.one_too_wide",
        outcome=words.short(str(one["outcome"])),
        scenario=words.scenario(str(one["scenario"])),
        half_width=words.number.plain(float(one["half_width"])),
        target=words.number.plain(float(one["target"])),
    )


def _warmup(words: Words) -> list[str]:
    found = words.results.facts.warmup
    if not found:
        return []
    if found["stationary"] is None:
        return [words.text("check.too_short")]
    if not found["stationary"]:
        return []
    share = words.number.percent(float(found["largest_share"]))
    days = words.number.count(float(found["longest_days"]))
    return [words.text("check.settled", rule=found["rule"], series=found["series"], days=days, share=share)]


def _still_moving(words: Words) -> list[str]:
    found, facts = words.results.facts.warmup, words.results.facts
    if not found or found["stationary"] is not False:
        return []
    named = ", ".join(words.text.name("series", str(name)) for name in found["moving"])
    warmup = words.number.short(facts.warmup_years or 0.0)
    return [words.text("check.moving", rule=found["rule"], warmup=warmup, named=named)]
