"""Say in plain sentences what a sweep shows: where the sign turns, from where on more gives nothing more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby

from sim.report.interplay import ends_of, verdict_of, written
from sim.report.numbers import decimals_given
from sim.report.sources import in_receipt, sourced
from sim.report.sweep_results import AxisRead, Panel, SweepRead, enough_source
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

_DIGITS = 4


def about_panel(panel: Panel, sweep: SweepRead, words: Words) -> str:
    """Return what is to be said of one outcome in one group."""
    rows = sweep.followed(panel)
    name = panel_name(panel, words)
    if not rows:
        return words.text("sweep.nothing", panel=name)
    if verdict_of(rows[0]) is Verdict.UNTESTED and int(rows[0]["n"]) < 2:
        return words.text("sweep.untested", panel=name)
    said = _map(rows, panel, sweep, words) if len(sweep.axes) > 1 else _line(rows, panel, sweep, words)
    return f"{name}: {said}"


def panel_name(panel: Panel, words: Words) -> str:
    """Return what a reader calls an outcome in a group."""
    return f"{words.outcome(panel.outcome)}, {group_name(panel, words)}"


def group_name(panel: Panel, words: Words) -> str:
    """Return what a reader calls the group of a panel."""
    if panel.group_by == "all":
        return words.text("sweep.everybody")
    if panel.group_by == "complex_needs":
        return words.text("sweep.complex_needs")
    name = words.group(panel.group_by, panel.group)
    return words.text("sweep.need_group", name=name) if panel.group_by == "need_group" else name


def axis_value(axis: AxisRead, value: float, words: Words) -> str:
    """Write a value of an axis, by its label where it has one."""
    if axis.labels:
        return axis.labels[axis.values.index(value)][words.lang]
    return words.number.plain(value, axis_decimals(value))


def axis_at(axis: AxisRead, value: float, words: Words) -> str:
    """Write a value of an axis, and where it stands in the receipt; a label stands for itself."""
    where = in_receipt(f"values[{axis.values.index(value)}]", at="sweep.axes", id=axis.id)
    return sourced(axis_value(axis, value, words), None if axis.labels else where)


def axis_decimals(value: float) -> int:
    """Return the decimals with which a value of an axis is written."""
    return decimals_given(value, _DIGITS)


def axis_title(axis: AxisRead, words: Words) -> str:
    """Write an axis with its unit."""
    unit = axis.unit.get(words.lang, "")
    return f"{axis.title[words.lang]}, {words.text.unit(unit)}" if unit else axis.title[words.lang]


def _line(rows: Sequence[Row], panel: Panel, sweep: SweepRead, words: Words) -> str:
    """Say along one axis: what is clear where, what the ends differ by, and from where on nothing is gained."""
    said = []
    if sweep.against is not None:
        said.append(_stretches(rows, sweep, words))
    said += [_from_end_to_end(rows, panel, sweep, words), _enough(panel, sweep, words)]
    return " ".join(one for one in said if one)


def _stretches(rows: Sequence[Row], sweep: SweepRead, words: Words) -> str:
    """Name the stretches of the axis over which the verdict on the difference is the same."""
    (axis,) = sweep.axes
    parts = []
    for kind, members in groupby(rows, key=verdict_of):
        stretch = list(members)
        first, last = (axis_at(axis, float(row["x"]), words) for row in (stretch[0], stretch[-1]))
        at = words.text("sweep.at", value=first) if first == last else words.text("sweep.span", low=first, high=last)
        verdict = words.text(f"sweep.is_{kind.value}", at=at)
        if kind in (Verdict.BETTER, Verdict.WORSE, Verdict.CHANGED):
            most = max(stretch, key=lambda row: abs(float(row["mean"])))
            verdict = words.text("sweep.most", verdict=verdict, size=_sized(most, sweep, words))
        parts.append(verdict)
    return words.text("sweep.against", against=sweep.title("against", words.lang), parts="; ".join(parts))


def _from_end_to_end(rows: Sequence[Row], panel: Panel, sweep: SweepRead, words: Words) -> str:
    """Say how the last value differs from the first."""
    (axis,) = sweep.axes
    last = rows[-1]
    low, high = (axis_at(axis, float(row["x"]), words) for row in (rows[0], last))
    kind, found = verdict_of(last, "change"), sweep.levels_off(panel)
    key = {Verdict.BETTER: "better", Verdict.WORSE: "worse", Verdict.UNCHANGED: "unchanged"}.get(kind, "unclear")
    if kind is Verdict.BETTER and found is not None and int(found["point"]) == 0:
        key = "alone"  # the stricter test, which allows for the number of values, does not call it clear
    of = "difference" if sweep.against is not None else "level"
    return words.text(f"sweep.ends_{key}_{of}", low=low, high=high, change=_sized(last, sweep, words, "change"))


def _enough(panel: Panel, sweep: SweepRead, words: Words) -> str:
    """Say from which value on no higher one is clearly better."""
    found = sweep.levels_off(panel)
    if found is None:
        return ""
    (axis,) = sweep.axes
    value = axis_at(axis, float(found["x"]), words)
    if found["last"]:
        return words.text("sweep.still_gains", value=value)
    nothing = all(float(found[name]) == 0.0 for name in ("gain_after", "gain_after_low", "gain_after_high"))
    key = "sweep.nothing_from_first" if int(found["point"]) == 0 else "sweep.nothing_more"
    gain = sourced(written(found, words, "gain_after"), enough_source(found, *ends_of(found, "gain_after")))
    more = "" if nothing else " " + words.text("sweep.at_best", gain=gain)
    return words.text(key, value=value, at_best=more)


def _map(rows: Sequence[Row], panel: Panel, sweep: SweepRead, words: Words) -> str:
    """Say over two axes: how many points are clear, where it is best and where worst."""
    sign = -1.0 if panel.better == "lower" else 1.0
    ranked = sorted((row for row in rows if math.isfinite(float(row["mean"]))), key=lambda row: sign * row["mean"])
    worst, best = (words.text("sweep.corner", where=_where(row, sweep, words), size=_sized(row, sweep, words))
                   for row in (ranked[0], ranked[-1]))  # fmt: skip
    if sweep.against is None:
        return words.text("sweep.map_level", best=best, worst=worst)
    kinds = [verdict_of(row) for row in rows]
    values = {"points": len(rows), "better": kinds.count(Verdict.BETTER), "worse": kinds.count(Verdict.WORSE)}
    values["unclear"] = len(rows) - values["better"] - values["worse"]
    against = sweep.title("against", words.lang)
    turns = "" if not (values["better"] and values["worse"]) else " " + words.text("sweep.map_turns")
    return words.text("sweep.map", against=against, best=best, worst=worst, **values) + turns


def _sized(row: Row, sweep: SweepRead, words: Words, key: str = "mean") -> str:
    """Write a number of a row that is followed with its interval, and where both stand."""
    return sourced(written(row, words, key), sweep.source(row, *ends_of(row, key)))


def _where(row: Row, sweep: SweepRead, words: Words) -> str:
    pairs = zip(sweep.axes, (float(row["x"]), float(row["y"])), strict=True)
    return ", ".join(f"{axis.title[words.lang]} {axis_at(axis, value, words)}" for axis, value in pairs)
