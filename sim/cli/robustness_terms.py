"""Read when a choice pays and when it is good enough: `--pays-by`, `--at-least`, `--require`."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.cli.outcome_choice import choose_outcomes
from sim.cli.sensitivity import DEFAULT_AGAINST
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.analysis.satisficing import Requirement

PAYS_BY = "cost_sek"
"""Full cost of care for region and municipalities together: what they pay each other cancels out."""
_REQUIREMENT = re.compile(r"\s*(?P<outcome>\w+)\s*(?P<sign><=|>=)\s*(?P<limit>\S+)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the user says about when a choice pays, is regretted, or is good enough."""

    against: str = DEFAULT_AGAINST
    outcomes: Sequence[str] | None = None
    groups: Sequence[str] | None = None
    worth: Sequence[str] | None = None
    pays_by: str | None = None
    at_least: float = 0.0
    require: Sequence[str] | None = None


def what_pays(name: str | None, *, has_worth: bool) -> str:
    """Return the outcome, or `worth`, that decides whether a choice pays. Raises InputError."""
    from sim.analysis.decision import MONEY

    if name is None:
        return MONEY if has_worth else PAYS_BY
    if name == MONEY and not has_worth:
        raise InputError("--pays-by worth: nothing is worth anything yet; give --worth OUTCOME=SEK")
    if name == MONEY:
        return name
    if "," in name:
        raise InputError(f"--pays-by {name}: expected one outcome, or worth")
    return choose_outcomes([name], option="--pays-by")[0].id


def threshold(at_least: float) -> float:
    """Return how much better a choice has to be. Raises InputError for what is no number."""
    if not math.isfinite(at_least):
        raise InputError(f"--at-least: expected a number, found {at_least:g}")
    return at_least


def requirement(text: str) -> Requirement:
    """Return what a choice must reach, from `OUTCOME<=X` or `OUTCOME>=X`. Raises InputError."""
    from sim.analysis.satisficing import Requirement
    from sim.outcomes.outcome import all_outcomes

    registry, match = all_outcomes(), _REQUIREMENT.fullmatch(text)
    if match is None:
        raise InputError(f"--require {text}: expected OUTCOME<=X or OUTCOME>=X, in quotes")
    name = match["outcome"]
    if name not in registry:
        raise InputError(f"--require {text}: unknown outcome {name}; {suggestion(name, registry)}")
    try:
        limit = float(match["limit"])
    except ValueError:
        limit = math.nan
    if not math.isfinite(limit):
        raise InputError(f"--require {text}: expected a number, found {match['limit']}")
    return Requirement(outcome=name, at_most=match["sign"] == "<=", limit=limit)
