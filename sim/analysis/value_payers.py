"""Say who pays and who gains, principal by principal, and how much of it is time freed and how much cash."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.analysis.differences import intervals_of
from sim.analysis.value_courses import (
    COST,
    MEANS,
    Paired,
    Place,
    label,
    principal_cost,
    relatives_course,
    table,
    transfers,
)
from sim.analysis.value_settings import FULL, KINDS
from sim.core.vocabulary import Profession
from sim.core.vocabulary import label as word

F64 = npt.NDArray[np.float64]

CARE, OWN, TRANSFER, AFTER, TOTAL, RELATIVES = "care", "means", "transfers", "after transfers", "total", "relatives"
"""Parts: a principal's care, the means' payments, what principals pay each other, what one pays in the end, all."""
PAYER_COLUMNS = ("scenario", "cost_kind", "part", "principal", "mean", "low", "high", "n")
TIME_COLUMNS = ("scenario", "profession", "freed_hours", "low", "high", "n")
_HOURS = "staff_hours"
_PER_PEOPLE = 1000.0


def payers_table(found: Sequence[Paired], place: Place) -> pd.DataFrame:
    """Return who pays how much more or less, SEK a year in the whole place, not discounted.

    `care` of every principal and `means` add up to `total`; `transfers` add up to zero; the staff time of means is in
    the care of the principal that employs the staff. Relatives' time has no payer and is in no other row.
    """
    rows: list[dict[str, object]] = []
    for one in found:
        parts = [(kind, *part) for kind in KINDS for part in _parts(one, kind, place)]
        if not parts:
            continue
        values = np.stack([values for *_, values in parts], axis=1) * place.inhabitants
        for (kind, part, principal, own), *ends in zip(parts, *intervals_of(values, place.of_next_run), strict=True):
            about = label(one, cost_kind=kind, part=part, principal=principal, n=len(own))
            rows.append(about | dict(zip(("mean", "low", "high"), ends, strict=True)))
    return table(rows, PAYER_COLUMNS)


def _parts(one: Paired, kind: str, place: Place) -> Iterator[tuple[str, str, F64]]:
    """Yield part, principal and differences per person-year. What means pay is cash in full."""
    payments = one.difference(MEANS)
    for name in place.principals:
        own, paid = principal_cost(one, name, kind), one.difference(MEANS, "principal", name)
        if own is not None:
            yield CARE, name, own if paid is None else own - paid
    if payments is not None:
        yield OWN, "", payments
    for name in place.principals:
        own, given = principal_cost(one, name, kind), transfers(one, name)
        if own is not None and given is not None:
            yield TRANSFER, name, given
            yield AFTER, name, np.asarray(own + given)
    total = one.difference(COST[kind])
    if total is not None:
        yield TOTAL, "", total
    time = relatives_course(one)
    if time is not None and kind == FULL:
        yield RELATIVES, "", time.whole


def time_table(found: Sequence[Paired], place: Place) -> pd.DataFrame:
    """Return the hours a year that are freed (negative: taken) in each profession, and in all."""
    rows: list[dict[str, object]] = []
    groups = [("profession", word(profession)) for profession in Profession] + [("all", "all")]
    for one in found:
        held = {group: hours for by, group in groups if (hours := one.difference(_HOURS, by, group)) is not None}
        if not held:
            continue
        freed = -np.stack(list(held.values()), axis=1) / _PER_PEOPLE * place.inhabitants
        for group, *ends in zip(held, *intervals_of(freed, place.of_next_run), strict=True):
            about = label(one, profession=group, n=len(freed))
            rows.append(about | dict(zip(("freed_hours", "low", "high"), ends, strict=True)))
    return table(rows, TIME_COLUMNS)
