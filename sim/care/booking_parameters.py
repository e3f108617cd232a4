"""Parameters of booking; apart from `booking`, which knows nothing of needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingParameters:
    """Parameters of group `booking`."""

    lag_days: dict[str, float]
    wait_cap_days: float
    same_day_urgency: float
    urgency_severity_slope: float
    urgency_severity_reference: float
    seek_delay_base: float
    seek_delay_participation: float
