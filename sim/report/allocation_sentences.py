"""Say in plain sentences what an allocation asked, what is best within the budget, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.allocation_front import CHOICE
from sim.report.allocation_results import AllocationRead, front_source
from sim.report.numbers import decimals_for
from sim.report.sources import Source, in_receipt, sourced
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


def gain_source(row: Row, name: str) -> Source:
    """Return where the numbers stand that `gain` shows: the table holds per cent, not shares."""
    ends = ("", "_low", "_high") if math.isfinite(float(row[f"{name}_low"])) else ("",)
    return front_source(row, *(f"{name}{end}" + ("/100" if not end else "") for end in ends))


def chosen_text(row: Row, choice: Row, words: Words) -> str:
    """Write what a mix has of a choice: on or off, its number, a dash where its means are off."""
    value = float(row[f"{CHOICE}{choice['id']}"])
    if not math.isfinite(value):
        return "–"
    if choice["means"]:
        return words.text("allocation.on" if value else "allocation.off")
    return words.number.short(value)


def question(read: AllocationRead, words: Words) -> list[str]:
    """Return what was asked: the budget, and what a mix is judged by."""
    limits, text = read.limits, words.text
    parts = []
    if "sek" in limits:
        amount = sourced(money(limits["sek"], words), in_receipt("allocation.budget.sek/1e6"))
        parts.append(text("allocation.budget_sek", amount=amount))
    if "hours" in limits:
        amount = sourced(words.number.count(limits["hours"]), in_receipt("allocation.budget.hours"))
        parts.append(text("allocation.budget_hours", amount=amount))
    aims = [
        text(
            "allocation.aim",
            aim=text(f"aim.{aim['id']}"),
            weight=sourced(
                words.number.short(float(aim["weight"])), in_receipt("weight", at="allocation.aims", id=str(aim["id"]))
            ),
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
        values = ", ".join(
            sourced(
                words.number.short(float(value)),
                in_receipt(f"values[{place}]", at="allocation.choices", id=str(choice["id"])),
            )
            for place, value in enumerate(choice["values"])
        )
        unit = f" {choice['unit'][words.lang]}" if choice["unit"] else ""
        found.append(words.text("allocation.number", title=title, values=values, unit=unit))
    return found


def how_searched(read: AllocationRead, words: Words) -> str:
    """Return how many mixes were tried and confirmed, and how."""
    about, number = read.about, words.number
    unseen = words.text("allocation.new_sets" if read.results.facts.fit else "allocation.new_luck")
    return words.text(
        "allocation.searched",
        **{
            word: sourced(number.count(about[name]), in_receipt(f"allocation.{name}"))
            for word, name in (
                *(("tried", "tried"), ("all", "combinations")),
                *(("replications", "search_replications"), ("confirm", "confirm_replications")),
            )
        },
        optimiser=about["optimiser"], confirmed=len(read.rows), unseen=unseen,
    )  # fmt: skip


def answer(read: AllocationRead, words: Words) -> list[str]:
    """Return the best mix, what it gains, and what cannot be told from it."""
    best, text = read.best, words.text
    if best is None:
        return [text("allocation.none_confirmed", named=_over_budget(read, words))]
    title = read.title(best, words.lang)
    label = best["label"]
    said = [text("allocation.best", label=label, title=title, uses=sourced(uses(best, words), uses_source(best)))]
    if best["is_today"]:
        said = [text("allocation.best_is_today")]
    else:
        gains = "; ".join(f"{text(f'aim.{aim}')} {_gained(best, aim, words)}" for aim in read.weighed)
        said.append(text("allocation.gains", gains=gains, score=_gained(best, "score", words)))
        said.append(text(f"allocation.best_{_verdict(best)}"))
    return [*said, *_others(read, words), _front(read, words)]


def _gained(row: Row, name: str, words: Words) -> str:
    return sourced(gain(row, name, words), gain_source(row, name))


def uses_source(row: Row) -> Source:
    """Return where the numbers stand that `uses` shows."""
    ends = ("sek_low/1e6", "sek_high/1e6") if math.isfinite(float(row["sek_low"])) else ()
    return front_source(row, "sek/1e6", *ends, "hours")


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
    return ", ".join(
        f"{row['label']} ({_points(-float(row['behind']), front_source(row, '-behind'), words)})" for row in rows
    )


def _points(value: float, where: Source, words: Words) -> str:
    return words.text("allocation.points", value=sourced(words.number.signed(value, _PLACES), where))


def _over_budget(read: AllocationRead, words: Words) -> str:
    rows = [row for row in read.rows if not row["within_budget"]]
    return ", ".join(
        f"{row['label']} ({sourced(money(float(row['sek']), words), front_source(row, 'sek/1e6'))})" for row in rows
    )


def _front(read: AllocationRead, words: Words) -> str:
    """Say which mixes are on the front and how surely."""
    rows = [row for row in read.rows if row["on_front"]]
    sure = [
        f"{row['label']} {_on_front(row, words)}" if math.isfinite(float(row["share_on_front"])) else str(row["label"])
        for row in rows
    ]
    return words.text("allocation.front", named=", ".join(sure))


def _on_front(row: Row, words: Words) -> str:
    return sourced(words.number.percent(float(row["share_on_front"])), front_source(row, "share_on_front"))


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
                label=first["label"], searched=_points(seen, front_source(first, "searched_score"), words),
                confirmed=_gained(first, "score", words),
                luck=_points(seen - left, front_source(first, "searched_score-score"), words),
            )
        )  # fmt: skip
    for key, name in (("mean_optimism", "mean_optimism"), ("checked", "checked_score")):
        if about[name] is not None:
            value = _points(float(about[name]), in_receipt(f"allocation.{name}"), words)
            said.append(text(f"allocation.{key}", value=value))
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


def behind_source(row: Row) -> Source:
    """Return where the numbers stand that `behind_written` shows."""
    there = [name for name in ("behind", "behind_high", "behind_low") if math.isfinite(float(row[name]))]
    return front_source(row, *(f"-{name}" for name in there))
