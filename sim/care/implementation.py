"""Let a new way of working take hold: fidelity follows an S-curve from the start to its final level."""

from __future__ import annotations

import math

_STEEPNESS = 4.0


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
