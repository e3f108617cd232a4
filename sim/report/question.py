"""Say what was asked, for whom and from whose point of view, what was compared, and what words of certainty mean."""

from __future__ import annotations

from sim.report.main_outcomes import leading_scenario, main_outcomes
from sim.report.verdict import Verdict
from sim.report.words import Words

_CERTAINTY = (Verdict.BETTER, Verdict.UNCLEAR, Verdict.NEGLIGIBLE, Verdict.UNCHANGED)


def asked(words: Words) -> list[tuple[str, str]]:
    """Return for whom, where, over what time, against what and whose money counts, each with its name."""
    facts, number, text = words.results.facts, words.number, words.text
    place = facts.place.get(words.lang) or text("asked.no_place")
    said = {
        "whom": text("asked.whom_said"),
        "where": place,
        "against": words.scenario(facts.baseline),
        "perspective": text(f"perspective.{_perspective(words)}"),
    }
    if facts.inhabitants is not None:
        said["where"] = text("asked.where_said", place=place, people=number.count(facts.inhabitants))
    if facts.years is not None:
        said["horizon"] = text("asked.horizon_said", years=number.short(facts.years))
    order = ("whom", "where", "against", "horizon", "perspective")
    return [(text(f"asked.{key}"), said[key]) for key in order if key in said]


def _perspective(words: Words) -> str:
    """Return whose money the page counts; without tables on value, what the manifest says."""
    value = words.results.value
    return words.results.facts.perspective if value is None else value.seen_from


def described(words: Words) -> list[tuple[str, str]]:
    """Return what the baseline and each compared scenario are, as their files say, with the means they hold."""
    facts, said = words.results.facts, []
    for scenario in words.results.scenarios:
        about = facts.summaries.get(scenario, {}).get(words.lang) or words.text("described.no_summary")
        means = [words.text.name("means_short", one) for one in facts.means.get(scenario, ())]
        if means:
            about += " " + words.text("described.means", means=", ".join(means))
        named = words.scenario(scenario)
        if scenario == facts.baseline:
            named = words.text("described.baseline", scenario=named)
        said.append((named, about))
    return said


def answer_rule(words: Words) -> str:
    """Return by which rule outcomes and scenario of the answer were chosen."""
    if not words.results.compared:
        return ""
    outcomes = ", ".join(
        f"{words.text(f'aim.{aim}')}: {words.outcome(outcome)}" for aim, outcome in main_outcomes().items()
    )
    return words.text("answer.rule", outcomes=outcomes, scenario=words.scenario(leading_scenario(words)))


def certainty(words: Words) -> list[tuple[str, str]]:
    """Return the words of certainty with what each means."""
    text = words.text
    named = {one: text(f"verdict_long.{one.value}") for one in _CERTAINTY} | {Verdict.BETTER: text("certainty.better")}
    return [(named[one], text(f"certainty.{one.value}_means")) for one in _CERTAINTY]
