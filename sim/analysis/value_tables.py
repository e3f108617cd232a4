"""Set cost beside effect: a row per scenario with dominance, ICER and net benefit, and acceptability over prices."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.differences import intervals_of
from sim.analysis.value_acceptability import net_benefit, share_best, share_interval, share_positive
from sim.analysis.value_courses import Place
from sim.analysis.value_incremental import incremental, quadrant
from sim.analysis.value_settings import Price

F64 = npt.NDArray[np.float64]

VALUE_COLUMNS = (
    *("scenario", "baseline", "perspective", "cost_kind", "effect", "unit"),
    *("cost", "cost_low", "cost_high", "gain", "gain_low", "gain_high", "finding", "certain"),
    *("status", "compared_with", "icer", "price", "net_benefit", "net_benefit_low", "net_benefit_high"),
    *("share_worth_it", "n", "years", "discount_rate", "price_year"),
)
CURVE_COLUMNS = (
    *("scenario", "perspective", "cost_kind", "effect", "unit", "price", "net_benefit"),
    *("share_worth_it", "share_low", "share_high", "share_best", "on_frontier", "n"),
)
PRICES = 41
"""Points of an acceptability curve."""


def _views(points: pd.DataFrame) -> Iterator[tuple[tuple[str, str, str, str], dict[str, pd.DataFrame]]]:
    """Yield perspective, kind of cost, effect and unit with the points of every scenario."""
    head = ["perspective", "cost_kind", "effect", "unit"]
    for (perspective, kind, effect, unit), rows in points.groupby(head, sort=False):
        own = {str(name): part for name, part in rows.groupby("scenario", sort=False)}
        yield (str(perspective), str(kind), str(effect), str(unit)), own


def value_table(points: pd.DataFrame, baseline: str, place: Place, price: Price, rate: float) -> pd.DataFrame:
    """Return one row per perspective, kind of cost and scenario, the baseline among them, as it is an option too."""
    rows: list[dict[str, object]] = []
    for (perspective, kind, effect, unit), own in _views(points):
        about: dict[str, object] = {"perspective": perspective, "cost_kind": kind, "effect": effect, "unit": unit}
        about |= {"baseline": baseline, "price": price.reference_sek, "years": place.years, "discount_rate": rate}
        about |= {"price_year": place.price_year}
        options = {baseline: _nothing(), **{name: _measures(part, place, price) for name, part in own.items()}}
        names = list(options)
        costs, gains = ([float(str(options[name][key])) for name in names] for key in ("cost", "gain"))
        for name, stands in zip(names, incremental(costs, gains), strict=True):
            against = "" if stands.compared_with is None else names[stands.compared_with]
            more = {"status": stands.status, "compared_with": against, "icer": stands.icer}
            rows.append({"scenario": name} | about | options[name] | more)
    return pd.DataFrame(rows, columns=list(VALUE_COLUMNS))


def _nothing() -> dict[str, object]:
    """Return the measures of the baseline against itself."""
    zeros = [f"{name}{end}" for name in ("cost", "gain", "net_benefit") for end in ("", "_low", "_high")]
    return dict.fromkeys(zeros, 0.0) | {"finding": "", "certain": "", "share_worth_it": np.nan, "n": np.nan}


def _measures(part: pd.DataFrame, place: Place, price: Price) -> dict[str, object]:
    cost, gain = part["cost_sek"].to_numpy(np.float64), part["gain"].to_numpy(np.float64)
    benefit = net_benefit(cost, gain, price.reference_sek)
    mean, low, high = intervals_of(np.stack([cost, gain, benefit], axis=1), place.of_next_run)
    found: dict[str, object] = {}
    for name, *ends in zip(("cost", "gain", "net_benefit"), mean, low, high, strict=True):
        found |= dict(zip((name, f"{name}_low", f"{name}_high"), map(float, ends), strict=True))
    clear = [bool(low[at] > 0.0 or high[at] < 0.0) for at in (0, 1)]
    found |= {"finding": quadrant(float(mean[0]), float(mean[1])), "certain": all(clear), "n": len(part)}
    return found | {"share_worth_it": share_positive(benefit)}


def acceptability_table(points: pd.DataFrame, baseline: str, price: Price) -> pd.DataFrame:
    """Return one row per perspective, kind of cost, price and option.

    `share_worth_it` is the share of points in which a scenario is worth its cost against the baseline (CEAC of the
    pair), `share_best` that in which it is the best of all options. `on_frontier` marks the option with the highest
    mean net benefit (CEAF): which is best is one question, how surely it is best another. The best of all is asked
    of the replications that every scenario has.
    """
    parts = []
    for (perspective, kind, effect, unit), own in _views(points):
        about = {"perspective": perspective, "cost_kind": kind, "effect": effect, "unit": unit}
        alone = {name: _numbers(part) for name, part in own.items()}
        shared = set.intersection(*(set(part["replication"]) for part in own.values()))
        together = [
            _numbers(part[part["replication"].isin(shared)].sort_values("replication")) for part in own.values()
        ]
        for at in np.linspace(price.low_sek, price.high_sek, PRICES).tolist():
            rows = _at_price(alone, together, baseline, at)
            parts += [about | {"price": at} | row for row in rows]
    return pd.DataFrame(parts, columns=list(CURVE_COLUMNS))


def _numbers(part: pd.DataFrame) -> tuple[F64, F64]:
    return part["cost_sek"].to_numpy(np.float64), part["gain"].to_numpy(np.float64)


def _at_price(
    alone: dict[str, tuple[F64, F64]], together: list[tuple[F64, F64]], baseline: str, price: float
) -> list[dict[str, object]]:
    """Return a row for the baseline and each scenario; `together` holds the replications that all have."""
    benefits = [net_benefit(*numbers, price) for numbers in together]
    points = len(benefits[0])
    best = share_best(np.stack([np.zeros(points), *benefits])) if points else np.full(len(alone) + 1, np.nan)
    each = {name: net_benefit(*numbers, price) for name, numbers in alone.items()}
    means = [0.0, *(float(benefit.mean()) for benefit in each.values())]
    front = int(np.argmax(means))
    rows: list[dict[str, object]] = [
        {"scenario": baseline, "net_benefit": 0.0, "share_best": best[0], "on_frontier": front == 0, "n": points}
    ]
    for place, (name, benefit) in enumerate(each.items(), start=1):
        share = share_positive(benefit)
        low, high = share_interval(share, len(benefit))
        rows.append(
            {"scenario": name, "net_benefit": means[place], "share_worth_it": share, "share_low": low}
            | {"share_high": high, "share_best": best[place], "on_frontier": front == place, "n": len(benefit)}
        )
    return rows
