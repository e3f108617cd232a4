"""Say which totals of an own place can be set beside the model, for which groups, and what each is divided by."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from calibration.effects import what_is_wrong
from sim.config.place import Place
from sim.config.yaml_file import read_yaml
from sim.core.vocabulary import Profession, label
from sim.outcomes.grouping import AGE_BANDS
from sim.outcomes.outcome import all_outcomes

FIGURES_FILE = Path(__file__).parent / "own_figures.yaml"
People = Literal["inhabitants", "inhabitants_65_plus", "inhabitants_80_plus"]
Grouping = Literal["all", "municipality", "age", "profession", "principal"]
FROM_AGE: dict[People, float] = {"inhabitants": 0.0, "inhabitants_65_plus": 65.0, "inhabitants_80_plus": 80.0}


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Tolerance(_Strict):
    """How far a figure of one year may lie from the model without counting as missed, where the file does not say."""

    share: Annotated[float, Field(ge=0.0, le=1.0)]
    poisson_sds: Annotated[float, Field(ge=0.0)]
    """Of the count, where that is more: small numbers vary."""
    source: str


class OwnFigure(_Strict):
    """A total that can be given."""

    outcome: str | None = None
    """None for a total that others are divided by only."""
    unit: str
    per: str | None = None
    """People of the place, or the name of another total."""
    part_of: str | None = None
    groups: tuple[Grouping, ...] = Field(strict=False)
    people: People | None = None
    """For a number of people: among whom they are."""
    meaning: str


class OwnFigures(_Strict):
    """What the file says."""

    tolerance: Tolerance
    figures: dict[str, OwnFigure]

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        for name, figure in self.figures.items():
            if (figure.outcome is None) != (figure.per is None):
                raise ValueError(f"{name}: outcome and per go together")
            if figure.outcome is not None and figure.outcome not in all_outcomes():
                raise ValueError(f"{name}: there is no outcome {figure.outcome}")
            if figure.per is not None and figure.per not in (*FROM_AGE, *self.figures):
                raise ValueError(f"{name}: there is no total {figure.per}")
            if figure.part_of is not None and figure.part_of not in self.figures:
                raise ValueError(f"{name}: there is no total {figure.part_of}")
        return self


@cache
def read_own_figures(path: Path = FIGURES_FILE) -> OwnFigures:
    """Return the checked file. Raises InputError that names file and line."""
    document = read_yaml(path)
    try:
        return OwnFigures.model_validate(dict(document.data))
    except ValidationError as problem:
        raise document.error(*what_is_wrong(problem)) from None


def groups_of(grouping: Grouping, place: Place) -> tuple[str, ...]:
    """Return the groups of a grouping in a place, in the order the model shows them."""
    return {
        "all": ("all",),
        "municipality": tuple(one.id for one in place.municipalities),
        "age": tuple(name for _, name in AGE_BANDS),
        "profession": tuple(label(profession) for profession in Profession),
        "principal": tuple(one.id for one in place.principals),
    }[grouping]


def people_in(place: Place, grouping: str, group: str, from_age: float = 0.0) -> float:
    """Return how many inhabitants of a group the place file has, of `from_age` and over.

    Within an age group of the file people are spread evenly over its years, as the model spreads them. Of a
    profession or principal the group is the whole place.
    """
    first, beyond = from_age, float("inf")
    if grouping == "age":
        starts = [start for start, _ in AGE_BANDS]
        at = [name for _, name in AGE_BANDS].index(group)
        first = max(first, float(starts[at]))
        beyond = float(starts[at + 1]) if at + 1 < len(starts) else beyond
    total = 0.0
    for municipality in place.municipalities:
        if grouping == "municipality" and municipality.id != group:
            continue
        for band in municipality.age_groups:
            start, end = float(band.from_age), float(band.to_age + 1)
            inside = max(0.0, min(end, beyond) - max(start, first))
            total += (band.women + band.men) * inside / (end - start)
    return total
