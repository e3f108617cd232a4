"""Read what helps to read a published figure: under which heading it stands, and the likely reason for a miss."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from calibration.effects import what_is_wrong
from sim.config.yaml_file import read_yaml
from sim.outcomes.outcome import all_outcomes

NOTES_FILE = Path(__file__).parent / "evidence" / "target_notes.yaml"
Area = Literal["hospital", "primary_care", "municipal", "staff", "experience", "health", "cost", "effects"]
AREAS: tuple[Area, ...] = (
    *("hospital", "primary_care", "municipal", "staff"),
    *("experience", "health", "cost", "effects"),
)
"""Headings in the order they are shown."""


class Reason(BaseModel):
    """Why the model may miss a figure."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    kind: Literal["definition", "place", "time", "mechanism", "evidence", "declared"]
    reason: Annotated[str, Field(min_length=10)]


class Notes(BaseModel):
    """What the file says."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    areas: dict[Area, Annotated[tuple[str, ...], Field(min_length=1, strict=False)]]
    reasons: dict[str, Reason]
    """By id of the published figure."""

    def area(self, outcome: str) -> Area:
        """Return the heading of an outcome."""
        for area, beginnings in self.areas.items():
            if outcome.startswith(beginnings):
                return area
        return all_outcomes()[outcome].aim


@cache
def read_notes(path: Path = NOTES_FILE) -> Notes:
    """Return the checked file. Raises InputError that names file and line."""
    document = read_yaml(path)
    try:
        return Notes.model_validate(dict(document.data))
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
