"""Read what a fit does with each published figure: left out, never held out, how far the model may miss it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.effects import what_is_wrong
from sim.config.yaml_file import read_yaml

FIT_TARGETS_FILE = Path(__file__).parent / "fit_targets.yaml"
Text = Annotated[str, Field(min_length=10)]


class Discrepancy(BaseModel):
    """How far the model may miss a figure without being wrong."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    sd: Annotated[float, Field(ge=0.0, le=2.0, allow_inf_nan=False)]
    """Standard deviation on the scale of the figure."""
    reason: Text


class FitTargets(BaseModel):
    """What the file says; keys are ids of published levels and effects."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    left_out: dict[str, Text]
    """Figures that are shown only, with the reason."""
    start_values: dict[str, Annotated[tuple[str, ...], Field(min_length=1, strict=False)]]
    """Figures by which the start values of these parameters were chosen."""
    discrepancies: dict[str, Discrepancy]
    """`level` and `effect` hold for all that are not named."""

    @model_validator(mode="after")
    def _has_defaults(self) -> FitTargets:
        if not {"level", "effect"} <= self.discrepancies.keys():
            raise ValueError("discrepancies must say what holds for every level and every effect")
        return self

    def discrepancy(self, name: str, kind: str) -> Discrepancy:
        """Return what holds for a figure; `kind` is level or effect."""
        return self.discrepancies.get(name, self.discrepancies[kind])


@cache
def read_fit_targets(path: Path = FIT_TARGETS_FILE) -> FitTargets:
    """Return the checked file. Raises InputError that names file and line."""
    document = read_yaml(path)
    try:
        return FitTargets.model_validate(dict(document.data))
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
