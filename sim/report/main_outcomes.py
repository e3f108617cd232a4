"""Name the outcome by which the answer speaks of each aim, and the scenario it speaks of: both fixed beforehand."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from ruamel.yaml import YAML

from sim.report.headline import AIMS
from sim.report.results import Difference
from sim.report.words import Words

EVERYBODY, COMPLEX_NEEDS = ("all", "all"), ("complex_needs", "yes")
WHOM = {"complex": COMPLEX_NEEDS, "everybody": EVERYBODY}
"""Those the answer is about, by the key of their texts: (group_by, group)."""


@cache
def main_outcomes() -> dict[str, str]:
    """Return one outcome by aim, in Triple-Aim order, as sim/report/answer.yaml declares them."""
    table = YAML(typ="safe", pure=True).load((files("sim.report") / "answer.yaml").read_text(encoding="utf-8"))
    return {aim: str(table[aim]["outcome"]) for aim in AIMS}


def leading_scenario(words: Words) -> str:
    """Return the compared scenario with the most means, the last of several: the broadest, whatever came out."""
    means, compared = words.results.facts.means, words.results.compared
    most = max(len(means.get(scenario, ())) for scenario in compared)
    return [scenario for scenario in compared if len(means.get(scenario, ())) == most][-1]


def main_differences(scenario: str, whom: str, words: Words) -> list[Difference]:
    """Return the differences in the main outcomes for the people of `whom`; those the tables hold."""
    found = [words.results.difference(scenario, outcome, *WHOM[whom]) for outcome in main_outcomes().values()]
    return [difference for difference in found if difference is not None]
