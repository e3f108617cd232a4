"""Say what the care system asks of the people in it; the agents answer (see `sim.agents`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.core.vocabulary import AcuteAnswer, Responder


@dataclass(slots=True)
class Help:
    """Somebody a person may turn to in a crisis."""

    responder: Responder
    reached: bool
    """Whether this one is called and answers, now."""
    home_possible: float
    """Probability that care can then be given at home."""
    offer: int
    """Position among the offers of means; -1 = usual care."""


@dataclass(slots=True)
class Crisis:
    """An acute turn as the person meets it."""

    severity: float
    helps: tuple[Help, ...]
    wait_out: float
    luck_home: float
    luck_wait: float


class PatientAgent(Protocol):
    """A person who seeks care."""

    def in_crisis(self, crisis: Crisis) -> tuple[AcuteAnswer, Help | None]:
        """Decide where to turn."""
        ...


class ClinicianAgent(Protocol):
    """A physician in the emergency department."""

    def admits(self, probability: float, luck: float) -> bool:
        """Decide whether a patient needs a bed."""
        ...


class CoordinatorAgent(Protocol):
    """A contact person with patients of her own."""

    def choose(self, stalled: Sequence[tuple[float, int]], at_most: int) -> list[int]:
        """Choose which stalled episodes to push today; pairs of severity and episode."""
        ...


class HomeCareAgent(Protocol):
    """A member of home-care staff."""

    def passes_on(self, familiarity: float, luck: float) -> bool:
        """Decide whether an early sign is worth a call."""
        ...


@dataclass(slots=True)
class Cast:
    """All agents of a run, by number."""

    patients: Mapping[int, PatientAgent]
    """By person; grows as people meet a crisis."""
    clinicians: Mapping[int, ClinicianAgent]
    """By staff number: those who see patients in sessions or in the emergency department."""
    home_care: Mapping[int, HomeCareAgent]
    """By staff number."""
    coordinators: Mapping[int, CoordinatorAgent]
    """By staff number of the contact person; grows as contact persons are named."""
