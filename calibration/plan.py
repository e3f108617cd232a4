"""Read the plan of a fit: how many sets are run in which steps, and how large each run is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.effects import what_is_wrong
from sim.config.yaml_file import read_yaml

PLAN_FILE = Path(__file__).parent / "plan.yaml"
SMALL_PLAN_FILE = Path(__file__).parent / "plan_small.yaml"
Share = Annotated[float, Field(gt=0.0, le=1.0)]
Count = Annotated[int, Field(ge=1, le=100_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Levels(_Strict):
    """How long today's care is simulated where no study is run beside it."""

    years: Annotated[float, Field(gt=0.0, le=10.0)]
    warmup_years: Annotated[float, Field(gt=0.0, le=5.0)]


class Start(_Strict):
    """How often the start values are run, to set beside the fit."""

    runs: Annotated[int, Field(ge=2, le=1000)]


class Screening(_Strict):
    """Trajectories of the screening design, each of one run a parameter and one more; and what counts."""

    trajectories: Annotated[int, Field(ge=2, le=100)]
    least: Annotated[float, Field(ge=0.0, le=100.0)]
    """A parameter is searched where it moves a level by so many standard deviations of what is not known of it."""


class WavePlan(_Strict):
    """One wave: how many sets, and whether the studies are run beside today's care."""

    points: Count
    studies: bool


class EnsemblePlan(_Strict):
    """How many sets are kept, and how many of them are run with the studies to see what they give."""

    sets: Count
    with_studies: Annotated[int, Field(ge=0, le=100_000)]


class Plan(_Strict):
    """The whole plan."""

    sample: Share
    study_sample: Share
    levels: Levels
    start: Start
    screening: Screening
    waves: Annotated[tuple[WavePlan, ...], Field(min_length=1, strict=False)]
    ensemble: EnsemblePlan
    kept: Annotated[float, Field(gt=0.0, lt=1.0)]
    space_points: Annotated[int, Field(ge=64, le=1 << 16)]
    studies: Literal["all"] | tuple[str, ...]
    parameters: Literal["all"] | tuple[str, ...]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.space_points & (self.space_points - 1):
            raise ValueError(f"space_points must be a power of 2, found {self.space_points}")
        order = [wave.studies for wave in self.waves]
        if order != sorted(order):
            raise ValueError("waves with studies come after those without")
        if self.ensemble.with_studies > self.ensemble.sets:
            raise ValueError("ensemble: with_studies must be at most sets")
        return self

    @property
    def runs_studies(self) -> bool:
        """Tell whether any step runs studies."""
        return any(wave.studies for wave in self.waves) or self.ensemble.with_studies > 0


def read_plan(path: Path | None = None) -> Plan:
    """Return the plan: the usual one, with what the given file says in place. Raises InputError with file and line."""
    usual = dict(read_yaml(PLAN_FILE).data)
    document = read_yaml(path or PLAN_FILE)
    told = {
        key: {**usual[key], **value} if isinstance(value, Mapping) and isinstance(usual.get(key), Mapping) else value
        for key, value in document.data.items()
    }
    try:
        return Plan.model_validate(usual | told)
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
