"""Say in plain sentences which unknowns matter, whether they change the choice, and what to find out first."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.numbers import decimals_for
from sim.report.sensitivity_results import CRITERION, KEY, MORRIS, TORNADO, Decision, Panel, SensitivityRead
from sim.report.tables import Row
from sim.report.words import Words

_NAMED = 3
_NOTHING = 0.05
"""A parameter whose effect is below this share of the largest can be left at its start value."""
_TELLS = 0.1
"""A share of sets that changes by less is not worth a sentence."""


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
    said = [words.text("sensitivity.tornado", start=size(start, words), unit=unit, named="; ".join(named))]
    if math.isfinite(float(start["low"])):
        said.append(words.text("sensitivity.clear", clear=clear, parameters=len(ranked)))
    if panel.against:
        said.append(_signs(panel, ranked, found, words))
    return " ".join(said)


def _changed(start: Row, change: Row, words: Words) -> str:
    value = float(start["value"]) + float(change["value"])
    return words.number.signed(value, decimals_for(value, float(start["value"])))


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
    named = [f"{name} ({size(effect[name], words, signed=False)})" for name in ranked[:_NAMED]]
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
            alone=words.number.percent(max(float(first[name]["value"]), 0.0)),
            whole=words.number.percent(float(total[name]["value"])),
        )
        for name in ranked[:_NAMED]
    ]
    alone = sum(max(float(row["value"]), 0.0) for row in first.values())
    said = [words.text("sensitivity.sobol", named="; ".join(named), alone=words.number.percent(min(alone, 1.0)))]
    if (pairs := found.pairs(panel)) and float(pairs[0]["low"]) > 0.0:
        pair = f"{pairs[0]['parameter']} × {pairs[0]['second']}"
        said.append(words.text("sensitivity.pair", pair=pair, share=words.number.percent(float(pairs[0]["value"]))))
    if (judged := found.emulator(panel)) is not None:
        said.append(about_emulator(judged, words))
    return " ".join(said)


def about_emulator(judged: Row, words: Words) -> str:
    """Say how good the emulator is."""
    return words.text(
        f"sensitivity.emulator_{judged['verdict']}",
        runs=words.number.count(float(judged["runs"])),
        q2=words.number.percent(float(judged["q2"])),
        luck=words.number.percent(float(judged["noise_share"])),
    )


def about_ranking(decision: Decision, found: SensitivityRead, words: Words) -> str:
    """Say which scenario is best in how many sets, and which parameter changes that most."""
    name = criterion_name(decision, words)
    if found.method == TORNADO:
        return f"{name}: {_best_at_ends(decision, found, words)}"
    shares = found.shares(decision, "all")[""]
    ranked = sorted(shares, key=lambda one: -shares[one])
    listed = "; ".join(f"{words.scenario(one)} {words.number.percent(shares[one])}" for one in ranked)
    said = [words.text("sensitivity.best_in", shares=listed)]
    low, high = found.shares(decision, "low"), found.shares(decision, "high")
    best = ranked[0]
    change = {one: high[one][best] - low[one][best] for one in low}
    most = max(change, key=lambda one: abs(change[one]), default="")
    if most and abs(change[most]) >= _TELLS:
        values = {"low": words.number.percent(low[most][best]), "high": words.number.percent(high[most][best])}
        said.append(words.text("sensitivity.decides", scenario=words.scenario(best), parameter=most, **values))
    elif low:
        said.append(words.text("sensitivity.none_decides"))
    return f"{name}: " + " ".join(said)


def _best_at_ends(decision: Decision, found: SensitivityRead, words: Words) -> str:
    start = found.shares(decision, "start")[""]
    best = _best(start)
    ends = {end: words.text(f"sensitivity.end_{end}") for end in ("low", "high")}
    changes = [
        words.text("sensitivity.then_best", scenario=words.scenario(other), parameter=parameter, end=ends[end])
        for end in ("low", "high")
        for parameter, shares in found.shares(decision, end).items()
        if shares[best] == 0.0 and shares[other := _best(shares)] == 1.0
    ]  # fmt: skip
    share = words.number.percent(start[best])
    said = words.text("sensitivity.best_at_start", scenario=words.scenario(best), share=share)
    if not changes:
        return said + " " + words.text("sensitivity.always_best")
    more = "" if len(changes) <= _NAMED else " " + words.text("sensitivity.more", count=len(changes) - _NAMED)
    return said + " " + words.text("sensitivity.changes", changes="; ".join(changes[:_NAMED])) + more


def _best(shares: dict[str, float]) -> str:
    return max(shares, key=lambda one: shares[one])


def about_information(decision: Decision, found: SensitivityRead, words: Words) -> str:
    """Say what knowing more would be worth, and what to find out first."""
    worth = found.worth(decision)
    unit, name = words.text.unit(decision.unit), criterion_name(decision, words)
    whole = worth[""]
    if float(whole["high"]) <= 0.0:
        return f"{name}: {words.text('sensitivity.nothing_to_learn')}"
    clear = sorted(
        (row for key, row in worth.items() if key and str(row["clear"]) == "True" and float(row["value"]) > 0.0),
        key=lambda row: -float(row["value"]),
    )
    places = decimals_for(float(whole["high"]))
    ends = (words.number.plain(float(whole[end]), places) for end in ("value", "high"))
    least, most = ends
    said = [words.text("sensitivity.all_known", least=least, most=most, unit=unit)]
    if clear:
        listed = "; ".join(f"{row['parameter']} ({size(row, words, signed=False)})" for row in clear[:_NAMED])
        said.append(words.text("sensitivity.measure_first", listed=listed, clear=len(clear), parameters=len(worth) - 1))
    else:
        said.append(words.text("sensitivity.nothing_first", parameters=len(worth) - 1))
    return f"{name}: " + " ".join(said)


def about_refused(refused: Row, words: Words) -> str:
    """Say for what there is no answer, and why."""
    if "criterion" in refused:
        name = criterion_name(Decision(**{key: str(refused[key]) for key in CRITERION}), words)
    else:
        name = panel_name(Panel(**{key: str(refused[key]) for key in KEY}), words)
    shares = {key: words.number.percent(float(refused[key])) for key in ("r2", "noise_share") if key in refused}
    counts = {key: refused[key] for key in ("unusable", "values", "first", "sets") if key in refused}
    return f"{name}: " + words.text(f"sensitivity.refused_{refused['why']}", **shares, **counts)
