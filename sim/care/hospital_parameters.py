"""Parameters of hospital stays; apart from `hospital`, since prices of arrangements need them too."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class HospitalParameters:
    """Parameters of group `hospital`."""

    stay_mean_days: float
    stay_base: float
    stay_severity_slope: float
    stay_frailty_slope: float
    stay_log_sd: float
    planning_share: float
    planning_alone_factor: float
    planning_share_without_services: float
    planning_start_share: float
    planning_lead_factor: float
    dispute_factor: float
    ward_asks_per_day: float
    preparation_mean_days: float
    ward_preparation_mean_days: float
    preparation_log_sd: float
    short_term_share: float
    short_term_mean_days: float
    waiting_cap_days: float
    information_sent: float
    follow_up_share: float
    frailty_per_bed_day: float
    frailty_healing_days: float
    preparation_sooner_with_one_purse: float
