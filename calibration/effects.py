"""Read the published effects that virtual studies are set beside: copied facts, each with its source."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sim.config.yaml_file import KeyPath, read_yaml

EFFECTS_FILE = Path(__file__).parent / "evidence" / "effect_targets.yaml"
Number = Annotated[float, Field(allow_inf_nan=False)]
_LIMITS = {
    "rate_ratio": (0.0, 100.0),
    "odds_ratio": (0.0, 100.0),
    "relative_change": (-1.0, 10.0),
    "share": (0.0, 1.0),
    "difference": (-1000.0, 1000.0),
}
"""What a number of each unit can be."""


class Effect(BaseModel):
    """One published figure of a study, as it was reported."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    id: str
    outcome: str
    speaks_of: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """Outcomes of a comparison that it is evidence about; none where it tells of today's care."""
    means: Annotated[tuple[str, ...], Field(strict=False)] = ()
    """The means that had the effect, all together."""
    population: str
    comparator: str
    design: str
    type: Literal[
        "trial",
        "meta_analysis",
        "matched",
        "cohort",
        "cross_section",
        "providers",
        "before_after",
        "synthesis",
        "log",
        "survey",
    ]
    """The design as one of a few kinds."""
    follow_up: str
    unit: Literal["rate_ratio", "odds_ratio", "relative_change", "difference", "share"]
    estimate: Number | None = None
    """None where the source gives a range only."""
    low: Number
    high: Number
    range: Literal["ci95", "published", "one_end", "assumption"]
    """Where `low` and `high` come from: the source's 95 % interval, its own span, one end of a span ("up to"), or
    our tolerance round a figure without an interval."""
    kind: Literal["change", "difference", "level"]
    """Against before, against others at the same time, or a level without any comparison."""
    strength: Literal["strong", "moderate", "weak", "assumption"]
    verified: bool
    """Whether the number was seen in the source's text; if not it is a wide, openly labelled assumption."""
    source: str
    cites: str
    """First author and year, or report and line: how a parameter's source would name the same study."""
    also_describes: str | None = None
    """What the same source sets in a scenario that is no result (who was eligible, say), and where."""
    note: str | None = None

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        inside = self.low if self.estimate is None else self.estimate
        if not self.low <= inside <= self.high:
            raise ValueError("expected low <= estimate <= high")
        least, most = _LIMITS[self.unit]
        if self.low < least or self.high > most:
            raise ValueError(f"a {self.unit} lies within {least:g} to {most:g}")
        if self.kind == "level" and self.unit != "share":
            raise ValueError("a level without comparison is a share")
        if bool(self.means) != bool(self.speaks_of):
            raise ValueError("means and speaks_of go together: what had the effect, and on what")
        if not self.verified and self.strength != "assumption":
            raise ValueError("what was not seen in the source has strength: assumption")
        return self


class _Effects(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")

    effects: tuple[Effect, ...] = Field(strict=False)


@cache
def read_effects(path: Path = EFFECTS_FILE) -> dict[str, Effect]:
    """Return the checked facts by id. Raises InputError that names file and line."""
    document = read_yaml(path)
    try:
        effects = _Effects.model_validate(dict(document.data)).effects
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None
    by_id: dict[str, Effect] = {}
    for i, effect in enumerate(effects):
        if effect.id in by_id:
            raise document.error(("effects", i, "id"), f"{effect.id} is given twice; keep one")
        by_id[effect.id] = effect
    return by_id


def what_is_wrong(problem: ValidationError) -> tuple[KeyPath, str]:
    """Return where the first defect lies and what it is, without Pydantic's own words around it."""
    first = problem.errors()[0]
    message = {"missing": "is missing; add it", "extra_forbidden": "unknown key; remove it"}.get(
        first["type"], first["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
    )
    return tuple(first["loc"]), message
