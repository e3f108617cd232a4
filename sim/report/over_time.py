"""Read from the tables how differences grow quarter by quarter, and when a scenario starts to pay."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.results import Difference
from sim.report.words import Words

EVERYBODY, COMPLEX = "quarter", "quarter_complex_needs"
"""`group_by` of everybody's quarters, and of those of people with complex needs."""
COST = "cost_sek"


def quarters(words: Words, scenario: str, outcome: str, group_by: str) -> list[Difference]:
    """Return the differences of a scenario quarter by quarter; empty when the run has none."""
    numbers = sorted(words.results.groups(outcome, group_by), key=int)
    found = [words.results.difference(scenario, outcome, group_by, number) for number in numbers]
    return [difference for difference in found if difference is not None]


def pays_from(differences: Sequence[Difference]) -> int | None:
    """Return the number of the first quarter from which every interval lies below zero; None if none does."""
    first = None
    for difference in differences:
        if difference.has_interval and difference.high < 0:
            first = first or int(difference.group)
        else:
            first = None
    return first


def when_it_pays(words: Words) -> list[str]:
    """Say of each scenario from which quarter everybody's cost is clearly below the baseline's."""
    said = []
    for scenario in words.results.compared:
        found = quarters(words, scenario, COST, EVERYBODY)
        if not found:
            continue
        first, key = pays_from(found), "over_time.never_pays"
        if first is not None:
            key = "over_time.pays_from"
        elif found[-1].has_interval and found[-1].low > 0:
            key = "over_time.costs_more"
        said.append(words.text(key, scenario=words.scenario(scenario), quarter=first or 0, quarters=len(found)))
    return said
