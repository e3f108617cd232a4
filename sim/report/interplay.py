"""Say in words what means do together: joint effect, fair shares, fewest, and pairs that help or hurt each other."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.factorial_results import Factorial
from sim.report.numbers import decimals_for
from sim.report.tables import Row
from sim.report.verdict import Verdict, judge
from sim.report.words import Words

_FALSE_ALARM_SHARE = 0.05
_MOST_NAMED = 6
_FEWEST = 2


def design_in_words(found: Factorial, words: Words) -> list[str]:
    """Return what was run and what it cannot tell apart."""
    count = len(found.titles)
    values = {"cells": found.cells, "all": words.number.count(2.0**count), "means": count}
    if found.resolution is None:
        return [words.text("factorial.design_full", **values)]
    key = "factorial.design_pairs" if found.resolution >= 5 else "factorial.design_mixed"
    return [words.text(key, **values), words.text("factorial.design_file")]


def how_sure_of_effects(found: Factorial, words: Words) -> str:
    """Return what the intervals hold."""
    n = int(found.joint["n"].max()) if len(found.joint) else 0
    if n < _FEWEST:
        return words.text("sure.none")
    return words.text("factorial.sure_fitted" if words.results.facts.fit else "factorial.sure", n=n)


def about_outcome(outcome: str, found: Factorial, words: Words) -> list[str]:
    """Return the sentences on one outcome, joint effect first."""
    joint = found.rows("joint", outcome)[0]
    said = [_joint(joint, words)]
    if found.resolution is not None:
        said.append(_model(joint, words))
    said += _shares(outcome, found, words)
    said += _fewest(outcome, found, words)
    return [*said, *_pairs(outcome, found, words)]


def _gain(row: Row, key: str = "mean") -> float:
    """Return a change as positive when it is for the better."""
    return -float(row[key]) if row["better"] == "lower" else float(row[key])


def verdict_of(row: Row, key: str = "mean") -> Verdict:
    """Judge a value of a table by the interval that stands beside it."""
    prefix = "" if key == "mean" else f"{key}_"
    return judge(float(row[f"{prefix}low"]), float(row[f"{prefix}high"]), str(row["better"]))


def written(row: Row, words: Words, key: str = "mean") -> str:
    """Write a value of a table with its interval: `-4.2 [-5.1; -3.3]`."""
    prefix = "" if key == "mean" else f"{key}_"
    mean, low, high = (float(row[name]) for name in (key, f"{prefix}low", f"{prefix}high"))
    places = decimals_for(mean, low, high)
    interval = f" {words.number.interval(low, high, decimals=places)}" if math.isfinite(low) else ""
    return words.number.signed(mean, places) + interval


def ends_of(row: Row, key: str = "mean") -> tuple[str, ...]:
    """Return the columns whose numbers `written` shows."""
    prefix = "" if key == "mean" else f"{key}_"
    return (key, f"{prefix}low", f"{prefix}high") if math.isfinite(float(row[f"{prefix}low"])) else (key,)


def _joint(row: Row, words: Words) -> str:
    level = float(row["baseline_mean"])
    relative = words.number.percent(float(row["mean"]) / abs(level), signed=True) if level else "–"
    if math.isnan(float(row["sum_alone"])):
        return words.text("factorial.joint_only", **_joint_in_words(row, relative, words))
    said = words.text(
        "factorial.joint",
        **_joint_in_words(row, relative, words),
        alone=written(row, words, "sum_alone"),
    )
    kind = verdict_of(row, "interplay")
    key = {Verdict.BETTER: "more", Verdict.WORSE: "less", Verdict.UNCHANGED: "same", Verdict.UNTESTED: "untested"}
    return said + " " + words.text(f"factorial.sum_{key.get(kind, 'unclear')}", size=written(row, words, "interplay"))


def _joint_in_words(row: Row, relative: str, words: Words) -> dict[str, str]:
    return {
        "outcome": words.outcome(str(row["outcome"])),
        "joint": written(row, words),
        "unit": words.text.unit(str(row["unit"])),
        "relative": relative,
    }


def _model(row: Row, words: Words) -> str:
    return words.text("factorial.model", predicted=written(row, words, "predicted"), joint=written(row, words))


def _shares(outcome: str, found: Factorial, words: Words) -> list[str]:
    rows = sorted(found.rows("shapley", outcome), key=lambda row: -_gain(row))
    if any(math.isnan(float(row["share"])) for row in rows):
        return [words.text("factorial.no_shares")]
    named = [
        words.text(
            "factorial.share",
            means=found.title(str(row["means"]), words.lang),
            part=words.number.signed(float(row["mean"])),
            share=words.number.percent(float(row["share"])),
        )
        for row in rows
    ]
    return [words.text("factorial.shares", named="; ".join(named[:_MOST_NAMED]) + _more(named, words))]


def _fewest(outcome: str, found: Factorial, words: Words) -> list[str]:
    rows = found.rows("smallest_sets", outcome)
    joint = verdict_of(found.rows("joint", outcome)[0])
    if not rows or joint not in (Verdict.BETTER, Verdict.WORSE):
        return []
    said = []
    smallest = next((row for row in rows if row["smallest"]), None)
    if smallest is not None:
        said.append(
            words.text(
                "factorial.fewest" if joint is Verdict.BETTER else "factorial.fewest_harm",
                size=int(smallest["size"]),
                count=len(found.titles),
                reach=words.number.percent(found.reach),
                means=found.set_title(str(smallest["means"]), words.lang),
                share=words.number.percent(float(smallest["share_of_joint"])),
            )
        )
        others = [found.set_title(one, words.lang) for one in str(smallest["not_told_apart"]).split("; ") if one]
        if others:
            named = "; ".join(others[:2]) + _more(others, words, 2)
            said.append(words.text("factorial.not_told_apart", named=named))
    further = [row for row in rows if row["more_than_all"]]
    if further:
        best = max(further, key=lambda row: float(row["share_of_joint"]))
        key = "factorial.fewer_do_more" if joint is Verdict.BETTER else "factorial.fewer_harm_more"
        share = words.number.percent(float(best["share_of_joint"]))
        said.append(words.text(key, means=found.set_title(str(best["means"]), words.lang), share=share))
    return said


def _pairs(outcome: str, found: Factorial, words: Words) -> list[str]:
    rows = found.rows("interactions", outcome)
    if not rows or any(verdict_of(row) is Verdict.UNTESTED for row in rows):
        return []
    said = []
    for kind in (Verdict.BETTER, Verdict.WORSE):
        clear = sorted((row for row in rows if verdict_of(row) is kind), key=lambda row: -abs(_gain(row)))
        if clear:
            key = "factorial.pairs_help" if kind is Verdict.BETTER else "factorial.pairs_clash"
            named = [_pair(row, found, words) for row in clear]
            said.append(words.text(key, named="; ".join(named[:_MOST_NAMED]) + _more(named, words)))
    said += _hurts(rows, found, words)
    if not said:
        return [words.text("factorial.no_pair", pairs=len(rows))]
    alarms = words.number.count(max(1.0, _FALSE_ALARM_SHARE * len(rows)))
    return [*said, words.text("factorial.alarms", pairs=len(rows), alarms=alarms)]


def _pair(row: Row, found: Factorial, words: Words) -> str:
    names = f"{found.title(str(row['first']), words.lang)} × {found.title(str(row['second']), words.lang)}"
    mixed = f" ({words.text('factorial.or')} {row['mixed_with']})" if row["mixed_with"] else ""
    return f"{names} {written(row, words)}{mixed}"


def _hurts(rows: Sequence[Row], found: Factorial, words: Words) -> list[str]:
    """Name each means that makes things clearly worse where another is in place, but not without it.

    The pair itself must be clear: two verdicts that differ are no difference yet.
    """
    said = []
    for row in rows:
        if verdict_of(row) is not Verdict.WORSE:
            continue
        for added, there in (("first", "second"), ("second", "first")):
            with_it, without = f"{added}_with_{there}", f"{added}_without_{there}"
            if verdict_of(row, with_it) is Verdict.WORSE and verdict_of(row, without) is not Verdict.WORSE:
                said.append(
                    words.text(
                        "factorial.hurts",
                        added=found.title(str(row[added]), words.lang),
                        there=found.title(str(row[there]), words.lang),
                        effect=written(row, words, with_it),
                        without=written(row, words, without),
                    )
                )
    return said


def _more(named: Sequence[str], words: Words, most: int = _MOST_NAMED) -> str:
    return " " + words.text("answer.and_more", n=len(named) - most) if len(named) > most else ""
