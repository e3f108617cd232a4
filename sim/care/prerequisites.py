"""What has to be there for principals to work together, and what its lack or presence does to the gap."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PrerequisiteParameters:
    """Parameters of group `prerequisites`: shares, the same today, and slopes."""

    mission_known_share: float
    mission_known_today: float
    clear_responsibility_share: float
    clear_responsibility_today: float
    joint_routines_share: float
    joint_routines_today: float
    meeting_places_share: float
    meeting_places_today: float
    deviation_handling_share: float
    deviation_handling_today: float
    detour_per_mission: float
    dispute_per_responsibility: float
    loss_per_routine: float
    chase_per_meeting_place: float
    found_per_deviation: float

    @property
    def detour_factor(self) -> float:
        """Factor on the probability of a detour."""
        return _less(self.detour_per_mission, self.mission_known_share - self.mission_known_today)

    @property
    def dispute_factor(self) -> float:
        """Factor on the probability of a dispute between principals."""
        return _less(self.dispute_per_responsibility, self.clear_responsibility_share - self.clear_responsibility_today)

    @property
    def loss_factor(self) -> float:
        """Factor on the probability that a hand-over between principals is lost."""
        return _less(self.loss_per_routine, self.joint_routines_share - self.joint_routines_today)

    @property
    def chase_factor(self) -> float:
        """Factor on the probability that somebody must be chased at another principal."""
        return _less(self.chase_per_meeting_place, self.meeting_places_share - self.meeting_places_today)

    @property
    def found_factor(self) -> float:
        """Factor on the rate at which lost hand-overs are found."""
        return _less(-self.found_per_deviation, self.deviation_handling_share - self.deviation_handling_today)


def _less(slope: float, more: float) -> float:
    """Return a factor that is exactly 1 where nothing differs from today, and never below 0."""
    return max(1.0 - slope * more, 0.0)
