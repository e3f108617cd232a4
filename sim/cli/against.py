"""Choose the scenario that others are set against: `--against`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sim.cli.batch_request import Request, load_scenarios
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.config.scenario import Scenario

DEFAULT_SCENARIO, DEFAULT_AGAINST, NOTHING = "all_four", "baseline", "none"


def load_with_against(
    request: Request, scenarios: Sequence[str], against: str | None
) -> tuple[list[Scenario], Scenario | None]:
    """Return the scenarios in the order given, and the one they are set against, None for nothing.

    Raises InputError for a scenario set against itself.
    """
    from sim.config.lookup import find_scenario

    ids = [find_scenario(name).stem for name in scenarios]
    beside = find_scenario(against).stem if against is not None else None
    if beside in ids:
        raise InputError(f"--against: {against} is among the scenarios looked at; name another one, or none")
    names = [*([against] if against is not None else []), *scenarios]
    loaded = {one.id: one for one in load_scenarios(replace(request, scenarios=names))}
    return [loaded[one] for one in ids], loaded[beside] if beside is not None else None
