"""Let unmet needs turn acute, beside the acute turns that nothing prevents."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from sim.core.arrays import F
from sim.population.traits import Population

N = TypeVar("N", F, float)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorseningParameters:
    """Parameters of group `worsening`."""

    preventable_share: float
    exogenous_base_per_year: float
    exogenous_frailty_per_year: float
    exogenous_psychiatric_per_year: float
    hazard_scale: float
    hazard_frailty_slope: float
    hazard_participation_base: float
    hazard_participation_slope: float
    turn_severity_share: float
    turn_severity_luck: float
    after_discharge_per_day: float
    after_discharge_base: float
    after_discharge_frailty: float
    after_discharge_information: float
    after_discharge_information_base: float
    after_discharge_fading_days: float
    follow_up_protection: float


def exogenous_rate_per_year(p: WorseningParameters, population: Population) -> F:
    """Return each person's rate of acute turns that no coordination prevents.

    The preventable share shifts weight between the two streams; at 0.5 both are as the parameters say.
    """
    rate = (
        p.exogenous_base_per_year
        + p.exogenous_frailty_per_year * population.frailty
        + p.exogenous_psychiatric_per_year * population.psychiatric
    )
    return np.asarray(2.0 * (1.0 - p.preventable_share) * rate)


def hazard_per_day(p: WorseningParameters, tempo: N, severity: N, frailty: N, participation: N) -> N:
    """Return the hazard that an unmet need turns acute; all arrays run over episodes, or all are numbers."""
    hazard: N = (
        2.0 * p.preventable_share * p.hazard_scale * tempo * severity
        * (1.0 + p.hazard_frailty_slope * frailty)
        * (p.hazard_participation_base - p.hazard_participation_slope * participation)
    )  # fmt: skip
    return hazard


def turn_severity(p: WorseningParameters, severity: F, luck: F) -> F:
    """Return how severe an acute turn is, given the need behind it."""
    return np.asarray(p.turn_severity_share * severity + p.turn_severity_luck * luck)


def days_to_turn_after_discharge(p: WorseningParameters, frailty: float, information: float, e: float) -> float | None:
    """Return when a fading hazard after discharge strikes, for an exponential draw `e`; None = never."""
    start = p.after_discharge_per_day * (p.after_discharge_base + p.after_discharge_frailty * frailty)
    start *= p.after_discharge_information_base - p.after_discharge_information * information
    whole = start * p.after_discharge_fading_days
    if e >= whole:
        return None
    return float(-p.after_discharge_fading_days * np.log(1.0 - e / whole))
