"""Read what the five reports say of systems, means and prerequisites: the facts the scenario library rests on."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML

from sim.config.stands_for import SEVENTEEN, Answer, Line

INITIATIVES_FILE = Path(__file__).parent / "evidence" / "initiatives.yaml"
Share = Annotated[float, Field(ge=0.0, le=1.0)]


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Report(_Strict):
    """One of the five reports; without a year where it gives none."""

    author: str
    title: str
    year: int | None = None


class CellFact(_Strict):
    """What the text says of one means in one system, with the words relied on."""

    value: Answer
    line: Line
    basis: str
    inferred: bool
    lean: Literal["yes", "no", "partial"] | None = None
    note: str | None = None


class Feature(_Strict):
    """Something that a system does, in our words and in those of the report."""

    id: str
    line: Line
    what: str
    quote: str


class Entry(_Strict):
    """A system, agreement or proposal that a report describes."""

    id: str
    name: str
    kind: Literal["initiative", "model", "proposal", "mechanism"]
    report: str
    line: Line
    quote: str
    level: Literal["local", "national", "international"] | None = None
    start_year: int | None = None
    need_groups: tuple[int | Literal["all"], ...] = Field(default=(), strict=False)
    target: str | None = None
    status: str | None = None
    note: str | None = None
    same_as: str | None = None
    cells: dict[str, CellFact] = Field(default_factory=dict)
    features: tuple[Feature, ...] = Field(default=(), strict=False)

    @model_validator(mode="after")
    def _cells_are_of_the_seventeen(self) -> Self:
        if strange := sorted(set(self.cells) - set(SEVENTEEN)):
            raise ValueError(f"{self.id}: {', '.join(strange)}: no means of report 000")
        if self.kind == "initiative" and len(self.cells) != len(SEVENTEEN):
            raise ValueError(f"{self.id}: an initiative has all {len(SEVENTEEN)} cells, found {len(self.cells)}")
        return self

    def lines(self) -> frozenset[int]:
        """Return every line of the report that is copied here."""
        return frozenset({self.line, *(one.line for one in self.cells.values()), *(one.line for one in self.features)})


class Survey(_Strict):
    """How many of those asked say that a prerequisite is there; shares by who answered."""

    line: Line
    what: str
    shares: dict[str, Share]
    quote: str


class Fact(_Strict):
    """A success factor, a prerequisite or a property of a way to pay, as a report words it."""

    id: str
    name: str
    report: str
    line: Line
    quote: str
    mechanism: str | None = None
    survey: tuple[Survey, ...] = Field(default=(), strict=False)

    def lines(self) -> frozenset[int]:
        """Return every line of the report that is copied here."""
        return frozenset({self.line, *(one.line for one in self.survey)})


class Count(_Strict):
    """What report 000 says of one means over all its initiatives (section 5.3)."""

    id: str
    means: str
    says: str
    report: str
    line: Line
    quote: str

    def lines(self) -> frozenset[int]:
        """Return the line that is copied here."""
        return frozenset({self.line})


class Initiatives(_Strict):
    """All copied facts."""

    reports: dict[str, Report]
    entries: tuple[Entry, ...] = Field(strict=False)
    success_factors: tuple[Fact, ...] = Field(strict=False)
    prerequisites: tuple[Fact, ...] = Field(strict=False)
    reimbursement: tuple[Fact, ...] = Field(strict=False)
    counts: tuple[Count, ...] = Field(strict=False)

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        times = Counter(one.id for one in (*self.all(), *(f for entry in self.entries for f in entry.features)))
        if twice := sorted(name for name, n in times.items() if n > 1):
            raise ValueError(f"named twice: {', '.join(twice)}")
        if strange := sorted({one.id for one in self.all() if one.report not in self.reports}):
            raise ValueError(f"of a report that is not listed: {', '.join(strange)}")
        known = {entry.id for entry in self.entries}
        if strange := sorted({one.id for one in self.entries if one.same_as and one.same_as not in known}):
            raise ValueError(f"same as an entry that is not listed: {', '.join(strange)}")
        return self

    def all(self) -> tuple[Entry | Fact | Count, ...]:
        """Return everything that has an id and is no feature."""
        return (*self.entries, *self.success_factors, *self.prerequisites, *self.reimbursement, *self.counts)

    def find(self, fact_id: str) -> Entry | Fact | Count:
        """Return what has this id. Raises KeyError."""
        return {one.id: one for one in self.all()}[fact_id]

    def lines(self, report: str) -> frozenset[int]:
        """Return every copied line of one report."""
        return frozenset(line for one in self.all() if one.report == report for line in one.lines())


@cache
def read_initiatives(path: Path = INITIATIVES_FILE) -> Initiatives:
    """Return the checked facts. Raises ValueError that names the file and what is wrong."""
    try:
        return Initiatives.model_validate(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
    except ValidationError as problem:
        first = problem.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{path.name}: {where}: {first['msg']}".replace(": : ", ": ")) from None
