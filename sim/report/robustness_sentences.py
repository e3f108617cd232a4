"""Say in plain sentences in which futures a choice does not pay, and which choice is regretted least."""

from __future__ import annotations

import math
from collections.abc import Iterable

from sim.analysis.discovery_words import FEW, NO_REGION, REGION
from sim.config.parts import ALL_NUMBERS, split_name
from sim.report.robustness_results import (
    Looked,
    RobustnessRead,
    discovery_source,
    enough_source,
    regret_source,
)
from sim.report.sensitivity_results import Decision
from sim.report.sensitivity_sentences import criterion_name, group_name, share_at, size
from sim.report.sources import sourced
from sim.report.tables import Row
from sim.report.words import Words

Ends = tuple[str, str, str]
"""Columns of a number and of the ends of its interval."""
FAILING: Ends = ("failing_share", "failing_low", "failing_high")
BEST: Ends = ("best_share", "best_low", "best_high")
REACHED: Ends = ("share", "low", "high")
MEAN: Ends = ("mean", "low", "high")
_MANY = 3
"""Parameters that move per future, beyond which only strong regions can be found."""


def parameter_name(title: str, words: Words) -> str:
    """Return what a reader calls a parameter: in English its name in plain words, else as in the register."""
    if words.lang != "en":
        return title
    name, part = split_name(title.removesuffix(ALL_NUMBERS))
    group, _, own = name.partition(".")
    if group == "means":
        part, _, own = own.partition(".")
    return (own + (f" ({part})" if part else "")).replace("_", " ")


def limit_in_words(row: Row, words: Words) -> str:
    """Say what a region asks of one parameter, and where its limits stand."""
    low, high = float(row["low"]), float(row["high"])
    name = parameter_name(str(row["parameter"]), words)
    is_factor = str(row["parameter"]).endswith("*")
    ends = {end: _limit(row, end, words, is_factor) for end in ("low", "high")}
    if math.isnan(high):
        return words.text("robustness.above", name=name, low=ends["low"])
    if math.isnan(low):
        return words.text("robustness.below", name=name, high=ends["high"])
    return words.text("robustness.between", name=name, **ends)


def _limit(row: Row, end: str, words: Words, is_factor: bool) -> str:
    number = sourced(words.number.plain(float(row[end])), discovery_source(row, end))
    return words.text("robustness.times", number=number) if is_factor else number


def all_limits(looked: Looked, words: Words) -> str:
    """Say what a region asks of all its parameters."""
    said = [limit_in_words(row, words) for row in looked.limits]
    return _all_of(said, words)


def _all_of(said: Iterable[str], words: Words) -> str:
    return f" {words.text('robustness.and')} ".join(said)


def ends_of(name: str) -> Ends:
    """Return the columns of a share that is called as its column."""
    return name, f"{name}_low", f"{name}_high"


def share(row: Row, columns: Ends, words: Words) -> str:
    """Write a share with its interval."""
    value, low, high = (words.number.percent(float(row[column])) for column in columns)
    return words.text("robustness.share", value=value, low=low, high=high)


def look_name(looked: Looked, words: Words) -> str:
    """Return what was looked at."""
    return words.text(
        "robustness.look",
        scenario=words.scenario(looked.scenario),
        against=words.scenario(looked.against),
        criterion=criterion_name(looked.decision, words),
    )


def about_look(looked: Looked, found: RobustnessRead, words: Words) -> str:
    """Say in how many futures a choice does not pay, and where."""
    facts, text = looked.facts, words.text
    of = sourced(share(facts, FAILING, words), discovery_source(facts, *FAILING))
    said = [text("robustness.fails_in", failing=_counted(facts, "failing"), n=_counted(facts, "n"), share=of)]
    said.append(_about_luck_in(facts, words))
    said.append(where(looked, found, words))
    return f"{look_name(looked, words)}: " + " ".join(said)


def _counted(facts: Row, name: str) -> str:
    return sourced(str(int(facts[name])), discovery_source(facts, name))


def _fewer(facts: Row) -> str:
    """Return the number of futures of the rarer kind: those in which it pays, or those in which it does not."""
    failing, paying = int(facts["failing"]), int(facts["n"]) - int(facts["failing"])
    if failing <= paying:
        return _counted(facts, "failing")
    return sourced(str(paying), discovery_source(facts, "n - failing"))


def _about_luck_in(facts: Row, words: Words) -> str:
    """Say in how many futures luck may have decided whether a choice pays."""
    if math.isnan(float(facts["unclear"])):
        return words.text("robustness.luck_unknown")
    if not int(facts["unclear"]):
        return words.text("robustness.clear")
    return words.text(
        "robustness.unclear", unclear=_counted(facts, "unclear"), failing=_counted(facts, "unclear_failing")
    )


def where(looked: Looked, found: RobustnessRead, words: Words) -> str:
    """Say where a choice does not pay, or why that cannot be said."""
    facts, text = looked.facts, words.text
    shares = {
        name: share_at(float(facts[name]), discovery_source(facts, name), words)
        for name in ("unseen_density", "unseen_coverage", "p_value")
    }
    if looked.verdict == REGION:
        density, coverage = (
            sourced(share(facts, ends_of(name), words), discovery_source(facts, *ends_of(name)))
            for name in ("density", "coverage")
        )
        return " ".join([
            text(
                "robustness.region", scenario=words.scenario(looked.scenario), limits=all_limits(looked, words),
                density=density, inside=_counted(facts, "inside"), coverage=coverage,
            ),
            text(
                "robustness.unseen", density=shares["unseen_density"], coverage=shares["unseen_coverage"],
                p=shares["p_value"],
            ),
        ])  # fmt: skip
    if looked.verdict != NO_REGION:
        counts = {"n": _counted(facts, "n"), "fewer": _fewer(facts)} if looked.verdict == FEW else {}
        return text(f"robustness.{looked.verdict}", **counts)
    strongest = looked.parameters[0]
    said = [text("robustness.no_region", p=shares["p_value"])]
    if len(found.about["parameters"]) * _MANY > int(facts["n"]):
        said.append(text("robustness.low_power", n=int(facts["n"]), parameters=len(found.about["parameters"])))
    name = parameter_name(str(strongest["parameter"]), words)
    said.append(text("robustness.strongest", parameter=name))
    return " ".join(said)


def about_regret(decision: Decision, found: RobustnessRead, words: Words) -> str:
    """Say which choice is regretted least by one criterion, on average and at worst."""
    rows, text = found.regrets(decision), words.text
    name, unit = criterion_name(decision, words), words.text.unit(decision.unit)
    if all(float(row["max"]) == 0.0 for row in rows.values()):
        return f"{name}: {text('robustness.no_regret')}"
    mean, worst = (_least(rows, which) for which in ("mean", "max"))
    regretted = sourced(mean_regret(rows[mean], words), regret_source(rows[mean], *MEAN))
    on_average = {"mean": regretted, "unit": unit, "sure": _sure(rows[mean], "mean", words)}
    at_worst = {"max": _at_most(rows[worst], words), "sure_max": _sure(rows[worst], "max", words)}
    if mean == worst:
        said = [text("robustness.least_both", scenario=words.scenario(mean), **on_average, **at_worst)]
    else:
        at_worst["other"] = _at_most(rows[mean], words)
        said = [text("robustness.least_mean", scenario=words.scenario(mean), **on_average)]
        said.append(text("robustness.least_max", scenario=words.scenario(worst), **at_worst))
    best = max(rows, key=lambda one: float(rows[one]["best_share"]))
    best_share = sourced(share(rows[best], BEST, words), regret_source(rows[best], *BEST))
    said.append(text("robustness.best_in", scenario=words.scenario(best), share=best_share))
    return f"{name}: " + " ".join([*said, about_luck(rows, words)])


def mean_regret(row: Row, words: Words) -> str:
    """Write a mean regret with its interval."""
    return size({**row, "value": row["mean"]}, words, signed=False)


def _least(rows: dict[str, Row], which: str) -> str:
    return min(rows, key=lambda one: float(rows[one][which]))


def _sure(row: Row, which: str, words: Words) -> str:
    name = f"least_{which}_share"
    return share_at(float(row[name]), regret_source(row, name), words)


def _at_most(row: Row, words: Words) -> str:
    return sourced(words.number.plain(float(row["max"])), regret_source(row, "max"))


def about_luck(rows: dict[str, Row], words: Words) -> str:
    """Say how much of the differences between futures was luck."""
    row = next(iter(rows.values()))
    luck = float(row["luck_share"])
    if math.isnan(luck):
        return words.text("robustness.luck_in")
    return words.text("robustness.luck_out", share=share_at(luck, regret_source(row, "luck_share"), words))


def about_enough(found: RobustnessRead, words: Words) -> list[str]:
    """Say in what share of the futures each choice reaches all that is required."""
    said = []
    for group_by, group, by_requirement in found.enough():
        whole = by_requirement[""]
        named = [
            words.text(
                "robustness.enough_one",
                scenario=words.scenario(one),
                share=sourced(share(row, REACHED, words), enough_source(row, *REACHED)),
            )
            for one, row in sorted(whole.items(), key=lambda pair: -float(pair[1]["share"]))
        ]  # fmt: skip
        required = _all_of((requirement_in_words(one, words) for one in by_requirement if one), words)
        whom = group_name(group_by, group, words)
        said.append(words.text("robustness.enough", required=required, group=whom, named="; ".join(named)))
    return said


def requirement_in_words(requirement: str, words: Words) -> str:
    """Return a requirement with the outcome's name."""
    sign = "<=" if "<=" in requirement else ">="
    outcome, _, limit = requirement.partition(sign)
    number = words.number.short(float(limit))
    return f"{words.outcome(outcome)} {'≤' if sign == '<=' else '≥'} {number}"
