"""Say what of the reports a scenario stands for: description only, it changes no run."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field

from sim.config.lookup import means_files
from sim.config.model_errors import validate
from sim.config.place import Strict, Text
from sim.config.reading import unknown
from sim.config.yaml_file import Document

KEY = "stands_for"
ALL_CELLS_REPORT = "000"
"""The report whose initiatives are described by all seventeen means."""

Line = Annotated[int, Field(ge=1)]
Answer = Literal["yes", "no", "partial", "unclear"]
Kind = Literal[
    "initiative",
    "model",
    "proposal",
    "mechanism",
    "prerequisite",
    "success_factors",
    "arrangement",
    "reimbursement",
    "means",
]


class Cell(Strict):
    """What a source says of one means in one initiative."""

    value: Answer
    line: Line
    lean: Literal["yes", "no", "partial"] | None = None
    """For `unclear` only: what silence points to. It switches nothing on."""
    inferred: bool = False
    """True when the source does not say it in so many words."""


class Cells(Strict):
    """The seventeen means of report 000, table 2, in its order."""

    value_base: Cell | None = None
    participation: Cell | None = None
    guidelines: Cell | None = None
    patient_coordinator: Cell | None = None
    ehealth: Cell | None = None
    mdt: Cell | None = None
    informal_cooperation: Cell | None = None
    professional_coordinator: Cell | None = None
    communication_routines: Cell | None = None
    integrated_records: Cell | None = None
    technical_communication: Cell | None = None
    single_organisation: Cell | None = None
    formal_agreement: Cell | None = None
    joint_financing: Cell | None = None
    incentives: Cell | None = None
    joint_board: Cell | None = None
    political_support: Cell | None = None


SEVENTEEN = tuple(Cells.model_fields)


class StandsFor(Strict):
    """What a scenario stands for, with the lines of the report that it rests on."""

    report: Literal["000", "001", "002", "003", "004"]
    kind: Kind
    lines: Annotated[tuple[Line, ...], Field(min_length=1)]
    """The lines of the report's text that it rests on, rising."""
    entry: str | None = None
    """Id of what is described in the copied evidence."""
    target_group: Text | None = None
    cells: Cells = Cells()
    expressed_by: dict[str, str] = Field(default_factory=dict)
    """Means that stand for a cell instead of the means of the cell's name."""
    inferred: Text | None = None
    """What is inferred here, in plain words."""
    not_expressed: Text | None = None
    """What the source says that the model could not express."""

    def cell(self, means_id: str) -> Cell | None:
        """Return what the source says of one of the seventeen means; None when it says nothing."""
        found: Cell | None = getattr(self.cells, means_id)
        return found

    def stated(self) -> dict[str, Cell]:
        """Return the cells that the source speaks of, in the order of the seventeen means."""
        return {means_id: cell for means_id in SEVENTEEN if (cell := self.cell(means_id)) is not None}


def read_stands_for(document: Document) -> StandsFor | None:
    """Return the checked description, or None without one. Raises InputError."""
    if KEY not in document.data:
        return None
    found = validate(document, StandsFor, (KEY,))
    for i, (line, after) in enumerate(pairwise(found.lines)):
        if line >= after:
            raise document.error((KEY, "lines", i), f"{line} stands before {after}; write rising numbers, each once")
    for means_id, cell in found.stated().items():
        if cell.lean is not None and cell.value != "unclear":
            where = (KEY, "cells", means_id, "lean")
            raise document.error(where, f"only an unclear cell may lean; this one is {cell.value}: leave it out")
    for means_id, other in found.expressed_by.items():
        entry = (KEY, "expressed_by", means_id)
        if means_id not in found.stated():
            raise document.error(entry, "no such cell is stated; state it under cells, or leave this out")
        if other not in means_files():
            raise unknown(document, entry, means_files(), "means")
    missing = [means_id for means_id in SEVENTEEN if found.cell(means_id) is None]
    if missing and found.report == ALL_CELLS_REPORT and found.kind == "initiative":
        raise document.error(
            (KEY, "cells"),
            f"{', '.join(missing)} missing; an initiative of report {ALL_CELLS_REPORT} has all seventeen, "
            "`unclear` where the text says nothing",
        )
    return found
