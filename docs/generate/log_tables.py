"""Describe outcomes, the event log and the closed lists that its numbers stand for."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum, IntFlag

import numpy as np

from generate.markdown import heading, prose, table
from sim.core import vocabulary
from sim.core.tables import TABLES
from sim.outcomes.outcome import AIMS, all_outcomes


def outcomes() -> Iterator[str]:
    """Yield the section on outcomes."""
    yield from heading("Outcomes")
    yield from prose(
        """
        In the order of the Triple Aim, then staff. Headline outcomes (in bold) stand in the table that
        `mellanrum compare` prints; the others are in `outcomes.csv` and `differences.csv`. Only what
        happens in the measured period counts.
        """
    )
    yield ""
    for aim in AIMS:
        yield from heading(aim.capitalize(), 3)
        rows = (
            (
                f"**`{one.id}`**" if one.headline else f"`{one.id}`",
                f"{one.label_en} / {one.label_sv}",
                one.unit,
                one.better,
                one.meaning,
            )
            for one in all_outcomes().values()
            if one.aim == aim
        )
        yield from table(("id", "English / Swedish", "unit", "better", "meaning"), rows)


def event_log() -> Iterator[str]:
    """Yield the section on the tables of the log."""
    yield from heading("Event log")
    yield from prose(
        """
        Kept with `--events`, one Parquet file per table. Every row is a moment: where something lasts, its
        start and its end are two rows. Times are days since the start of the run, which is midnight before
        a Monday; the warm-up comes first. Indices: people are numbered by municipality, age and sex;
        stations and staff in the order of the place file; -1 means "does not apply" unless the column says
        otherwise.
        """
    )
    yield ""
    for name, columns in TABLES.items():
        yield from heading(name, 3)
        rows = (
            (f"`{column}`", np.dtype(one.dtype).name, _unit(one.unit), one.meaning) for column, one in columns.items()
        )
        yield from table(("column", "type", "unit", "meaning"), rows)


def closed_lists() -> Iterator[str]:
    """Yield the section on what the integers of the log stand for."""
    yield from heading("Closed lists")
    yield from prose(
        """
        Integers in the log stand for these; tables and files write them in small letters.
        """
    )
    yield ""
    for kind in _kinds():
        yield from heading(kind.__name__, 3)
        yield str(kind.__doc__).strip()
        yield ""
        yield ", ".join(f"{member.value} `{str(member.name).lower()}`" for member in kind)
        yield ""


def _kinds() -> list[type[IntEnum] | type[IntFlag]]:
    found = [thing for thing in vars(vocabulary).values() if isinstance(thing, type)]
    kinds = [thing for thing in found if issubclass(thing, (IntEnum, IntFlag)) and thing not in (IntEnum, IntFlag)]
    return sorted(kinds, key=lambda kind: kind.__name__)


def _unit(unit: str) -> str:
    """Link a unit that is a closed list to its list."""
    lists = {kind.__name__ for kind in _kinds()}
    return f"[{unit}](#{unit.lower()})" if unit in lists else unit
