"""Say in plain sentences what a stress test shows: what a disturbance costs, what survives of the gain, how long."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from sim.analysis.recovery import normal
from sim.analysis.stress import LOSS, NO_RUNS, TOLD, WEEKS, YEAR
from sim.report.facts import read_titles
from sim.report.interplay import ends_of, verdict_of, written
from sim.report.sources import in_receipt, sourced
from sim.report.stress_results import StressRead, recovery_source, stress_source
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

_FOLLOWED = ("open_needs", "ed_visits", "in_bed", "boarding", "wait_days", "known_share")
"""Series whose way back to normal is told."""
_MANY_TIMES = 9.0
"""A change beyond ten times as much reads better as that."""
SHARE = ("survives", "survives_low", "survives_high")
"""The numbers of a surviving share."""
_ROUNDING = 1e-9
"""An interval without width is not told from all of it by how numbers are rounded."""


def strike_title(disturbance: Mapping[str, Any], words: Words) -> str:
    """Return what a reader calls a disturbance."""
    return read_titles(disturbance["title"])[words.lang]


def group_name(group: tuple[str, str], words: Words) -> str:
    """Return what a reader calls a group of people."""
    if group[0] in ("all", "complex_needs"):
        return words.text("sweep.everybody" if group[0] == "all" else "sweep.complex_needs")
    name = words.group(*group)
    return words.text("sweep.need_group", name=name) if group[0] == "need_group" else name


def about_disturbance(disturbance: Mapping[str, Any], words: Words) -> str:
    """Say what a disturbance is, when it strikes, and for how long."""
    first, days = (
        sourced(words.number.plain(number, 0), in_receipt(name, at="stress.disturbances", id=str(disturbance["id"])))
        for number, name in ((float(disturbance["from_day"]) + 1, "from_day+1"), (float(disturbance["days"]), "days"))
    )
    summary = read_titles(disturbance["summary"])[words.lang]
    return words.text(
        "stress.disturbance", title=strike_title(disturbance, words), summary=summary, first=first, days=days
    )


def answer(scenario: str, disturbance: Mapping[str, Any], stress: StressRead, words: Words) -> list[str]:
    """Return the sentences on one disturbance and one way of coordinating care."""
    said = []
    for group in stress.groups:
        weeks = _shares(scenario, disturbance, group, WEEKS, stress, words)
        year = _shares(scenario, disturbance, group, YEAR, stress, words)
        said.append(words.text("stress.in_group", group=group_name(group, words), weeks=weeks, year=year))
    return [*said, *_harm(scenario, disturbance, stress, words), *_back(scenario, disturbance, stress, words)]


def share_written(row: Row, words: Words) -> str:
    """Write a surviving share with its interval, or why there is none."""
    if row["told"] != TOLD:
        return words.text(f"stress.untold_{row['told']}")
    low, high = (words.number.percent(float(row[name])) for name in ("survives_low", "survives_high"))
    return f"{words.number.percent(float(row['survives']))} [{low}; {high}]"


def share_meant(row: Row, words: Words) -> str:
    """Say what a told share means: all of the gain, less, none for sure, or more than calm."""
    low, high = float(row["survives_low"]), float(row["survives_high"])
    if low > 1.0 + _ROUNDING:
        return words.text("stress.grows")
    if high >= 1.0 - _ROUNDING:
        return words.text("stress.may_be_all" if low > 0.0 else "stress.open")
    return words.text("stress.shrinks" if low > 0.0 else "stress.may_be_gone")


def _shares(
    scenario: str, disturbance: Mapping[str, Any], group: tuple[str, str], span: str, stress: StressRead, words: Words
) -> str:
    """List the surviving shares that are told in a span, and count the others."""
    told, untold = [], 0
    for outcome in stress.about["outcomes"]:
        row = stress.row(scenario, str(disturbance["id"]), outcome, group, span)
        if row is None:
            continue
        if row["told"] == TOLD:
            share = sourced(share_written(row, words), stress_source(row, *SHARE))
            meant = share_meant(row, words)
            told.append(words.text("stress.share", outcome=words.outcome(outcome), share=share, meant=meant))
        elif row["told"] != LOSS:
            untold += 1
        if row["told"] == NO_RUNS:
            return words.text("stress.untold_one_run")
    if not told:
        return words.text("stress.none_told")
    listed = "; ".join(told)
    return listed if not untold else words.text("stress.and_untold", listed=listed, untold=untold)


def _harm(scenario: str, disturbance: Mapping[str, Any], stress: StressRead, words: Words) -> list[str]:
    """Say which outcomes the disturbance clearly harms among everybody, today and with the means."""
    parts = []
    for outcome in stress.about["outcomes"]:
        row = stress.row(scenario, str(disturbance["id"]), outcome, stress.groups[0])
        if row is not None and Verdict.WORSE in (verdict_of(row, "harm_against"), verdict_of(row, "harm_with")):
            today, with_it = (
                sourced(written(row, words, name), stress_source(row, *ends_of(row, name)))
                for name in ("harm_against", "harm_with")
            )
            unit = words.text.unit(str(row["unit"]))
            parts.append(
                words.text("stress.harmed", outcome=words.outcome(outcome), today=today, with_it=with_it, unit=unit)
            )
    group = group_name(stress.groups[0], words)
    return (
        [words.text("stress.harm", group=group, listed="; ".join(parts))] if parts else [words.text("stress.no_harm")]
    )


def _back(scenario: str, disturbance: Mapping[str, Any], stress: StressRead, words: Words) -> list[str]:
    """Say how long it takes until each series is normal again, today and with the means."""
    parts = []
    for series in _FOLLOWED:
        rows = [stress.back(one, str(disturbance["id"]), series) for one in (stress.against, scenario)]
        if any(row is not None and row["ever_off"] for row in rows):
            today, with_it = (
                sourced(back_written(row, words), recovery_source(row, *back_numbers(row)) if row else None)
                for row in rows
            )
            parts.append(words.text("stress.back", series=words.text(f"series.{series}"), today=today, with_it=with_it))
    if not parts:
        return [words.text("stress.never_off", band=words.number.percent(normal().band_share))]
    return [words.text("stress.backs", listed="; ".join(parts))]


def back_written(row: Row | None, words: Words) -> str:
    """Write how long a series took until it was normal again."""
    if row is None:
        return words.text("stress.no_weeks")
    if not row["ever_off"]:
        return words.text("stress.stayed")
    days = float(row["days_until_normal"])
    if math.isnan(days):
        return words.text("stress.not_back")
    return (
        words.text("stress.at_once")
        if days == 0.0
        else words.text("stress.after_days", days=words.number.plain(days, 0))
    )


def furthest_written(row: Row, words: Words) -> str:
    """Write how far off a series was at the furthest: a change in per cent, or how many times as much as usual."""
    share = float(row["furthest_share"])
    if not share >= _MANY_TIMES:
        return words.number.percent(share, signed=True)
    return words.text("stress.times_usual", times=words.number.plain(1.0 + share, 0))


def furthest_numbers(row: Row) -> tuple[str, ...]:
    """Return the column whose number `furthest_written` shows; how many times as much as usual stands in none."""
    return () if float(row["furthest_share"]) >= _MANY_TIMES else ("furthest_share",)


def back_numbers(row: Row) -> tuple[str, ...]:
    """Return the column whose number `back_written` shows, if any."""
    return ("days_until_normal",) if row["ever_off"] and float(row["days_until_normal"]) != 0.0 else ()


def how_normal(words: Words) -> str:
    """Say what counts as back to normal."""
    rule = normal()
    return words.text(
        "stress.normal", band=words.number.percent(rule.band_share), weeks=words.number.plain(rule.weeks_in_a_row, 0)
    )  # fmt: skip
