"""Choose the outcomes of tables that have room for a few: `--outcome`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.outcomes.outcome import Outcome

DEFAULT_OUTCOMES = (
    "unmet_need_days",
    "avoidable_admissions_per_1000",
    "lead_time_days",
    "ed_visits_per_1000",
    "cost_sek",
    "staff_hours_hassle",
)
"""Two or fewer of each aim, each with a good direction."""

OutcomeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--outcome",
        help="An outcome to look at, by id (see the data dictionary); may be given several times. Without: a few of "
        "each aim.",
        show_default=False,
    ),
]


def choose_outcomes(names: Sequence[str] | None, option: str = "--outcome") -> tuple[Outcome, ...]:
    """Return the outcomes named, or the default ones. Raises InputError for one that cannot be judged or is unknown."""
    from sim.outcomes.outcome import all_outcomes

    registry = all_outcomes()
    chosen = [part for name in names or DEFAULT_OUTCOMES for part in name.split(",")]
    for name in chosen:
        if name not in registry:
            raise InputError(f"{option} {name}: unknown outcome; {suggestion(name, registry)}")
        if registry[name].better == "neither":
            raise InputError(
                f"{option} {name}: neither more nor less of it is better; choose one with a good direction"
            )
    return tuple(registry[name] for name in dict.fromkeys(chosen))
