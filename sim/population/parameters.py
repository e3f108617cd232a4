"""Parameters of the population; meaning, range and source stand in the data file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationParameters:
    """Parameters of group `population`; meaning, range and source stand in the data file."""

    instability_acute_log_sd: float
    instability_planned_log_sd: float
    frailty_at_80_logit: float
    frailty_per_decade_logit: float
    frailty_sd_logit: float
    frailty_instability_correlation: float
    psychiatric_share: float
    psychiatric_instability_log_odds: float
    substance_share_of_psychiatric: float
    disability_share: float
    cognitive_share_at_80: float
    cognitive_doubling_years: float
    chronic_mean_at_75: float
    chronic_per_decade: float
    participation_mean: float
    participation_sd: float
    participation_loss_cognitive: float
    participation_loss_psychiatric: float
    participation_loss_substance: float
    participation_loss_disability: float
    participation_loss_frailty: float
    participation_low: float
    complex_share: float
    new_illness_per_1000_years: float
    new_illness_window_years: float
    consent_share: float
    alone_share_65plus: float
    relative_share: float
    home_help_share_65plus: float
    home_help_visits_mean: float
    home_help_visits_log_sd: float
    home_nursing_share_65plus: float
    home_nursing_visits_mean: float
    home_nursing_visits_log_sd: float
    named_doctor_share: float
    utility_base: float
    utility_loss_age_per_decade: float
    utility_loss_frailty: float
    utility_loss_psychiatric: float
    information_at_start_mean: float
    chronic_log_sd: float
    new_illness_age_scale_years: float
    complexity_frailty: float
    complexity_psychiatric: float
    complexity_substance: float
    complexity_cognitive: float
    complexity_home_help: float
    complexity_chronic: float
    complexity_instability: float
    complexity_luck: float
    care_load_cognitive: float
    care_load_luck: float
    utility_loss_in_hospital: float
    utility_loss_unmet_at_most: float
    information_at_start_spread: float
