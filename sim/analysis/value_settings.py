"""Hold what money is valued by: discount rate, years of the budget, and what may be paid per unit of an effect."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.config.parameter_file import load_parameter_file
from sim.core.parameter import Parameter

PERSPECTIVES = ("region", "municipality", "both", "society")
"""Whose money counts: the region's, the municipalities', all principals', theirs and relatives' time."""
FULL, CASH = "full", "cash"
KINDS = (FULL, CASH)
"""Full cost, and the part of it that changes in cash in the short run."""
DEFAULT_EFFECT = "unmet_need_days"
"""What coordination is to change, for everybody, and in no cost: bed days and visits are priced already."""
PRICED = ("ed_visits_per_1000", "admissions_per_1000", "avoidable_admissions_per_1000", "bed_days_per_1000",
          "delayed_days_per_1000")  # fmt: skip
"""Effects whose saving is in the cost as well: what is paid for them comes on top of it."""
_PRICE = "value.price_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Price:
    """What may be paid per unit of an effect, in SEK: the value used in tables, and the range of curves."""

    reference_sek: float
    low_sek: float
    high_sek: float
    unit: str


@cache
def register() -> dict[str, Parameter]:
    """Return the entries of the data file beside this module, which also says where they come from."""
    return load_parameter_file(Path(__file__).with_name("value.yaml"))


def entry(name: str) -> Parameter:
    """Return one entry; KeyError when there is none."""
    return register()[f"value.{name}"]


def number(name: str) -> float:
    """Return the value of an entry that is one number."""
    return _one(entry(name).value)


def effects() -> dict[str, Price]:
    """Return the outcomes that may stand as the effect, the default first, with what may be paid per unit."""
    found = {name.removeprefix(_PRICE): one for name, one in register().items() if name.startswith(_PRICE)}
    return {
        name: Price(
            reference_sek=_one(one.value), low_sek=_one(one.low), high_sek=_one(one.high), unit=one.unit
        )
        for name, one in sorted(found.items(), key=lambda item: item[0] != DEFAULT_EFFECT)
    }  # fmt: skip


def _one(value: object) -> float:
    if not isinstance(value, (int, float)):
        raise TypeError(f"value.yaml: expected one number, found {value!r}")
    return float(value)
