"""Say what a means acts on and costs, from its code and its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.core.parameter import Parameter

_COST_POINTS = ("enrolment", "standing_work", "fixed_cost_sek_per_week")
_COST_UNITS = ("minutes", "SEK", "hours")


def decision_points(means_id: str) -> list[str]:
    """Return the decision points at which a means answers, without those that state its people and its cost."""
    from sim.care.decisions import Means
    from sim.means import all_means, means_class

    if means_id not in all_means():
        return []
    own = means_class(means_id)
    return [
        name
        for name, thing in vars(Means).items()
        if callable(thing)
        and not name.startswith("_")
        and name not in ("setting", *_COST_POINTS)
        and getattr(own, name) is not getattr(Means, name)
    ]


def cost_settings(settings: Mapping[str, Parameter]) -> list[str]:
    """Return the names of the settings that are staff time or money."""
    return [name for name, parameter in settings.items() if parameter.unit.startswith(_COST_UNITS)]
