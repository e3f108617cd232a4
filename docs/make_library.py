"""Write library.md: what every system of the scenario library stands for, from the scenario files themselves.

Run `python docs/make_library.py` after a change of a file in scenarios/initiatives; a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

from generate.markdown import item, page, prose, table, write

from calibration.initiatives import Initiatives, read_initiatives
from sim.config.loader import load_scenario
from sim.config.lookup import place_files, scenario_files
from sim.config.scenario import MeansChoice, Scenario
from sim.config.stands_for import SEVENTEEN, Cell, StandsFor
from sim.report.line_numbers import in_groups
from sim.report.texts import read_texts

TARGET = Path(__file__).with_name("library.md")
FOLDER = "initiatives/"
OWN_PLACE = "its own place is `--place "
MARKS = {"yes": "●", "partial": "◐", "unclear": "?"}
SHORT = {means: str(number) for number, means in enumerate(SEVENTEEN, start=1)}


def library() -> str:
    """Return the whole text."""
    facts, systems = read_initiatives(), [load_scenario(name) for name in scenario_files() if name.startswith(FOLDER)]
    return page([_opening(facts), _systems(systems), _matrix(systems), _elsewhere()])


def _opening(facts: Initiatives) -> Iterator[str]:
    yield "# The scenario library"
    yield ""
    yield "Made by `python docs/make_library.py` from the scenario files; do not edit by hand."
    yield ""
    yield from prose(
        """
        Every system that the five reports describe is a scenario in `scenarios/initiatives/`. It says what it
        stands for, on which lines of the report's text it rests, what is inferred, and what the model could not
        express. `mellanrum show NAME` says the same with every setting, `mellanrum league` runs them all in one
        place. They are ways of working put into a place as it is today, not forecasts for the places they come
        from: no result that a report claims has gone in. The facts with their quotes are in
        `calibration/evidence/initiatives.yaml`, and a test compares each cell and line with them.
        """
    )
    yield ""
    for number, report in facts.reports.items():
        year = f", {report.year}" if report.year else ""
        yield f"- **{number}**: {report.author}{year}. *{report.title}*."
    yield ""


def _systems(systems: Sequence[Scenario]) -> Iterator[str]:
    def order(one: Scenario) -> tuple[str, str, str]:
        return _stands(one).report, _stands(one).kind, one.id

    text = read_texts("en")
    for (report, kind), members in groupby(sorted(systems, key=order), key=lambda one: order(one)[:2]):
        yield f"## {text.name('report', report)}: {text.name('kind', kind)}"
        yield ""
        for one in members:
            yield from _system(one)


def _system(one: Scenario) -> Iterator[str]:
    stands = _stands(one)
    yield f"### {one.title.en}"
    yield ""
    yield from prose(one.summary.en)
    yield ""
    yield from item("Name", f"`{one.id}`, {'line' if len(stands.lines) == 1 else 'lines'} {in_groups(stands.lines)}")
    if stands.target_group:
        yield from item("Target group", stands.target_group.en)
    yield from item("Means", ", ".join(map(_means, one.means)) or "none: parameters or place differ")
    if stands.expressed_by:
        told = (f"`{cell}` by `{means}`" for cell, means in stands.expressed_by.items())
        yield from item("Expressed by another means", ", ".join(told))
    for what, said in (("Inferred", stands.inferred), ("Not expressed", stands.not_expressed)):
        if said:
            yield from item(what, said.en)
    if place := _own_place(one):
        yield from item("Own place", f"`--place {place}`")
    yield ""


def _means(choice: MeansChoice) -> str:
    parts = [f"{name} {value:g}" for name in ("coverage", "fidelity") if (value := getattr(choice, name)) < 1]
    return f"`{choice.id}`" + (f" ({', '.join(parts)})" if parts else "")


def _own_place(one: Scenario) -> str:
    text = scenario_files()[FOLDER + one.id].read_text(encoding="utf-8")
    header = " ".join(line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#"))
    named = header.partition(OWN_PLACE)[2].partition("`")[0]
    return named or ("" if one.place.id == load_scenario("baseline").place.id else one.place.id)


def _matrix(systems: Sequence[Scenario]) -> Iterator[str]:
    yield "## System by means"
    yield ""
    yield from prose(
        """
        What the text says of the seventeen means of report 000: ● yes, ◐ partial, ? unclear (off here unless the
        system says otherwise), empty: no, or not spoken of. A star: not said in so many words.
        """
    )
    yield ""
    yield from prose("; ".join(f"{number} `{means}`" for means, number in SHORT.items()) + ".")
    yield ""
    rows = []
    for one in systems:
        if stated := _stands(one).stated():
            cells = (_mark(stated.get(means)) for means in SEVENTEEN)
            rows.append((f"`{one.id}`", *cells))
    yield from table(("system", *SHORT.values()), rows)


def _mark(cell: Cell | None) -> str:
    if cell is None or cell.value == "no":
        return ""
    return MARKS[cell.value] + ("\\*" if cell.inferred and cell.value != "unclear" else "")


def _elsewhere() -> Iterator[str]:
    yield "## Beside the systems"
    yield ""
    yield from prose(
        """
        `scenarios/means/` has one file for each of the seventeen means and each concrete arrangement,
        `scenarios/reimbursement/` one for each way to pay, `scenarios/expansion/` the steps from the first per
        mille to 4 % of the people. What stands in the way of coordination in Stockholm (report 001, line 290:
        a law in outline, budgets apart, secrecy) is no system: it is how care works in the baseline.
        """
    )
    yield ""
    yield from prose("Places: " + ", ".join(f"`{name}`" for name in place_files()) + ".")


def _stands(one: Scenario) -> StandsFor:
    if one.stands_for is None:
        raise ValueError(f"{one.id}: a system of the library says what it stands for; add stands_for")
    return one.stands_for


if __name__ == "__main__":
    write(TARGET, library())
