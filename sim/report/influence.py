"""Say what a comparison itself tells of sensitivity, what an analysis beside it found, and how to make one."""

from __future__ import annotations

from dataclasses import dataclass

from sim.analysis.judgement import judgement
from sim.report.grids import Cell, Grid, Row
from sim.report.main_outcomes import EVERYBODY, leading_scenario, main_outcomes
from sim.report.sensitivity_results import SensitivityRead
from sim.report.sensitivity_sentences import about_panel
from sim.report.sources import Source, plain
from sim.report.tables import Row as TableRow
from sim.report.tables import records
from sim.report.words import Words

_SHOWN = 5
BESIDE = "sensitivity"
"""Folder inside that of a comparison in which the report looks for results of `mellanrum sensitivity`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Influence:
    """The section on sensitivity: what the runs tell, what an analysis beside them found, and its command."""

    paragraphs: list[str]
    grid: Grid | None = None
    found: tuple[str, ...] = ()
    command: str = ""


def influence(words: Words, beside: SensitivityRead | None = None) -> Influence:
    """Return the section; `beside` is a sensitivity analysis of the same place, when there is one."""
    if not words.results.compared:
        return Influence(paragraphs=[words.text("page.nothing")])
    scenario = leading_scenario(words)
    grid = _grid(scenario, words)
    said = [words.text("influence.how"), words.text("influence.caution")] if grid else [_why_not(words)]
    found = [] if beside is None else [plain(about_panel(panel, beside, words)) for panel in beside.panels]
    return Influence(paragraphs=said, grid=grid, found=tuple(found), command=_command(scenario, words))


def _why_not(words: Words) -> str:
    """Say why the runs tell nothing of single parameters."""
    facts = words.results.facts
    sets = int((facts.fit.get("used") if facts.fit else facts.ensemble.get("sets")) or 0)
    if not sets:
        return words.text("influence.one_set")
    fewest = int(judgement().fewest_sets)
    return words.text("influence.too_few" if sets < fewest else "influence.no_table", sets=sets, fewest=fewest)


def _grid(scenario: str, words: Words) -> Grid | None:
    """Return the parameters that differences go with most, for the main outcomes; None without any."""
    table = words.results.correlations
    if table is None or table.empty:
        return None
    group_by, group = EVERYBODY
    own = table[(table["scenario"] == scenario) & (table["group_by"] == group_by) & (table["group"] == group)]
    rows = list[Row]()
    for outcome in main_outcomes().values():
        of = own[own["outcome"] == outcome]
        strongest = of.loc[of["rank_correlation"].abs().sort_values(ascending=False, kind="stable").index[:_SHOWN]]
        if len(strongest):
            rows.append(Row(heading=words.outcome(outcome), section=True))
            rows += [_row(one, words) for one in records(strongest)]
    if not rows:
        return None
    head = tuple(words.text(f"influence.{key}") for key in ("parameter", "correlation", "clear", "sets"))
    return Grid(caption=words.text("influence.grid", scenario=words.scenario(scenario)), head=head, rows=tuple(rows))


def _row(row: TableRow, words: Words) -> Row:
    key = {name: str(row[name]) for name in ("scenario", "group_by", "group", "outcome", "parameter")}
    strength, low, high = (float(row[name]) for name in ("rank_correlation", "low", "high"))
    clear = float(row["p_adjusted"]) < judgement().clear_level
    ends = Source(table="parameter_correlations.csv", row=key, numbers=("rank_correlation", "low", "high"))
    written = f"{words.number.signed(strength, 2)} {words.number.interval(low, high, decimals=2)}"
    return Row(
        heading=str(row["parameter"]),
        cells=(
            Cell(text=written, source=ends),
            Cell(text=words.text("influence.yes" if clear else "influence.no")),
            Cell(
                text=words.number.count(float(row["n"])),
                source=Source(table="parameter_correlations.csv", row=key, numbers=("n",)),
            ),
        ),
    )


def _command(scenario: str, words: Words) -> str:
    facts = words.results.facts
    place = f" --place {facts.place_id}" if facts.place_id else ""
    return f"mellanrum sensitivity {scenario} --against {facts.baseline} --method morris{place} --out DIR/{BESIDE}"
