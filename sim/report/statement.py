"""State in plain sentences what was run and how sure its numbers are."""

from __future__ import annotations

from sim.report.sources import in_receipt, sourced
from sim.report.words import Words

SHARE = "worsening.preventable_share"


def what_was_run(words: Words, *, compared: bool = True, counted: bool = True) -> list[str]:
    """Return a sentence each on place, time, replications and luck; what is not known is left out.

    `compared` tells whether scenarios were compared with each other, in pairs of runs; without `counted` their number
    is left to others.
    """
    facts, number, text = words.results.facts, words.number, words.text
    said = []
    place = facts.place.get(words.lang)
    if place and facts.inhabitants is not None:
        people = sourced(number.count(facts.inhabitants), in_receipt("inhabitants"))
        said.append(text("run.place_people", place=place, people=people))
    elif place:
        said.append(text("run.place", place=place))
    if facts.years is not None:
        years = sourced(number.short(facts.years), in_receipt("years"))
        held = None if facts.warmup_years is None else in_receipt("warmup_years")
        warmup = sourced(number.short(facts.warmup_years or 0.0), held)
        said.append(text("run.time", years=years, warmup=warmup))
    replications = words.results.replications or facts.replications or 0
    if facts.ensemble:  # the differences rest on the means of parameter sets
        replications = facts.replications or replications
    if counted and compared:
        said.append(text("run.replications" if replications > 1 else "run.one_replication", n=replications))
    elif counted:
        said.append(text("run.runs", n=replications))
    if facts.failed:
        named = ", ".join(f"{words.scenario(scenario)} {count}" for scenario, count in facts.failed.items())
        said.append(text("run.missing", failed=sum(facts.failed.values()), runs=facts.runs, named=named))
    if facts.sample_share is not None and facts.sample_share < 1.0:
        share = sourced(number.percent(facts.sample_share), in_receipt("sample_share"))
        said.append(text("run.sample", share=share))
    elif facts.sample_share is not None:
        said.append(text("run.everybody"))
    if facts.seed is not None:
        said.append(text("run.seed", seed=sourced(str(facts.seed), in_receipt("seed"))))
    return said


def preventable_share(words: Words) -> str:
    """Return the sentence on the declared headline parameter: how many acute turns can be prevented at all."""
    share, number = words.results.facts.preventable, words.number
    facts = words.results.facts
    if SHARE in (*facts.ensemble.get("parameters", ()), *facts.fit.get("parameters", ())):
        return words.text("preventable.varies")
    if SHARE in words.results.facts.swept:
        return words.text("preventable.swept")
    if share.declared is None:
        return words.text("preventable.unknown")

    def percent(value: float, name: str) -> str:
        where = "preventable_share" if share.is_one_number else f"preventable_share.{name}"
        return sourced(number.percent(value), in_receipt(where))

    said = words.text("preventable.declared", declared=percent(share.declared, "declared"))
    if share.low is not None and share.high is not None:
        low, high = percent(share.low, "low"), percent(share.high, "high")
        said += " " + words.text("preventable.range", low=low, high=high)
    if share.measured is not None:
        said += " " + words.text("preventable.measured", measured=percent(share.measured, "measured"))
    return said


def how_sure(words: Words) -> str:
    """Return what the intervals hold, what they do not, or that there are none."""
    replications = words.results.replications
    if not words.results.compared:
        return words.text("sure.nothing_compared")
    if replications < 2:
        return words.text("sure.none")
    if words.results.facts.fit:
        return words.text("sure.fitted", n=replications)
    return words.text("sure.sets" if words.results.facts.ensemble else "sure.intervals", n=replications)
