"""Say in the reader's language what the tables say in ids."""

from __future__ import annotations

from dataclasses import dataclass

from sim.outcomes.outcome import Outcome, all_outcomes
from sim.report.numbers import Numbers, decimals_for
from sim.report.results import Difference, Results
from sim.report.sources import Source
from sim.report.texts import Texts, read_texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Texts, numbers and names for one set of results in one language."""

    text: Texts
    number: Numbers
    results: Results
    registry: dict[str, Outcome]

    @property
    def lang(self) -> str:
        """Language of all words: `en` or `sv`."""
        return self.text.lang

    def outcome(self, outcome: str) -> str:
        """Return what a reader calls an outcome."""
        known = self.registry.get(outcome)
        if known is None:
            return outcome.replace("_", " ")
        return known.label_sv if self.lang == "sv" else known.label_en

    def short(self, outcome: str) -> str:
        """Return a name of an outcome that fits beside a figure."""
        return self.text.entries.get(f"short.{outcome}") or self.outcome(outcome)

    def scenario(self, scenario: str) -> str:
        """Return what a reader calls a scenario."""
        return self.results.scenario_title(scenario, self.lang)

    def group(self, group_by: str, group: str) -> str:
        """Return what a reader calls one group of a grouping."""
        if group_by in ("principal", "municipality"):
            return self.results.group_title(group, self.lang)
        return self.text.name(group_by, group)

    def verdict(self, difference: Difference) -> str:
        """Return the verdict on a difference in words."""
        return self.text(f"verdict.{difference.verdict.value}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One difference as a reader sees it, all numbers in the same unit and decimals."""

    baseline: str
    mean: str
    relative: str
    """Percent of the baseline level, signed; a dash when the level is zero."""
    interval: str
    unit: str


def words_for(results: Results, lang: str) -> Words:
    """Gather the words of `lang` for `results`; ValueError for a language the report does not speak."""
    return Words(text=read_texts(lang), number=Numbers(lang=lang), results=results, registry=dict(all_outcomes()))


def write_difference(difference: Difference, words: Words) -> Written:
    """Write a difference, its share of the baseline and its interval for a reader."""
    places = decimals_for(difference.mean, difference.low, difference.high)
    number = words.number
    return Written(
        baseline=number.plain(difference.baseline_mean),
        mean=number.signed(difference.mean, places),
        relative=number.percent(difference.relative(difference.mean), signed=True),
        interval=number.interval(difference.low, difference.high, decimals=places),
        unit=words.text.unit(difference.unit),
    )


def difference_source(difference: Difference, *numbers: str) -> Source:
    """Return where numbers of a difference stand; each an expression over its columns."""
    key = {name: getattr(difference, name) for name in ("scenario", "group_by", "group", "outcome")}
    return Source(table="differences.csv", row=key, numbers=numbers)
