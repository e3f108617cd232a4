"""Say in sentences what a comparison costs, whom, what it gains, when it pays back, and from whose point of view."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from sim.analysis.value_incremental import DOMINATED, EXTENDEDLY, FRONTIER, NOTHING, REFERENCE
from sim.analysis.value_settings import CASH, DEFAULT_EFFECT, FULL, PERSPECTIVES, PRICED
from sim.report.numbers import decimals_for
from sim.report.sources import Source, plain, sourced
from sim.report.value_results import Estimate, ValueResults, estimate
from sim.report.words import Words

MILLION = 1e6


def held(words: Words) -> ValueResults | None:
    """Return the tables on money and value when something was compared, and set beside an effect."""
    value = words.results.value
    if value is None or not words.results.compared or value.tables["value"].empty:
        return None
    return value


def millions(found: Estimate, words: Words, *, signed: bool = True) -> tuple[str, str]:
    """Return a sum and its interval in millions of SEK, all numbers with the same decimals."""
    return written(found.times(1.0 / MILLION), words, signed=signed)


def written(found: Estimate, words: Words, *, signed: bool = True) -> tuple[str, str]:
    """Return a mean and its interval, all numbers with the same decimals."""
    places = decimals_for(found.mean, found.low, found.high)
    write = words.number.signed if signed else words.number.plain
    return write(found.mean, places), words.number.interval(found.low, found.high, decimals=places, signed=signed)


def option_source(row: pd.Series, *numbers: str) -> Source:
    """Return where numbers of an option stand."""
    key = {name: str(row[name]) for name in ("scenario", "perspective", "cost_kind")}
    return Source(table="value.csv", row=key, numbers=numbers)


def sum_of_money(row: pd.Series, words: Words) -> str:
    """Write the cost of an option with its interval, in millions of SEK, with its source."""
    mean, interval = millions(estimate(row, "cost", "cost_low", "cost_high"), words)
    return sourced(f"{mean} {interval}", option_source(row, "cost/1e6", "cost_low/1e6", "cost_high/1e6"))


def frame(words: Words) -> list[str]:
    """Return the choices behind the section, named as CHEERS 2022 names them."""
    value = held(words)
    if value is None:
        return []
    text, number, row = words.text, words.number, value.tables["value"].iloc[0]
    said = [
        text("value.perspective", perspective=text(f"perspective.{value.seen_from}")),
        *_left_out(value, words),
        text("value.horizon", years=number.short(float(row["years"]))),
        text("value.discount", rate=number.percent(float(row["discount_rate"]))),
    ]
    if math.isfinite(float(row["price_year"])):
        said.append(text("value.price_date", year=int(row["price_year"])))
    return [*said, text("value.outcome", effect=_lower(words.outcome(str(row["effect"])))) + " " + _why(row, words),
            text(_points_are(words), n=_points(value))]  # fmt: skip


def _points_are(words: Words) -> str:
    facts = words.results.facts
    return "value.points_fitted" if facts.fit else "value.points_sets" if facts.ensemble else "value.points"


def _points(value: ValueResults) -> int:
    return int(value.tables["value"]["n"].max())


def _why(row: pd.Series, words: Words) -> str:
    effect = str(row["effect"])
    if effect == "qalys":
        return words.text("value.qalys_chosen")
    key = "value.default_effect" if effect == DEFAULT_EFFECT else "value.own_effect"
    said = [words.text("value.counted_twice" if effect in PRICED else key), words.text("value.qalys")]
    return " ".join(said)


def _left_out(value: ValueResults, words: Words) -> list[str]:
    """Say which perspectives could not be told, and why; and what society's leaves out."""
    said = [words.text(f"left_out.{one}") for one in PERSPECTIVES if one not in value.perspectives]
    if value.seen_from == "society":
        said.append(words.text("left_out.of_society"))
    return said


def findings(words: Words) -> list[str]:
    """Return a sentence on each scenario: dominance or trade-off, in full cost, and what is sure of it."""
    value = held(words)
    if value is None:
        return []
    said = []
    for scenario in words.results.compared:
        row = value.option(scenario, FULL)
        if row is not None:
            said.append(_finding(scenario, row, words))
    return said


def _finding(scenario: str, row: pd.Series, words: Words) -> str:
    text = words.text
    title = words.scenario(scenario)
    if row["finding"] == NOTHING:
        return text("value.finding_nothing", scenario=title)
    mean, _ = millions(estimate(row, "cost", "cost_low", "cost_high"), words)
    cost = sourced(mean, option_source(row, "cost/1e6"))
    key = f"value.finding.{str(row['finding']).replace(', ', '_').replace(' ', '_')}"
    said = text(key, scenario=title, cost=cost, gain=gained(row, words))
    return f"{said} {text('value.sure' if row['certain'] == 'True' else 'value.unsure')}"


def gained(row: pd.Series, words: Words) -> str:
    """Say how much is gained, or lost, so that no minus meets an "avoided"."""
    effect, gain = str(row["effect"]), float(row["gain"])
    size = sourced(words.number.plain(abs(gain)), option_source(row, "abs(gain)"))
    return f"{size} {unit(effect, words) if gain >= 0 else words.text(f'lost.{effect}')}"


def unit(effect: str, words: Words) -> str:
    """Return what a unit of gain is called, e.g. days with unmet need avoided."""
    return words.text(f"gain.{effect}")


def status(row: pd.Series, words: Words) -> tuple[str, str]:
    """Return an option's place in the incremental analysis, and its ratio to the next cheaper one."""
    other = words.scenario(str(row["compared_with"])) if row["compared_with"] else ""
    if row["status"] == FRONTIER:
        ratio = sourced(words.number.plain(float(row["icer"])), option_source(row, "icer"))
        return words.text("status.frontier", icer=ratio, unit=words.text.unit(str(row["unit"]))), words.text(
            "status.against", scenario=other
        )
    if row["status"] == REFERENCE:
        return words.text("status.reference"), ""
    key = {DOMINATED: "dominated", EXTENDEDLY: "extendedly"}.get(str(row["status"]), "same")
    return words.text(f"status.{key}"), words.text("status.by", scenario=other) if other else ""


def frontier(words: Words) -> list[str]:
    """Say which option is best at which price, and how surely: the acceptability frontier in words."""
    value = held(words)
    if value is None:
        return []
    curve = value.rows("acceptability", FULL)
    best = curve[curve["on_frontier"] == "True"].sort_values("price")
    said, spans = [], _spans(best["scenario"].tolist())
    for first, last in spans:
        start, end = best.iloc[first], best.iloc[last]
        said.append(
            words.text(
                "value.frontier",
                low=_curve_number(start, "price", words),
                high=_curve_number(end, "price", words),
                unit=words.text.unit(str(start["unit"])),
                scenario=words.scenario(str(start["scenario"])),
                share=_shares(best.iloc[first : last + 1], words),
            )
        )
    return said


def _curve_number(row: pd.Series, name: str, words: Words) -> str:
    """Write a price or a share of the acceptability curve."""
    key = {column: str(row[column]) for column in ("scenario", "perspective", "cost_kind", "price")}
    write = words.number.count if name == "price" else words.number.percent
    return sourced(write(float(row[name])), Source(table="acceptability.csv", row=key, numbers=(name,)))


def _shares(found: pd.DataFrame, words: Words) -> str:
    shares = found["share_best"].to_numpy()
    low, high = (_curve_number(found.iloc[at], "share_best", words) for at in (shares.argmin(), shares.argmax()))
    return low if plain(low) == plain(high) else words.text("value.shares", low=low, high=high)


def _spans(names: Sequence[str]) -> list[tuple[int, int]]:
    """Return first and last position of each stretch of the same name."""
    starts = [at for at in range(len(names)) if at == 0 or names[at] != names[at - 1]]
    return [(start, end - 1) for start, end in zip(starts, [*starts[1:], len(names)], strict=True)]


def pays_back(row: pd.Series, quarters: int, words: Words) -> str:
    """Return when a scenario pays back, with the earliest and the latest that the interval leaves open."""
    return plain(pays_back_with_sources(row, quarters, words))


def pays_back_with_sources(row: pd.Series, quarters: int, words: Words) -> str:
    """Return the same for a page, where each number says where it stands."""
    when, first, last = (row[name] for name in ("payback_quarter", "earliest", "latest"))
    every = _quarter(quarters, row, "quarter")
    if pd.isna(when):
        said = words.text("payback.never", quarters=every)
        if pd.isna(first):
            return said
        return f"{said} {words.text('payback.perhaps', quarter=_quarter(first, row, 'earliest'))}"
    said = words.text("payback.quarter", quarter=_quarter(when, row, "payback_quarter"))
    if pd.isna(row["low"]) or (not pd.isna(first) and first == last):
        return said
    earliest, latest = (
        every if pd.isna(one) else _quarter(one, row, name) for one, name in ((first, "earliest"), (last, "latest"))
    )
    return f"{said} {words.text('payback.open' if pd.isna(last) else 'payback.between', first=earliest, last=latest)}"


def _quarter(number: float, row: pd.Series, name: str) -> str:
    """Write the number of a quarter; the row is that of the last quarter, so it says how many there are."""
    key = {column: str(row[column]) for column in ("scenario", "perspective", "cost_kind", "quarter") if column in row}
    return sourced(str(int(number)), Source(table="payback.csv", row=key, numbers=(name,)))


def whose(value: ValueResults, words: Words) -> str:
    """Return in a word or two whose money a figure shows."""
    return words.text(f"whose.{value.seen_from}")


def kinds(words: Words) -> dict[str, str]:
    """Return what full cost and cash are called in a legend."""
    return {kind: words.text(f"cost_kind.{kind}") for kind in (FULL, CASH)}


def _lower(name: str) -> str:
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]
