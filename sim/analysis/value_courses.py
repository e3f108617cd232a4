"""Read from the runs how a scenario's cost differs by whose money counts, and how its effect differs, over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.differences import Pairs, pair_with_baseline
from sim.analysis.value_over_time import Course, centred
from sim.analysis.value_settings import CASH, FULL, PERSPECTIVES
from sim.batch.matrix import Matrix
from sim.outcomes.outcome import Outcome

F64 = npt.NDArray[np.float64]

COST = {FULL: "cost_sek", CASH: "cash_cost_sek"}
TRANSFERS, MEANS = "net_transfers_sek", "cost_means_fixed_sek"
TIME, TIME_VALUE = "relatives_hours", "relatives_value_sek"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """What valuing needs to know of the place and the runs."""

    inhabitants: float
    """In the whole place, whatever the sample."""
    years: float
    """Measured, after the warm-up."""
    price_year: int | None = None
    region: tuple[str, ...] = ()
    municipal: tuple[str, ...] = ()
    """Principals, in the order of the place; one that is both stands with the region."""
    others: tuple[str, ...] = ()
    of_next_run: bool = False
    """Whether replications differ in their parameters, so that intervals are those of one more."""

    @property
    def principals(self) -> tuple[str, ...]:
        """All principals."""
        return (*self.region, *self.municipal, *self.others)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """A scenario's runs beside the baseline's, by outcome."""

    pairs: Pairs
    _at: dict[tuple[str, str, str], int] = field(default_factory=dict)

    @property
    def scenario(self) -> str:
        """The scenario's id."""
        return self.pairs.scenario

    @property
    def replications(self) -> Sequence[int]:
        """The numbers of the paired replications."""
        return [int(number) for number in self.pairs.runs["replication"]]

    def difference(self, outcome: str, group_by: str = "all", group: str = "all") -> F64 | None:
        """Return the paired differences, one per replication; None when a replication has none."""
        place = self._at.get((group_by, group, outcome))
        found = None if place is None else self.pairs.differences[:, place]
        return None if found is None or np.isnan(found).any() else found

    def level(self, outcome: str, group_by: str = "all", group: str = "all") -> float:
        """Return the mean level of the baseline; NaN when there is none."""
        place = self._at.get((group_by, group, outcome))
        return float("nan") if place is None else float(self.pairs.baseline_values[:, place].mean())

    def quarters(self, outcome: str) -> F64:
        """Return the differences quarter by quarter, shape (replications, quarters); none when one is missing."""
        found: list[F64] = []
        while (one := self.difference(outcome, "quarter", str(len(found) + 1))) is not None:
            found.append(one)
        return np.stack(found, axis=1) if found else np.zeros((len(self.replications), 0))


def paired(matrix: Matrix, baseline: str) -> Iterator[Paired]:
    """Yield every scenario that has a run beside the baseline, by name."""
    for pairs in pair_with_baseline(matrix, baseline):
        if len(pairs.runs):
            columns = (pairs.cells[name].tolist() for name in ("group_by", "group", "outcome"))
            yield Paired(pairs=pairs, _at={cell: at for at, cell in enumerate(zip(*columns, strict=True))})


def cost_course(one: Paired, perspective: str, kind: str, place: Place) -> Course | None:
    """Return how cost differs over time, SEK per person-year; None when it cannot be told for these people's money."""
    everybody = _everybody(one, kind)
    if everybody is None or perspective not in PERSPECTIVES:
        return None
    if perspective == "both":
        return everybody
    if perspective == "society":
        time = relatives_course(one)
        return None if time is None else (everybody + time if kind == FULL else everybody)
    return _part(one, place.region if perspective == "region" else place.municipal, kind)


def relatives_course(one: Paired) -> Course | None:
    """Return how the value of relatives' time differs, priced by quarter as over the whole period."""
    value = one.difference(TIME_VALUE)
    if value is None:
        return None
    hours = one.level(TIME)
    price = one.level(TIME_VALUE) / hours if hours > 0 else 0.0
    return centred(value, price * one.quarters(TIME))


def effect_course(one: Paired, outcome: Outcome) -> Course | None:
    """Return how much more of the good (or less of the bad) there is, units per person-year."""
    whole = one.difference(outcome.id)
    if whole is None or outcome.better == "neither":
        return None
    sign = 1.0 if outcome.better == "higher" else -1.0
    return centred(whole, one.quarters(outcome.id)).times(sign / outcome.scale)


def principal_cost(one: Paired, principal: str, kind: str) -> F64 | None:
    """Return how a principal's own cost differs, before transfers."""
    return one.difference(COST[kind], "principal", principal)


def transfers(one: Paired, principal: str) -> F64 | None:
    """Return how what a principal pays others, net, differs; money in full, whatever the kind of cost."""
    return one.difference(TRANSFERS, "principal", principal)


def _everybody(one: Paired, kind: str) -> Course | None:
    whole = one.difference(COST[kind])
    return None if whole is None else centred(whole, one.quarters(COST[kind]))


def _part(one: Paired, principals: Sequence[str], kind: str) -> Course | None:
    """Return what some principals pay after transfers.

    By principal only the whole period is measured; the timing of all cost is shared in proportion to today's.
    """
    own = [principal_cost(one, name, kind) for name in principals]
    paid = [transfers(one, name) for name in principals]
    found = [value for value in (*own, *paid) if value is not None]
    if not principals or len(found) < len(own) + len(paid):
        return None
    level = sum(one.level(COST[kind], "principal", name) for name in principals)
    total = one.level(COST[kind])
    return centred(
        np.asarray(np.sum(found, axis=0)),
        np.zeros((len(one.replications), 0)),
        one.quarters(COST[kind]),
        level / total if total else 0.0,
    )


def label(one: Paired, **words: object) -> dict[str, object]:
    """Return the first columns of a row about a scenario."""
    return {"scenario": one.scenario, **words}


def table(rows: Sequence[dict[str, object]], columns: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table with just these columns, also when there is no row."""
    return pd.DataFrame(list(rows), columns=list(columns))
