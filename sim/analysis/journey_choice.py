"""Choose the person whose year is told, by a stated rule: one person is an illustration, no evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Flags = npt.NDArray[np.bool_]
Values = npt.NDArray[np.float64]

SELMA, TYPICAL, GAINED, LOST, NAMED = "selma", "typical", "gained", "lost", "number"
RULES = (SELMA, TYPICAL, GAINED, LOST)
"""What a person can be chosen by; else by number."""
LIKENESS = ("age_years", "contacts", "ed_visits", "bed_days", "unmet_days", "cost_sek")
"""What a typical person is typical in."""
CHANGES = ("unmet_days", "bed_days", "ed_visits", "contacts", "cost_sek")
"""What a person can gain or lose in; less is a gain."""


class NobodyError(ValueError):
    """Nobody answers to the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a person is chosen."""

    who: str
    """One of `RULES`, or `number`."""
    number: int | None = None
    need_group: int | None = None
    """Only people of this need group (1-5); None = everybody, for a typical person those with complex needs."""
    change: str = CHANGES[0]
    """What is gained or lost."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who was chosen, from how many, and by which value."""

    person: int
    candidates: int
    value: float | None
    """Contacts of a Selma; difference with - without of who gained or lost; else None."""


def choose(rule: Rule, today: pd.DataFrame, beside: pd.DataFrame) -> Choice:
    """Choose a person from the tables of people of two worlds, one row per person in the same order.

    Of equals, the lowest number. Except by number only those are asked who live through the year in both worlds.
    Raises NobodyError.
    """
    if rule.who == NAMED:
        assert rule.number is not None, "a person chosen by number has one"
        return _named(rule.number, today)
    who = np.flatnonzero(candidates(rule, today, beside))
    if not len(who):
        raise NobodyError("nobody of that need group lives through the year in both worlds")
    if rule.who == TYPICAL:
        found = int(who[medoid([today[name].to_numpy(np.float64)[who] for name in LIKENESS])])
        return Choice(person=found, candidates=len(who), value=None)
    if rule.who == SELMA:
        value = today["contacts"].to_numpy(np.float64)[who]
        best = int(value.argmax())
    else:
        value = _column(beside, rule.change)[who] - _column(today, rule.change)[who]
        best = int(value.argmin() if rule.who == GAINED else value.argmax())
        if not (value[best] < 0 if rule.who == GAINED else value[best] > 0):
            raise NobodyError(f"nobody has {rule.who} in {rule.change}")
    return Choice(person=int(who[best]), candidates=len(who), value=float(value[best]))


def _column(table: pd.DataFrame, name: str) -> Values:
    values: Values = table[name].to_numpy(np.float64)
    return values


def _named(number: int, today: pd.DataFrame) -> Choice:
    if not today["counted"].iloc[number]:
        raise NobodyError(f"person {number} has died before the year begins")
    return Choice(person=number, candidates=1, value=None)


def candidates(rule: Rule, today: pd.DataFrame, beside: pd.DataFrame) -> Flags:
    """Return who is asked: those who live through the year in both worlds, of the need group if one is given."""
    asked: Flags = today["lives_through"].to_numpy(np.bool_) & beside["lives_through"].to_numpy(np.bool_)
    if rule.need_group is not None:
        return np.asarray(asked & (today["need_group"].to_numpy() == rule.need_group))
    if rule.who == TYPICAL:
        return np.asarray(asked & today["complex_needs"].to_numpy(np.bool_))
    return asked


def medoid(measures: Sequence[npt.NDArray[Any]]) -> int:
    """Return who differs least, in sum, from all the others: each measure in units of its mean absolute deviation.

    Measures that nobody differs in are left out. Absolute differences add up over measures, so that the sum over all
    pairs is had by sorting, in no more room than the measures take.
    """
    total = np.zeros(len(measures[0]))
    for values in measures:
        numbers = np.asarray(values, np.float64)
        spread = float(np.abs(numbers - np.median(numbers)).mean())
        if spread > 0:
            total += distance_to_all(numbers) / spread
    return int(total.argmin())


def distance_to_all(values: Values) -> Values:
    """Return for each value the sum of its absolute differences from all values."""
    order = np.argsort(values, kind="stable")
    ranked, count = values[order], len(values)
    below = np.concatenate(([0.0], np.cumsum(ranked)))
    place = np.arange(count)
    sums = ranked * place - below[:-1] + (below[-1] - below[1:]) - ranked * (count - 1 - place)
    found = np.empty(count)
    found[order] = sums
    return found
