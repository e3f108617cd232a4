"""Read virtual studies: who takes part, how they are found and compared, what is followed, what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.adjustment import Adjustment
from calibration.effects import read_effects, what_is_wrong
from calibration.estimators import Estimator
from calibration.staff_survey import STAFF_OUTCOMES
from calibration.study_outcomes import OUTCOMES
from sim.config.errors import InputError, suggestion
from sim.config.yaml_file import read_yaml
from sim.core.vocabulary import Profession, label

STUDIES_FOLDER = Path(__file__).parent / "studies"
Days = Annotated[float, Field(ge=0.0, le=1460.0, allow_inf_nan=False)]
Design = Literal[
    "randomised",
    "randomised_before_consent",
    "before_after",
    "before_after_control",
    "matched_control",
    "interrupted_time_series",
    "cross_section",
    "own_log",
    "survey",
]
TWO_GROUPS: tuple[Design, ...] = (
    *("randomised", "randomised_before_consent", "matched_control", "before_after_control"),
)
"""Some get the means, others in the same world do not."""
MATCHED: tuple[Design, ...] = ("matched_control", "before_after_control")
_LOOKS_BACK: tuple[Design, ...] = (*MATCHED, "before_after", "interrupted_time_series", "cross_section")
Found = Literal["frequent_use", "enrolled", "admitted", "discharged", "answered_by_team", "everybody"]


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
    meant: str | None = None
    """Outcome in which the true effect is counted, where what the study counts is not the whole of it."""


class Answers(_Strict):
    """Who is asked in a survey, and who answers."""

    asked: Literal["people", "staff"] = "people"
    professions: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Of the staff asked."""
    share: Annotated[float, Field(gt=0.0, le=1.0)]
    """Share of those asked who answer."""
    more_with_participation: Annotated[float, Field(ge=-2.0, le=2.0)] = 0.0
    """How much that share grows from no ability to take part in the own care (0) to full ability (1)."""

    @model_validator(mode="after")
    def _asks_somebody(self) -> Self:
        if (self.asked == "staff") != bool(self.professions):
            raise ValueError("professions goes with asked: staff, and must")
        known = [label(one) for one in Profession]
        for name in self.professions:
            if name not in known:
                raise ValueError(f"unknown profession {name}; {suggestion(name, known)}")
        return self


class Study(_Strict):
    """A virtual study; all times in days."""

    id: str
    title: str
    title_sv: str = ""
    """The title in Swedish, for the page; the title itself where it is left out."""
    source: str
    scenario: str
    """The world with the means: a name, or a file beside the study."""
    comparator: str = "baseline"
    """The world without."""
    design: Design
    as_published: bool = True
    """Whether the published figure comes from this design; if not, the study shows what another design had said."""
    share_offered: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    """Share of people whom luck lets have the means; the others are compared with."""
    assigned_by: Literal["luck", "municipality"] = "luck"
    """What decides who has the means: luck person by person, or where people live."""
    consent_share: Annotated[float, Field(gt=0.0, le=1.0)] = 1.0
    """Share of those offered it who consent; when luck decides before consent, all who are offered it count."""
    subjects: Subjects
    answers: Answers | None = None
    period: Literal["month", "week"] = "month"
    """Of an interrupted time series."""
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
    def period_days(self) -> float:
        """Length of a period of an interrupted time series; months are alike."""
        return 7.0 if self.period == "week" else 365.0 / 12.0

    @property
    def periods_per_year(self) -> float:
        """Periods in a year of 365 days."""
        return 365.0 / self.period_days

    def periods(self) -> list[float]:
        """Return when each whole period begins, in periods from the day people are found; not those of the delay."""
        before, after = (int(days / self.period_days + 1e-9) for days in (self.before_days, self.follow_up_days))
        late = self.delay_days / self.period_days
        return [*(float(one) for one in range(-before, 0)), *(late + one for one in range(after))]

    @property
    def years(self) -> float:
        """Time to simulate after the warm-up: lag, recruitment and follow-up, in whole weeks."""
        days = self.subjects.lag_days + self.subjects.recruitment_days + self.delay_days + self.follow_up_days
        return (int(days // 7) + 1) * 7 / 365.0

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for wrong in (self._groups(), self._parts_of_designs(), self._times()):
            if wrong:
                raise ValueError(wrong)
        return self

    def _groups(self) -> str | None:
        """Say what is wrong with who has the means and who is compared with."""
        two_groups = self.design in TWO_GROUPS and self.assigned_by == "luck"
        if two_groups != (self.share_offered < 1.0):
            return "share_offered below 1 goes with two groups by luck (randomised, matched_control ...), and must"
        if self.assigned_by == "municipality" and self.design not in MATCHED:
            return "assigned_by municipality goes with the designs matched_control and before_after_control"
        if self.consent_share < 1.0 and self.design != "randomised_before_consent":
            return "consent_share goes with the design randomised_before_consent"
        return None

    def _parts_of_designs(self) -> str | None:
        """Say what is given without the design it belongs to, or the other way round."""
        if (self.design == "cross_section") != (self.exposure is not None):
            return "exposure goes with the design cross_section, and must"
        if self.adjust_for and self.design != "cross_section":
            return "adjust_for goes with the design cross_section only"
        if (self.design == "survey") != (self.answers is not None):
            return "answers goes with the design survey, and must"
        if self.design == "survey" and any(result.estimator != "share" for result in self.results):
            return "a survey reports shares: estimator: share"
        if self.design == "interrupted_time_series" and any(
            result.estimator not in ("rate_ratio", "relative_change") for result in self.results
        ):
            return "an interrupted time series is fitted to rates: estimator: rate_ratio or relative_change"
        return None

    def _times(self) -> str | None:
        """Say what does not fit into the time simulated."""
        looks_back = self.design in _LOOKS_BACK
        if looks_back != (self.before_days > 0):
            return f"before_days must be {'above 0' if looks_back else 'left out'} with {self.design}"
        back = max(self.before_days, self.subjects.within_days if self.subjects.found == "frequent_use" else 0.0)
        if back > self.warmup_years * 365.0:
            return f"{back:g} days before people are found do not fit into warmup_years {self.warmup_years:g}"
        return None


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
    known = outcomes_of(study)
    for i, result in enumerate(study.results):
        for key, outcome in (("outcome", result.outcome), ("meant", result.meant)):
            if outcome is not None and outcome not in known:
                raise document.error(("results", i, key), f"unknown outcome {outcome}; {suggestion(outcome, known)}")
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


def outcomes_of(study: Study) -> tuple[str, ...]:
    """Return what a study can follow, by name."""
    return tuple(STAFF_OUTCOMES if study.answers is not None and study.answers.asked == "staff" else OUTCOMES)


def study_scenario(study_path: Path, named: str) -> str:
    """Return a scenario's name, or the path of a file that lies beside the study."""
    beside = study_path.parent / named
    return str(beside) if named.endswith((".yaml", ".yml")) and beside.exists() else named
