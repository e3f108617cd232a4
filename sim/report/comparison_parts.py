"""Gather what the report of a comparison says, part by part, under the names its template asks for."""

from __future__ import annotations

from typing import Any

from sim.analysis.value_settings import number
from sim.report.answer import all_comparisons, answer, answer_grid
from sim.report.checks import checks, warnings
from sim.report.cheers import cheers
from sim.report.evidence import evidence
from sim.report.fairness import equity_grid
from sim.report.grids import Grid, group_grid, published_grid, triple_aim_grid
from sim.report.influence import influence
from sim.report.over_time import when_it_pays
from sim.report.question import answer_rule, asked, certainty, described
from sim.report.sensitivity_results import SensitivityRead
from sim.report.sources import Source, sourced
from sim.report.statement import how_sure, what_was_run
from sim.report.targets import targets_met
from sim.report.value_grids import value_grids
from sim.report.value_words import findings, frame, frontier
from sim.report.words import Words

GROUPINGS = ("need_group", "municipality")
WHO_OUTCOMES = ("unmet_need_days", "ed_visits_per_1000", "bed_days_per_1000", "relatives_hours", "cost_sek")
MONEY_OUTCOMES = ("cost_sek", "cash_cost_sek", "cost_after_transfers_sek")


def question_and_answer(words: Words) -> dict[str, Any]:
    """Return what was asked and compared, the answer, and how sure it is."""
    facts = words.results.facts
    return {
        "asked": asked(words),
        "what_was_run": what_was_run(words),
        "baseline": words.scenario(facts.baseline),
        "compared": words.results.compared,
        "described": described(words),
        "notes": [*warnings(words), *facts.notes, *facts.failures],
        "answer": answer(words),
        "answer_rule": answer_rule(words),
        "answer_grid": answer_grid(words),
        "certainty": certainty(words),
        "all_comparisons": all_comparisons(words),
        "how_sure": how_sure(words),
        "checks": checks(words),
    }


def who_gains(words: Words) -> dict[str, Any]:
    """Return the differences of everybody, of groups, and over time."""
    return {
        "triple_aim": triple_aim_grid(words),
        "who": _who(words),
        "equity": equity_grid(WHO_OUTCOMES, words),
        "pays": when_it_pays(words),
    }


def money_and_value(words: Words) -> dict[str, Any]:
    """Return what it costs, whom, and what it is worth."""
    return {
        "money_notes": _money_notes(words),
        "money": group_grid(MONEY_OUTCOMES, "principal", words),
        "value": value_grids(words),
        "value_frame": frame(words),
        "value_findings": findings(words),
        "value_frontier": frontier(words),
        "value_spread": words.number.percent(number("held_spread_share_per_year")),
    }


def grounds(words: Words, beside: SensitivityRead | None) -> dict[str, Any]:
    """Return what the answer rests on, how sensitive it is, its limits, and where each item of CHEERS is."""
    limits = sorted((key for key in words.text.entries if key.startswith("limit.")), key=lambda key: int(key[6:]))
    return {
        "published": published_grid(words),
        "targets_met": targets_met(words),
        "evidence": evidence(words),
        "influence": influence(words, beside),
        "limits": [words.text(key) for key in limits],
        "cheers": cheers(words),
    }


def page_title(words: Words) -> str:
    """Return the headline of the page."""
    place = words.results.facts.place.get(words.lang)
    return words.text("title", place=place) if place else words.text("title_without_place")


def _money_notes(words: Words) -> list[str]:
    """Return what a sum per inhabitant is in the whole place, and the year of the prices."""
    facts, notes = words.results.facts, []
    if facts.inhabitants is not None:
        whole_place = facts.inhabitants / (facts.sample_share or 1.0)
        held = "inhabitants/sample_share/1e4" if facts.sample_share else "inhabitants/1e4"
        msek = words.number.plain(100.0 * whole_place / 1e6)
        notes.append(words.text("money_example", msek=sourced(msek, Source(table="manifest.json", numbers=(held,)))))
    if facts.price_year is not None:
        notes.append(words.text("price_year", year=facts.price_year))
    return notes


def _who(words: Words) -> list[Grid]:
    grids = [group_grid(WHO_OUTCOMES, group_by, words) for group_by in GROUPINGS]
    return [grid for grid in grids if grid is not None]
