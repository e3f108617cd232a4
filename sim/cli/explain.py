"""Say in plain words what a means changes from what to what, for whom and at what cost, from its code and settings.

Nothing is written down twice: where a means answers is seen from the decision points it overrides, with what from
the settings that it reads there, and what holds today from the parameter register.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.care.decisions import Means
    from sim.config.scenario import MeansChoice
    from sim.core.parameter import Parameter
    from sim.report.texts import Texts

WHOM = ("enrolment", "eligible")
COST = ("standing_work", "fixed_cost_sek_per_week")
_COST_UNITS = ("minutes", "SEK", "hours", "full-time")
_READS = re.compile(r"""self\.settings?(?:_by_label)?\(\s*["'](\w+)["']""")
_CALLS = re.compile(r"self\.(\w+)\(")

TODAY: Mapping[str, tuple[str, ...]] = {
    "handover_lead_factor": ("gap.lead_time_mean_days",),
    "handover_spread_factor": ("gap.lead_time_log_sd",),
    "handover_loss_factor": ("gap.loss_probability",),
    "handover_work_factor": ("gap.work_minutes_per_side",),
    "handover_reach_gain": ("gap.chase_probability",),
    "dispute_factor": ("gap.dispute_probability",),
    "dispute_length_factor": ("gap.dispute_mean_days",),
    "handover_information_gain": ("gap.information_crossing",),
    "participation_gain": ("population.participation_mean",),
    "booking_lag_factor": ("booking.lag_days",),
    "known_share_gain": ("contact.reference_known_share",),
    "consent_gain": ("population.consent_share",),
    "detour_factor": ("contact.detour_probability",),
    "helps_with_next_step": ("contact.coordination_help_probability",),
    "scan_per_day": ("gap.found_base_per_day", "gap.found_participation_per_day"),
    "query_rate_factor": ("home_care.query_per_visit",),
    "query_reach_gain": ("home_care.query_reach",),
    "notice_gain": ("home_care.notice_probability",),
    "roster_policy": ("home_care.group_size", "home_care.nurse_group_size"),
    "visit_minutes_factor": ("home_care.help_visit_minutes", "home_care.nurse_visit_minutes"),
    "visit_documentation_factor": ("home_care.help_documentation_minutes", "home_care.nurse_documentation_minutes"),
    "acute_offers": ("emergency.reach_office_hours", "emergency.reach_other_hours"),
    "bed_alternatives": ("emergency.alternative_base", "emergency.agreement_probability"),
    "discharge_planning_start": ("hospital.planning_start_share",),
    "preparation_factor": ("hospital.preparation_mean_days",),
    "discharge_information_gain": ("hospital.information_sent",),
    "follow_up_gain": ("hospital.follow_up_share",),
    "pools_money": ("emergency.agreement_probability",),
}
"""What the register says of today at a decision point; for the others the texts say it in words (`today`)."""


def all_points() -> tuple[str, ...]:
    """Return every decision point that a means may answer, without those that state its people and its cost."""
    from sim.care.decisions import Means

    asked = (name for name, thing in vars(Means).items() if inspect.isfunction(thing) and not name.startswith("_"))
    return tuple(name for name in asked if name not in (*WHOM, *COST) and not name.startswith("setting"))


def decision_points(means_id: str) -> list[str]:
    """Return the decision points at which a means answers; none for a means without code."""
    own = _class_of(means_id)
    return [] if own is None else [name for name in all_points() if _overrides(own, name)]


def explain(choice: MeansChoice, register: Mapping[str, Parameter], text: Texts) -> dict[str, Any]:
    """Return what a means changes, for whom and at what cost, as plain data with names and values.

    `changes` has a row per decision point: `what` in words, `today` and `with_it` as parameters
    (`today_words` where no number says it), and `how` in the means' own (English) words.
    """
    own = _class_of(choice.id)
    if own is None:
        return {"changes": [], "whom": text("cli.whom_everybody"), "whom_settings": [], "costs": []}
    changes = [
        {
            "point": point,
            "what": text.name("point", point),
            "today_words": text.entries.get(f"today.{point}", ""),
            "today": [_named(register[name]) for name in TODAY.get(point, ()) if name in register],
            "with_it": _settings(own, (point,), choice),
            "how": _first_sentence(getattr(own, point)),
        }
        for point in decision_points(choice.id)
    ]
    return {
        "changes": changes,
        "whom": _whom(own, text),
        "whom_settings": _settings(own, WHOM, choice),
        "costs": [_named(choice.settings[name]) for name in cost_settings(choice.settings)],
    }


def cost_settings(settings: Mapping[str, Parameter]) -> list[str]:
    """Return the names of the settings that are staff time or money."""
    return [name for name, parameter in settings.items() if parameter.unit.startswith(_COST_UNITS)]


def _class_of(means_id: str) -> type[Means] | None:
    from sim.means import all_means, means_class

    return means_class(means_id) if means_id in all_means() else None


def _overrides(own: type[Means], name: str) -> bool:
    from sim.care.decisions import Means

    return hasattr(Means, name) and getattr(own, name) is not getattr(Means, name)


def _whom(own: type[Means], text: Texts) -> str:
    """Return for whom a means is: its own words in English, else whether people are enrolled."""
    stated = [name for name in reversed(WHOM) if _overrides(own, name)]
    if not stated:
        return text("cli.whom_everybody")
    own_words = _first_sentence(getattr(own, stated[0]))
    return own_words if text.lang == "en" and own_words else text("cli.whom_enrolled")


def _settings(own: type[Means], methods: tuple[str, ...], choice: MeansChoice) -> list[dict[str, Any]]:
    """Return the settings that some methods of a means read, also through its own helpers."""
    found: dict[str, None] = {}
    for method in methods:
        if _overrides(own, method):
            found |= dict.fromkeys(_read_in(own, method, set()))
    return [_named(choice.settings[name]) for name in found if name in choice.settings]


def _read_in(own: type[Means], method: str, seen: set[str]) -> list[str]:
    seen.add(method)
    source = inspect.getsource(getattr(own, method))
    names = _READS.findall(source)
    for called in _CALLS.findall(source):
        if called not in seen and called in vars(own):
            names += _read_in(own, called, seen)
    return names


def _named(parameter: Parameter) -> dict[str, Any]:
    name = parameter.name.rpartition(".")[2] if parameter.name.startswith("means.") else parameter.name
    return {"name": name, "value": parameter.value, "unit": parameter.unit, "meaning": parameter.meaning}


def _first_sentence(function: Any) -> str:
    words = inspect.cleandoc(function.__doc__ or "").split("\n\n")[0]
    return " ".join(words.split())
