"""Say in plain sentences which unknowns matter, and for what there is no answer."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.numbers import decimals_for
from sim.report.sensitivity_results import (
    CRITERION,
    KEY,
    MORRIS,
    TORNADO,
    Decision,
    Panel,
    SensitivityRead,
    emulator_source,
    sensitivity_source,
)
from sim.report.sources import Source, Sum, sourced
from sim.report.tables import Row
from sim.report.words import Words

_NAMED = 3
_NOTHING = 0.05
"""A parameter whose effect is below this share of the largest can be left at its start value."""
SIZE = ("value", "low", "high")
"""The numbers that `size` shows."""


def panel_name(panel: Panel, words: Words) -> str:
    """Return what a reader calls an outcome or difference."""
    name = f"{words.outcome(panel.outcome)}, {group_name(panel.group_by, panel.group, words)}"
    if not panel.against:
        return words.text("sensitivity.level", name=name, scenario=words.scenario(panel.scenario))
    return words.text(
        "sensitivity.difference",
        name=name,
        scenario=words.scenario(panel.scenario),
        against=words.scenario(panel.against),
    )


def group_name(group_by: str, group: str, words: Words) -> str:
    """Return what a reader calls a group of people."""
    if group_by in ("all", "complex_needs"):
        return words.text(f"sensitivity.{group_by}")
    return words.group(group_by, group)


def criterion_name(decision: Decision, words: Words) -> str:
    """Return what a reader calls a criterion."""
    if decision.criterion == "worth":
        name = words.text("sensitivity.worth")
    else:
        name = words.outcome(decision.criterion)
    return f"{name}, {group_name(decision.group_by, decision.group, words)}"


def size(row: Row, words: Words, *, signed: bool = True) -> str:
    """Write a number with its interval."""
    value, low, high = (float(row[name]) for name in ("value", "low", "high"))
    places = decimals_for(value, low, high)
    write = words.number.signed if signed else words.number.plain
    interval = words.number.interval(low, high, decimals=places, signed=signed)
    return write(value, places) + (f" {interval}" if math.isfinite(low) else "")


def measured(row: Row, words: Words, *, signed: bool = True) -> str:
    """Write a number of sensitivity.csv with its interval, and where both stand."""
    return sourced(size(row, words, signed=signed), sensitivity_source(row, *SIZE))


def about_panel(panel: Panel, found: SensitivityRead, words: Words) -> str:
    """Return what moves one outcome or difference."""
    ranked = found.ranked(panel)
    say = {TORNADO: _tornado, MORRIS: _morris}.get(found.method, _sobol)
    return f"{panel_name(panel, words)}: {say(panel, ranked, found, words)}"


def _tornado(panel: Panel, ranked: Sequence[str], found: SensitivityRead, words: Words) -> str:
    low, high, swing = (found.by_parameter(panel, name) for name in ("at_low", "at_high", "swing"))
    start = found.by_parameter(panel, "start")[""]
    named = [
        words.text(
            "sensitivity.moves",
            name=name,
            low=_changed(start, low[name], words),
            high=_changed(start, high[name], words),
        )
        for name in ranked[:_NAMED]
    ]
    clear = sum(not float(row["low"]) <= 0.0 <= float(row["high"]) for row in swing.values())
    unit = words.text.unit(panel.unit)
    said = [words.text("sensitivity.tornado", start=measured(start, words), unit=unit, named="; ".join(named))]
    if math.isfinite(float(start["low"])):
        said.append(words.text("sensitivity.clear", clear=clear, parameters=len(ranked)))
    if panel.against:
        said.append(_signs(panel, ranked, found, words))
    return " ".join(said)


def _changed(start: Row, change: Row, words: Words) -> str:
    value = float(start["value"]) + float(change["value"])
    where = Sum(parts=(sensitivity_source(start, "value"), sensitivity_source(change, "value")))
    return sourced(words.number.signed(value, decimals_for(value, float(start["value"]))), where)


def _signs(panel: Panel, ranked: Sequence[str], found: SensitivityRead, words: Words) -> str:
    """Say with which parameters the sign of a difference turns for sure, and with which it may."""
    start = _sign(found.by_parameter(panel, "start")[""])
    if start == 0:
        return words.text("sensitivity.no_sign")
    low, high = (found.by_parameter(panel, name) for name in ("low_end", "high_end"))
    turning = [name for name in ranked if -start in (_sign(low[name]), _sign(high[name]))]
    open_ones = [name for name in ranked if name not in turning and 0 in (_sign(low[name]), _sign(high[name]))]
    said = words.text("sensitivity.never_turns")
    if turning:
        said = words.text("sensitivity.turns", count=len(turning), names=", ".join(turning[:_NAMED]))
    if open_ones:
        said += " " + words.text("sensitivity.may_turn", count=len(open_ones), names=", ".join(open_ones[:_NAMED]))
    return said


def _sign(row: Row) -> int:
    """Return 1 or -1 where the whole interval lies on one side of zero, else 0."""
    low, high = float(row["low"]), float(row["high"])
    return 1 if low > 0.0 else -1 if high < 0.0 else 0


def _morris(panel: Panel, ranked: Sequence[str], found: SensitivityRead, words: Words) -> str:
    effect, spread = (found.by_parameter(panel, name) for name in ("mu_star", "sigma"))
    named = [f"{name} ({measured(effect[name], words, signed=False)})" for name in ranked[:_NAMED]]
    largest = float(effect[ranked[0]]["value"])
    idle = sum(float(effect[name]["high"]) < _NOTHING * largest for name in ranked)
    bent = [name for name in ranked[: 2 * _NAMED] if float(spread[name]["value"]) > float(effect[name]["value"])]
    unit = words.text.unit(panel.unit)
    said = [words.text("sensitivity.morris", named="; ".join(named), unit=unit)]
    if idle:
        said.append(words.text("sensitivity.idle", idle=idle, parameters=len(ranked)))
    if bent:
        said.append(words.text("sensitivity.bent", names=", ".join(bent[:_NAMED])))
    return " ".join(said)


def _sobol(panel: Panel, ranked: Sequence[str], found: SensitivityRead, words: Words) -> str:
    first, total = (found.by_parameter(panel, name) for name in ("first", "total"))
    named = [
        words.text(
            "sensitivity.share",
            name=name,
            alone=sourced(
                words.number.percent(max(float(first[name]["value"]), 0.0)),
                sensitivity_source(first[name], "(value>0)*value"),
            ),
            whole=share_at(float(total[name]["value"]), sensitivity_source(total[name], "value"), words),
        )
        for name in ranked[:_NAMED]
    ]
    alone = sum(max(float(row["value"]), 0.0) for row in first.values())
    said = [words.text("sensitivity.sobol", named="; ".join(named), alone=words.number.percent(min(alone, 1.0)))]
    if (pairs := found.pairs(panel)) and float(pairs[0]["low"]) > 0.0:
        pair = f"{pairs[0]['parameter']} × {pairs[0]['second']}"
        share = share_at(float(pairs[0]["value"]), sensitivity_source(pairs[0], "value"), words)
        said.append(words.text("sensitivity.pair", pair=pair, share=share))
    if (judged := found.emulator(panel)) is not None:
        said.append(about_emulator(judged, words))
    return " ".join(said)


def about_emulator(judged: Row, words: Words) -> str:
    """Say how good the emulator is."""
    return words.text(
        f"sensitivity.emulator_{judged['verdict']}",
        runs=sourced(words.number.count(float(judged["runs"])), emulator_source(judged, "runs")),
        q2=share_at(float(judged["q2"]), emulator_source(judged, "q2"), words),
        luck=share_at(float(judged["noise_share"]), emulator_source(judged, "noise_share"), words),
    )


def share_at(share: float, where: Source, words: Words) -> str:
    """Write a share, and where it stands."""
    return sourced(words.number.percent(share), where)


def about_refused(refused: Row, words: Words) -> str:
    """Say for what there is no answer, and why."""
    if "criterion" in refused:
        name = criterion_name(Decision(**{key: str(refused[key]) for key in CRITERION}), words)
    else:
        name = panel_name(Panel(**{key: str(refused[key]) for key in KEY}), words)
    shares = {key: words.number.percent(float(refused[key])) for key in ("r2", "noise_share") if key in refused}
    counts = {key: refused[key] for key in ("unusable", "values", "first", "sets") if key in refused}
    return f"{name}: " + words.text(f"sensitivity.refused_{refused['why']}", **shares, **counts)
