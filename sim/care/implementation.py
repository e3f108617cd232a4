"""Let new ways of working take hold, or fall back: fidelity over time, and the extra work of learning."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.care.answers import Support
from sim.care.decisions import Here

_STEEPNESS = 4.0
_WEEK_DAYS = 7.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplementationParameters:
    """Parameters of group `implementation`."""

    success_factors: dict[str, float]
    tipping_point: float
    tipping_steepness: float
    ramp_without_success_factors: float
    champion_leaves_after_days: float
    institutionalised_share: float
    fall_back_half_life_days: float
    staff_turnover_per_year: float
    staff_turnover_presumed_per_year: float
    unlearned_per_turnover: float
    ramp_up_extra_work_share: float


def fidelity_at(days_since_start: float, ramp_days: float, final: float) -> float:
    """Return fidelity 0-1 at a time after the start; half of the final level is reached after `ramp_days`.

    The curve is logistic, shifted and scaled so that it starts at exactly 0 and tends to `final`.
    """
    if days_since_start < 0:
        return 0.0
    if ramp_days <= 0:
        return final
    low = 1.0 / (1.0 + math.exp(_STEEPNESS))
    now = 1.0 / (1.0 + math.exp(-_STEEPNESS * (days_since_start / ramp_days - 1.0)))
    return final * (now - low) / (1.0 - low)


class Implementation:
    """How fast, how far and how lastingly new ways of working take hold in this place.

    A scenario's own fidelity and ramp hold when all eight success factors of report 003 are in place. They work
    as weights that tip a seesaw: below the tipping point little of what was intended is ever done.
    """

    def __init__(self, parameters: ImplementationParameters) -> None:
        self._p = p = parameters
        in_place = sum(p.success_factors.values()) / len(p.success_factors)
        self._level = self._tips(in_place) / self._tips(1.0)
        self._slower = 1.0 + (p.ramp_without_success_factors - 1.0) * (1.0 - in_place)

    def _tips(self, in_place: float) -> float:
        return 1.0 / (1.0 + math.exp(-self._p.tipping_steepness * (in_place - self._p.tipping_point)))

    def week(self, here: Here, support: Support) -> None:
        """Set a means' fidelity for the week; `support` is what other means do for its taking hold."""
        # What is learned faster is a head start that adds up week by week.
        fidelity = fidelity_at(
            here.age_days + here.head_start_days, here.ramp_days * self._slower, here.final_fidelity * self._level
        )
        here.fidelity = fidelity * self._kept(here.age_days, support.persistence_gain)
        here.head_start_days += _WEEK_DAYS * (1.0 / (1.0 - min(support.speed_gain, _FASTEST)) - 1.0)

    def _kept(self, age_days: float, persistence_gain: float) -> float:
        """Return the share that is left when a champion has gone and staff have changed."""
        p = self._p
        kept = 1.0
        gone_days = age_days - p.champion_leaves_after_days
        if gone_days > 0:
            lasting = p.institutionalised_share + (1.0 - p.institutionalised_share) * persistence_gain
            kept = lasting + (1.0 - lasting) * 0.5 ** (gone_days / p.fall_back_half_life_days)
        more_turnover = max(p.staff_turnover_per_year - p.staff_turnover_presumed_per_year, 0.0)
        unlearned = p.unlearned_per_turnover * more_turnover * (1.0 - persistence_gain)
        return kept * max(1.0 - unlearned, 0.0)

    def extra_work(self, here: Here) -> float:
        """Return the factor on a means' standing work while it is still being learned."""
        if here.final_fidelity <= 0:
            return 1.0
        still_to_learn = max(1.0 - here.fidelity / here.final_fidelity, 0.0)
        return 1.0 + self._p.ramp_up_extra_work_share * still_to_learn


_FASTEST = 0.9
"""No support makes a new way of working take hold more than ten times as fast."""
