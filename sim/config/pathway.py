"""Describe a pathway: which professions must act on a need, in what order, with what effort."""

from __future__ import annotations

from sim.config.place import NotNegative, Positive, Share, Strict, Text


class Step(Strict):
    """One activity of a pathway."""

    profession: str
    mode: str
    direct_minutes: Positive
    documentation_minutes: NotNegative
    probability: Share
    """That this step is needed at all, once the pathway has begun."""
    urgency: Share
    """1 = today, 0 = when there is time."""
    test_probability: Share
    """That the step includes a test which may have been done elsewhere."""


class Pathway(Strict):
    """The way a need of one kind is meant to be met."""

    need_kind: str
    title: Text
    turn_acute_hazard_per_day: NotNegative
    """While unmet, at severity 1, no frailty, before scaling."""
    seek_delay_days: NotNegative
    """Mean time from the onset until the person seeks help, at middling participation."""
    utility_loss: Share
    """Loss of health-related utility at severity 1 while unmet."""
    steps: tuple[Step, ...]
    source: str
