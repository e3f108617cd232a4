"""Turn a planner's own totals into targets: nothing but totals is needed, by municipality and age band at most.

A total becomes a rate by the people of the place file, or by another total of the same file. A year's figure is an
exact count, but another year would give another: the range round it is a stated assumption, or the planner's own.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from calibration.local_checks import check_totals
from calibration.local_file import COLUMNS, Total, read_totals
from calibration.own_figures import FROM_AGE, OwnFigure, OwnFigures, groups_of, people_in, read_own_figures
from calibration.validation import Target
from sim.config.errors import InputError
from sim.config.place import Place
from sim.outcomes.outcome import all_outcomes

Totals = Mapping[tuple[str, str, str], Total]


def read_local_targets(path: Path, place: Place) -> tuple[Target, ...]:
    """Return the targets of a file of totals about a place, in its order.

    Raises InputError, one message that names file, row and column: unknown figure or group, no number, negative,
    twice, low above high, totals that contradict each other, and whatever looks like personal data.
    """
    figures = read_own_figures()
    totals = {one.key: one for one in read_totals(path, figures, place)}
    check_totals(path, figures, totals, place)
    found = (_target(path, figures, one, totals, place) for one in totals.values())
    targets = tuple(target for target in found if target is not None)
    if not targets:
        raise InputError(f"{path}: holds only totals that others are divided by; give what they belong to as well")
    return targets


def with_local_targets(targets: Sequence[Target], own: Sequence[Target]) -> tuple[Target, ...]:
    """Return the targets with own ones in place of those of the same outcome and group; the others come last."""
    cells = {(target.outcome, target.group_by, target.group) for target in own}
    kept = [target for target in targets if (target.outcome, target.group_by, target.group) not in cells]
    return (*kept, *own)


def _target(path: Path, figures: OwnFigures, one: Total, totals: Totals, place: Place) -> Target | None:
    """Return a total as a target; None for one that others are divided by only."""
    figure = figures.figures[one.figure]
    if figure.outcome is None:
        return None
    outcome = all_outcomes()[figure.outcome]
    divisor, what = _divisor(path, figure, one, totals, place)
    scale = outcome.scale / divisor
    low, high = _range(figures, one)
    tolerance = "low and high as given" if one.low is not None else f"tolerance {_percent((high - low) / 2, one.total)}"
    year = f" {one.year}" if one.year else ""
    return Target(
        id="_".join(["own", one.figure, *(() if one.group_by == "all" else (one.group_by, one.group))]),
        outcome=outcome.id,
        group_by=one.group_by,
        group=one.group,
        published=one.total * scale,
        low=low * scale,
        high=high * scale,
        unit=outcome.unit,
        population=f"{place.title.en}, {one.group}{year}",
        source=f"Own figures on {one.figure.replace('_', ' ')} ({path.name}, row {one.line}){year}",
        strength="strong",
        range="assumption" if one.low is None else "published",
        used_for="plausibility",
        note=f"{one.total:,.0f} {figure.unit} over {divisor:,.0f} {what}; {tolerance}. Counted: {figure.meaning}.",
    )


def _percent(half: float, total: float) -> str:
    return f"{100.0 * half / total:.0f} %" if total else f"{half:g}"


def _divisor(path: Path, figure: OwnFigure, one: Total, totals: Totals, place: Place) -> tuple[float, str]:
    """Return what a total is divided by, and what that is in words."""
    for people, from_age in FROM_AGE.items():
        if figure.per == people:
            count = people_in(place, one.group_by, one.group, from_age)
            if count <= 0:
                raise InputError(f"{path}:{one.line}: group: nobody lives there by the place file {place.id}")
            return count, people.replace("_", " ").replace("plus", "and over")
    assert figure.per is not None, "a figure with an outcome is divided by something"
    other = totals.get((figure.per, one.group_by, one.group))
    if other is None or other.total <= 0:
        raise InputError(
            f"{path}:{one.line}: figure: {one.figure} of {one.group} needs {figure.per} of the same group; "
            "give it in a row of its own, above 0"
        )
    return other.total, figure.per.replace("_", " ")


def _range(figures: OwnFigures, one: Total) -> tuple[float, float]:
    """Return the range round a total: as given, else by tolerance, else by the stated assumption."""
    if one.low is not None and one.high is not None:
        return one.low, one.high
    if one.tolerance is not None:
        half = one.tolerance * one.total
    else:
        assumed = figures.tolerance
        half = max(assumed.share * one.total, assumed.poisson_sds * math.sqrt(one.total))
    return max(0.0, one.total - half), one.total + half


def template(place: Place) -> str:
    """Return the file to fill in: one row for every total and group of the place, the columns to fill in empty.

    Fields are parted by semicolons, as spreadsheets in Sweden expect; a comma may then stand for the decimal point.
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\n")
    writer.writerow(COLUMNS)
    for name, figure in read_own_figures().figures.items():
        for grouping in figure.groups:
            for number, group in enumerate(groups_of(grouping, place)):
                is_first = number == 0 and grouping == figure.groups[0]
                comment = f"{figure.meaning}; e.g. 1234" if is_first else ""
                writer.writerow([name, grouping, group, "", figure.unit, "", "", "", "", comment])
    return stream.getvalue()
