"""Say when a choice pays, what it is regretted by and when it is good enough: options, and how they are read."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.against import DEFAULT_AGAINST
from sim.cli.outcome_choice import OutcomeOption, choose_outcomes
from sim.cli.sensitivity import GroupOption
from sim.cli.typed import number_of
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.analysis.satisficing import Requirement

PAYS_BY = "cost_sek"
"""Full cost of care for region and municipalities together: what they pay each other cancels out."""
_REQUIREMENT = re.compile(r"\s*(?P<outcome>\w+)\s*(?P<sign><=|>=)\s*(?P<limit>\S+)\s*")

AgainstOption = Annotated[
    str, typer.Option("--against", help="Scenario beside which the others have to pay; it is a choice as well.")
]
PaysByOption = Annotated[
    str | None,
    typer.Option(
        "--pays-by",
        metavar="OUTCOME|worth",
        help="What has to be better for a scenario to pay: an outcome, or worth = what --worth adds up. By default "
        f"worth where it is given, else {PAYS_BY}, full cost for region and municipalities together.",
        show_default=False,
    ),
]
AtLeastOption = Annotated[
    float,
    typer.Option(
        "--at-least",
        help="How much better it has to be to pay, in the unit of what it pays by; below 0 a loss is borne.",
    ),
]
WorthOption = Annotated[
    list[str] | None,
    typer.Option(
        "--worth",
        metavar="OUTCOME=SEK",
        help="What avoiding one unit of an outcome (gaining one, where more is better) is worth, e.g. "
        "unmet_need_days=300; may be given several times. Their sum is then a criterion, too.",
        show_default=False,
    ),
]
RequireOption = Annotated[
    list[str] | None,
    typer.Option(
        "--require",
        metavar="'OUTCOME<=X'",
        help="What a choice must reach, OUTCOME<=X or OUTCOME>=X in quotes; may be given several times. In what share "
        "of the futures does each choice reach it all?",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsOptions:
    """When a choice pays, what it is regretted by, and when it is good enough."""

    against: AgainstOption = DEFAULT_AGAINST
    pays_by: PaysByOption = None
    at_least: AtLeastOption = 0.0
    worth: WorthOption = None
    outcome: OutcomeOption = None
    group: GroupOption = None
    require: RequireOption = None


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
    limit = number_of(match["limit"])
    if not math.isfinite(limit):
        raise InputError(f"--require {text}: expected a number, found {match['limit']}")
    return Requirement(outcome=name, at_most=match["sign"] == "<=", limit=limit)
