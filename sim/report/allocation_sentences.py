"""Say in plain sentences what an allocation asked, what is best within the budget, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.report.allocation_results import AllocationRead
from sim.report.numbers import decimals_for
from sim.report.tables import Row
from sim.report.words import Words

_MILLION = 1e6
_PLACES = 2
"""Decimals of gains in per cent: coordination moves a whole place by tenths of one."""


def money(sek: float, words: Words) -> str:
    """Write an amount a year in millions."""
    return words.text("allocation.msek", amount=words.number.plain(sek / _MILLION, 1))


def gain(row: Row, name: str, words: Words) -> str:
    """Write a gain in per cent with its interval."""
    mean, low, high = (float(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    written = words.text("allocation.percent", value=words.number.signed(mean, _PLACES))
    return f"{written} {words.number.interval(low, high, decimals=_PLACES)}" if math.isfinite(low) else written


def question(read: AllocationRead, words: Words) -> list[str]:
    """Return what was asked: the budget, and what a mix is judged by."""
    limits, text = read.limits, words.text
    parts = [text("allocation.budget_sek", amount=money(limits["sek"], words))] if "sek" in limits else []
    if "hours" in limits:
        parts.append(text("allocation.budget_hours", amount=words.number.count(limits["hours"])))
    aims = [
        text(
            "allocation.aim",
            aim=text(f"aim.{aim['id']}"),
            weight=words.number.short(float(aim["weight"])),
            outcomes=", ".join(words.outcome(outcome) for outcome in aim["outcomes"]),
        )
        for aim in read.aims
    ]
    return [text("allocation.budget", limits="; ".join(parts)), text("allocation.judged"), *aims]


def open_choices(read: AllocationRead, words: Words) -> list[str]:
    """Return a sentence for each thing that could be chosen."""
    found = []
    for choice in read.choices:
        title = str(choice["title"][words.lang])
        if choice["means"]:
            found.append(words.text("allocation.switch", title=title))
            continue
        values = ", ".join(words.number.short(float(value)) for value in choice["values"])
        unit = f" {choice['unit'][words.lang]}" if choice["unit"] else ""
        found.append(words.text("allocation.number", title=title, values=values, unit=unit))
    return found


def how_searched(read: AllocationRead, words: Words) -> str:
    """Return how many mixes were tried and confirmed, and how."""
    about, number = read.about, words.number
    fitted = words.text("allocation.new_sets") if read.results.facts.fit else ""
    return words.text(
        "allocation.searched",
        tried=number.count(about["tried"]), all=number.count(about["combinations"]), optimiser=about["optimiser"],
        replications=about["search_replications"], confirmed=len(read.rows), confirm=about["confirm_replications"],
        fitted=fitted,
    )  # fmt: skip


def answer(read: AllocationRead, words: Words) -> list[str]:
    """Return the best mix, what it gains, and what cannot be told from it."""
    best, text = read.best, words.text
    if best is None:
        return [text("allocation.none_confirmed", named=_over_budget(read, words))]
    title = read.title(best, words.lang)
    label = best["label"]
    said = [text("allocation.best", label=label, title=title, uses=uses(best, words))]
    if best["is_today"]:
        said = [text("allocation.best_is_today")]
    else:
        gains = "; ".join(f"{text(f'aim.{aim}')} {gain(best, aim, words)}" for aim in read.weighed)
        said.append(text("allocation.gains", gains=gains, score=gain(best, "score", words)))
        said.append(text(f"allocation.best_{_verdict(best)}"))
    return [*said, *_others(read, words), _front(read, words)]


def uses(row: Row, words: Words) -> str:
    """Write what a mix takes to run."""
    low, high = float(row["sek_low"]), float(row["sek_high"])
    interval = words.number.interval(low / _MILLION, high / _MILLION, decimals=1, signed=False)
    hours = words.number.count(float(row["hours"]))
    return words.text("allocation.uses", sek=money(float(row["sek"]), words), interval=interval, hours=hours)


def _verdict(row: Row) -> str:
    if float(row["score_low"]) > 0.0:
        return "clear"
    return "worse" if float(row["score_high"]) < 0.0 else "unclear"


def _others(read: AllocationRead, words: Words) -> list[str]:
    """Say which mixes are not clearly behind the best, and which are."""
    others = [row for row in read.rows if row["within_budget"] and not row["best"]]
    near = [row for row in others if not row["clearly_behind"]]
    behind = [row for row in others if row["clearly_behind"]]
    said = [words.text("allocation.not_told_apart", named=_named(near, words))] if near else []
    if behind:
        said.append(words.text("allocation.behind", named=_named(behind, words)))
    over = _over_budget(read, words)
    return [*said, *([words.text("allocation.over", named=over)] if over else [])]


def _named(rows: Sequence[Row], words: Words) -> str:
    """Name mixes with how far each is behind."""
    return ", ".join(f"{row['label']} ({_points(-float(row['behind']), words)})" for row in rows)


def _points(value: float, words: Words) -> str:
    return words.text("allocation.points", value=words.number.signed(value, _PLACES))


def _over_budget(read: AllocationRead, words: Words) -> str:
    rows = [row for row in read.rows if not row["within_budget"]]
    return ", ".join(f"{row['label']} ({money(float(row['sek']), words)})" for row in rows)


def _front(read: AllocationRead, words: Words) -> str:
    """Say which mixes are on the front and how surely."""
    rows = [row for row in read.rows if row["on_front"]]
    sure = [
        f"{row['label']} {words.number.percent(float(row['share_on_front']))}"
        if math.isfinite(float(row["share_on_front"]))
        else str(row["label"])
        for row in rows
    ]
    return words.text("allocation.front", named=", ".join(sure))


def luck(read: AllocationRead, words: Words) -> list[str]:
    """Say how much of what the search saw was luck."""
    about, text = read.about, words.text
    first = read.row(about["searched_best"])
    said = []
    if first is not None:
        seen, left = float(first["searched_score"]), float(first["score"])
        said.append(
            text(
                "allocation.curse",
                label=first["label"], searched=_points(seen, words), confirmed=gain(first, "score", words),
                luck=_points(seen - left, words),
            )
        )  # fmt: skip
    if about["mean_optimism"] is not None:
        said.append(text("allocation.mean_optimism", value=_points(float(about["mean_optimism"]), words)))
    if about["checked_score"] is not None:
        said.append(text("allocation.checked", value=_points(float(about["checked_score"]), words)))
    return said


def how_sure(read: AllocationRead, words: Words) -> str:
    """Return what intervals and shares hold."""
    runs = int(read.about["confirm_replications"])
    if runs < 2:
        return words.text("sure.none")
    key = "allocation.sure_fitted" if read.results.facts.fit else "allocation.sure"
    return words.text(key, n=runs)


def behind_written(row: Row, words: Words) -> str:
    """Write how far a mix is behind the best, with its interval."""
    mean, low, high = (-float(row[name]) for name in ("behind", "behind_high", "behind_low"))
    if not math.isfinite(mean):
        return "–"
    places = max(_PLACES, decimals_for(mean) if abs(mean) < 1 else _PLACES)
    return f"{words.number.signed(mean, places)} {words.number.interval(low, high, decimals=places)}"
