"""Find own totals that contradict each other: parts above the whole, sums that differ, more clients than people."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from calibration.local_file import Total
from calibration.own_figures import FROM_AGE, OwnFigures, groups_of, people_in
from sim.config.errors import InputError
from sim.config.place import Place

_ROUNDING = 0.5
"""Every total may be rounded to a whole number."""
_SUMS_DIFFER_SHARE = 0.01
"""How far two complete sums of the same thing may lie apart: some people have no known municipality or age."""

Totals = Mapping[tuple[str, str, str], Total]


def check_totals(path: Path, figures: OwnFigures, totals: Totals, place: Place) -> None:
    """Raise InputError for the first contradiction, naming the rows."""
    for name in dict.fromkeys(one.figure for one in totals.values()):
        _check_sums(path, figures, name, totals, place)
    for one in totals.values():
        _check_part(path, figures, one, totals)
        _check_people(path, figures, one, place)
    _check_parts_together(path, figures, totals)


def _check_sums(path: Path, figures: OwnFigures, name: str, totals: Totals, place: Place) -> None:
    """Check the groups of one figure against its total for all, and complete sums against each other."""
    whole = totals.get((name, "all", "all"))
    complete: dict[str, tuple[float, int]] = {}
    for grouping in figures.figures[name].groups:
        parts = [one for one in totals.values() if one.figure == name and one.group_by == grouping != "all"]
        if not parts:
            continue
        total, rows = sum(one.total for one in parts), ", ".join(str(one.line) for one in parts)
        if whole is not None and total > whole.total + _ROUNDING * (len(parts) + 1):
            raise InputError(
                f"{path}:{whole.line}: total: {name} by {grouping} (rows {rows}) add up to {total:,.0f}, more than the "
                f"whole, {whole.total:,.0f}; correct one of them"
            )
        if len(parts) == len(groups_of(grouping, place)):
            complete[grouping] = (total, parts[0].line)
    if whole is not None:
        complete["all"] = (whole.total, whole.line)
    (first, (most, line)), (last, (least, _)) = _ends(complete)
    if most - least > _SUMS_DIFFER_SHARE * most + _ROUNDING * len(totals):
        raise InputError(
            f"{path}:{line}: total: {name} by {first} is {most:,.0f} in all, by {last} {least:,.0f}: they are of "
            "the same people and should agree; correct one of them"
        )


def _ends(sums: Mapping[str, tuple[float, int]]) -> tuple[tuple[str, tuple[float, int]], tuple[str, tuple[float, int]]]:
    """Return the largest and the smallest sum with their names; the same nothing twice without any."""
    ranked = sorted(sums.items(), key=lambda item: -item[1][0]) or [("", (0.0, 0))]
    return ranked[0], ranked[-1]


def _check_part(path: Path, figures: OwnFigures, one: Total, totals: Totals) -> None:
    whole = totals.get((figures.figures[one.figure].part_of or "", one.group_by, one.group))
    if whole is not None and one.total > whole.total + _ROUNDING:
        raise InputError(
            f"{path}:{one.line}: total: {one.figure} ({one.total:,.0f}) is a part of {whole.figure} "
            f"(row {whole.line}, {whole.total:,.0f}) and cannot be more; correct one of them"
        )


def _check_parts_together(path: Path, figures: OwnFigures, totals: Totals) -> None:
    """Check that parts which exclude each other (contacts by profession, cost by kind) are not more than the whole."""
    for whole in totals.values():
        parts = [
            one
            for one in totals.values()
            if figures.figures[one.figure].part_of == whole.figure
            and (one.group_by, one.group) == (whole.group_by, whole.group)
        ]
        total = sum(one.total for one in parts)
        if total > whole.total + _ROUNDING * (len(parts) + 1):
            rows = ", ".join(str(one.line) for one in parts)
            raise InputError(
                f"{path}:{whole.line}: total: the parts of {whole.figure} (rows {rows}) add up to {total:,.0f}, more "
                f"than the whole, {whole.total:,.0f}; correct one of them"
            )


def _check_people(path: Path, figures: OwnFigures, one: Total, place: Place) -> None:
    among = figures.figures[one.figure].people
    if among is None:
        return
    people = people_in(place, one.group_by, one.group, FROM_AGE[among])
    if one.total > people + _ROUNDING:
        raise InputError(
            f"{path}:{one.line}: total: {one.total:,.0f} people, but by the place file {place.id} only {people:,.0f} "
            f"{among.replace('_', ' ').replace('plus', 'and over')} live there"
        )
