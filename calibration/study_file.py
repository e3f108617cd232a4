"""Read virtual studies: who takes part, how they are found and compared, what is followed, what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.adjustment import Adjustment
from calibration.effects import read_effects, what_is_wrong
from calibration.estimators import Estimator
from calibration.study_outcomes import OUTCOMES
from sim.config.errors import InputError, suggestion
from sim.config.yaml_file import read_yaml

STUDIES_FOLDER = Path(__file__).parent / "studies"
Days = Annotated[float, Field(ge=0.0, le=1460.0, allow_inf_nan=False)]
Design = Literal["randomised", "before_after", "matched_control", "cross_section", "own_log"]
Found = Literal["frequent_use", "enrolled", "admitted", "discharged", "answered_at_home", "everybody"]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Subjects(_Strict):
    """Who can take part and when each is found, which is the first day of the person's follow-up."""

    found: Found
    of: Literal["ed_visits", "admissions"] = "ed_visits"
    """What the use is that `frequent_use` counts."""
    at_least: Annotated[int, Field(ge=1, le=50)] = 1
    within_days: Days = 182.0
    recruitment_days: Annotated[float, Field(gt=0.0, le=1460.0)] = 1.0
    """How long people are found, from the day the means starts and `lag_days` have passed."""
    lag_days: Days = 0.0
    """Time given to the means to be introduced before the first are found."""
    age_from: Annotated[float, Field(ge=0.0, le=110.0)] = 0.0
    only: Literal["all", "complex_needs", "home_care", "home_nursing"] = "all"


class Result(_Strict):
    """One figure the study reports, and the published one it is set beside."""

    target: str
    outcome: str
    estimator: Estimator


class Study(_Strict):
    """A virtual study; all times in days."""

    id: str
    title: str
    source: str
    scenario: str
    """The world with the means: a name, or a file beside the study."""
    comparator: str = "baseline"
    """The world without."""
    design: Design
    share_offered: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    """Share of people whom luck lets have the means; the others are compared with."""
    subjects: Subjects
    exposure: Literal["usual_provider"] | None = None
    """What sets those compared apart in a cross-section: lowest and highest third."""
    adjust_for: Annotated[tuple[Adjustment, ...], Field(strict=False)] = ()
    """What those compared in a cross-section are made alike in: age, GP visits in `before_days`, need group."""
    before_days: Days = 0.0
    delay_days: Days = 0.0
    """From the day a person is found to the start of follow-up."""
    follow_up_days: Annotated[float, Field(gt=0.0, le=1460.0)]
    warmup_years: Annotated[float, Field(gt=0.0, le=5.0)] = 1.0
    results: Annotated[tuple[Result, ...], Field(min_length=1, strict=False)]
    note: str

    @property
    def years(self) -> float:
        """Time to simulate after the warm-up: lag, recruitment and follow-up, in whole weeks."""
        days = self.subjects.lag_days + self.subjects.recruitment_days + self.delay_days + self.follow_up_days
        return (int(days // 7) + 1) * 7 / 365.0

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        two_groups = self.design in ("randomised", "matched_control")
        if two_groups != (self.share_offered < 1.0):
            raise ValueError("share_offered below 1 goes with the designs randomised and matched_control, and must")
        if (self.design == "cross_section") != (self.exposure is not None):
            raise ValueError("exposure goes with the design cross_section, and must")
        if self.adjust_for and self.design != "cross_section":
            raise ValueError("adjust_for goes with the design cross_section only")
        looks_back = self.design in ("before_after", "matched_control", "cross_section")
        if looks_back != (self.before_days > 0):
            raise ValueError(f"before_days must be {'above 0' if looks_back else 'left out'} with {self.design}")
        back = max(self.before_days, self.subjects.within_days if self.subjects.found == "frequent_use" else 0.0)
        if back > self.warmup_years * 365.0:
            raise ValueError(
                f"{back:g} days before people are found do not fit into warmup_years {self.warmup_years:g}"
            )
        return self


def study_files() -> dict[str, Path]:
    """Return every study that comes with the program, by name."""
    return {path.stem: path for path in sorted(STUDIES_FOLDER.glob("*.yaml"))}


def find_study(name: str) -> Path:
    """Return the file of a study: its name, or a path ending in .yaml. Raises InputError."""
    known = study_files()
    if name in known:
        return known[name]
    if Path(name).suffix in (".yaml", ".yml"):
        return Path(name).expanduser()
    raise InputError(f"{name}: unknown study; {suggestion(name, known)}; or give a path ending in .yaml")


def read_study(path: Path) -> Study:
    """Return a checked study. Raises InputError: one message with file, line, key and what would be right."""
    document = read_yaml(path)
    try:
        study = Study.model_validate({"id": path.stem, **document.data})
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
    effects = read_effects()
    for i, result in enumerate(study.results):
        if result.outcome not in OUTCOMES:
            raise document.error(
                ("results", i, "outcome"), f"unknown outcome {result.outcome}; {suggestion(result.outcome, OUTCOMES)}"
            )
        if result.target not in effects:
            raise document.error(
                ("results", i, "target"), f"no such published effect: {suggestion(result.target, effects)}"
            )
        unit = effects[result.target].unit
        if unit != result.estimator:
            raise document.error(
                ("results", i, "estimator"), f"the published effect is a {unit}, not a {result.estimator}"
            )
    return study


def study_scenario(study_path: Path, named: str) -> str:
    """Return a scenario's name, or the path of a file that lies beside the study."""
    beside = study_path.parent / named
    return str(beside) if named.endswith((".yaml", ".yml")) and beside.exists() else named
