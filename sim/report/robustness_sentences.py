"""Say in plain sentences in which futures a choice does not pay, and which choice is regretted least."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from sim.report.robustness_results import FEW, NO_REGION, REGION, Looked, RobustnessRead
from sim.report.sensitivity_results import Decision
from sim.report.sensitivity_sentences import criterion_name, group_name, size
from sim.report.tables import Row
from sim.report.words import Words

_PART = re.compile(r"(?P<name>[^\[\]]+)\[(?P<part>[^\[\]]+)\]")
_MANY = 3
"""Parameters that move per future, beyond which only strong regions can be found."""


def parameter_name(title: str, words: Words) -> str:
    """Return what a reader calls a parameter: in English its name in plain words, else as in the register."""
    if words.lang != "en":
        return title
    match = _PART.fullmatch(title.removesuffix("*"))
    name, part = (match["name"], match["part"]) if match else (title.removesuffix("*"), "")
    group, _, own = name.partition(".")
    if group == "means":
        part, _, own = own.partition(".")
    return (own + (f" ({part})" if part else "")).replace("_", " ")


def limit_in_words(row: Row, words: Words) -> str:
    """Say what a region asks of one parameter."""
    low, high = float(row["low"]), float(row["high"])
    name = parameter_name(str(row["parameter"]), words)
    is_factor = str(row["parameter"]).endswith("*")
    ends = {end: _limit(value, words, is_factor) for end, value in (("low", low), ("high", high))}
    if math.isnan(high):
        return words.text("robustness.above", name=name, low=ends["low"])
    if math.isnan(low):
        return words.text("robustness.below", name=name, high=ends["high"])
    return words.text("robustness.between", name=name, **ends)


def _limit(value: float, words: Words, is_factor: bool) -> str:
    number = words.number.plain(value)
    return words.text("robustness.times", number=number) if is_factor else number


def all_limits(looked: Looked, words: Words) -> str:
    """Say what a region asks of all its parameters."""
    said = [limit_in_words(row, words) for row in looked.limits]
    return _all_of(said, words)


def _all_of(said: Iterable[str], words: Words) -> str:
    return f" {words.text('robustness.and')} ".join(said)


def share(row: Row, name: str, words: Words) -> str:
    """Write a share with its interval, from columns `name`, `name_low`, `name_high`."""
    value, low, high = (words.number.percent(float(row[f"{name}{end}"])) for end in ("", "_low", "_high"))
    return words.text("robustness.share", value=value, low=low, high=high)


def share_of_futures(row: Row, words: Words) -> str:
    """Write a share with its interval, from columns `share`, `low`, `high`."""
    return share({"it": row["share"], "it_low": row["low"], "it_high": row["high"]}, "it", words)


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
    said = [text(
        "robustness.fails_in", failing=int(facts["failing"]), n=int(facts["n"]),
        share=share({**facts, "failing": facts["failing_share"]}, "failing", words),
    )]  # fmt: skip
    said.append(_about_luck_in(facts, words))
    said.append(where(looked, found, words))
    return f"{look_name(looked, words)}: " + " ".join(said)


def _about_luck_in(facts: Row, words: Words) -> str:
    """Say in how many futures luck may have decided whether a choice pays."""
    if math.isnan(float(facts["unclear"])):
        return words.text("robustness.luck_unknown")
    if not int(facts["unclear"]):
        return words.text("robustness.clear")
    return words.text("robustness.unclear", unclear=int(facts["unclear"]), failing=int(facts["unclear_failing"]))


def where(looked: Looked, found: RobustnessRead, words: Words) -> str:
    """Say where a choice does not pay, or why that cannot be said."""
    facts, text = looked.facts, words.text
    if looked.verdict == REGION:
        percent = words.number.percent
        return " ".join([
            text(
                "robustness.region", scenario=words.scenario(looked.scenario), limits=all_limits(looked, words),
                density=share(facts, "density", words), inside=int(facts["inside"]),
                coverage=share(facts, "coverage", words),
            ),
            text(
                "robustness.unseen", density=percent(float(facts["unseen_density"])),
                coverage=percent(float(facts["unseen_coverage"])), p=words.number.percent(float(facts["p_value"])),
            ),
        ])  # fmt: skip
    if looked.verdict != NO_REGION:
        counts = {"n": int(facts["n"]), "failing": int(facts["failing"])} if looked.verdict == FEW else {}
        return text(f"robustness.{looked.verdict}", **counts)
    strongest = looked.parameters[0]
    said = [text("robustness.no_region", p=words.number.percent(float(facts["p_value"])))]
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
    on_average = {"mean": mean_regret(rows[mean], words), "unit": unit, "sure": _sure(rows[mean], "mean", words)}
    at_worst = {"max": words.number.plain(float(rows[worst]["max"])), "sure_max": _sure(rows[worst], "max", words)}
    if mean == worst:
        said = [text("robustness.least_both", scenario=words.scenario(mean), **on_average, **at_worst)]
    else:
        at_worst["other"] = words.number.plain(float(rows[mean]["max"]))
        said = [text("robustness.least_mean", scenario=words.scenario(mean), **on_average)]
        said.append(text("robustness.least_max", scenario=words.scenario(worst), **at_worst))
    best = max(rows, key=lambda one: float(rows[one]["best_share"]))
    best_share = share({**rows[best], "best": rows[best]["best_share"]}, "best", words)
    said.append(text("robustness.best_in", scenario=words.scenario(best), share=best_share))
    return f"{name}: " + " ".join([*said, about_luck(rows, words)])


def mean_regret(row: Row, words: Words) -> str:
    """Write a mean regret with its interval."""
    return size({**row, "value": row["mean"]}, words, signed=False)


def _least(rows: dict[str, Row], which: str) -> str:
    return min(rows, key=lambda one: float(rows[one][which]))


def _sure(row: Row, which: str, words: Words) -> str:
    return words.number.percent(float(row[f"least_{which}_share"]))


def about_luck(rows: dict[str, Row], words: Words) -> str:
    """Say how much of the differences between futures was luck."""
    luck = float(next(iter(rows.values()))["luck_share"])
    if math.isnan(luck):
        return words.text("robustness.luck_in")
    return words.text("robustness.luck_out", share=words.number.percent(luck))


def about_enough(found: RobustnessRead, words: Words) -> list[str]:
    """Say in what share of the futures each choice reaches all that is required."""
    said = []
    for group_by, group, by_requirement in found.enough():
        whole = by_requirement[""]
        named = [
            words.text("robustness.enough_one", scenario=words.scenario(one), share=share_of_futures(row, words))
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
