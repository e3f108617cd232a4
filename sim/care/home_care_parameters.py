"""Parameters of home care; apart from `home_care`, since granting of services needs them too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCareParameters:
    """Parameters of group `home_care`."""

    help_visit_minutes: float
    nurse_visit_minutes: float
    visit_minutes_log_sd: float
    help_travel_minutes: float
    nurse_travel_minutes: float
    help_documentation_minutes: float
    nurse_documentation_minutes: float
    group_size: float
    nurse_group_size: float
    on_duty_share: float
    notice_probability: float
    notice_familiar_factor: float
    pass_on_probability: float
    query_per_visit: float
    query_reference: float
    query_reach: float
    query_failed_minutes: float
    query_answer_minutes: float
    query_physician_share: float
    relative_hours_per_week: float
    start_frailty: float
    ageing_frailty_per_year: float
    familiar_after_visits: float
    pass_on_stranger_share: float
