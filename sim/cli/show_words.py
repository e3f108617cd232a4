"""Print what a scenario stands for, and what each of its means changes, for whom and at what cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.report.texts import Texts


def print_stands_for(stands: Mapping[str, Any], text: Texts) -> None:
    """Print report, lines, target group, what is inferred or missing, and the cells."""
    from sim.cli.printing import print_table, print_text
    from sim.report.line_numbers import in_groups

    kind, report = text.name("kind", stands["kind"]), text.name("report", stands["report"])
    line = text("cli.stands_for", kind=kind, report=report, lines=in_groups(stands["lines"]))
    entry = f" ({text('cli.entry', entry=stands['entry'])})" if "entry" in stands else ""
    print_text(line + entry)
    for key in ("target_group", "inferred", "not_expressed"):
        if key in stands:
            print_text("  " + text(f"league.{key}", text=stands[key][text.lang].strip().rstrip(".")))
    cells = stands.get("cells", {})
    if cells:
        columns = ("", *(text(f"cli.cell_{part}") for part in ("value", "line", "note")))
        rows = [
            (text.name("means_short", means), text(f"league.{cell['value']}"), str(cell["line"]), _note(cell, text))
            for means, cell in cells.items()
        ]
        print_table(text("cli.cells"), columns, rows)
    print()


def _note(cell: Mapping[str, Any], text: Texts) -> str:
    notes = [text("cli.cell_inferred")] if cell.get("inferred") else []
    if "lean" in cell:
        notes.append(text("cli.cell_lean", lean=text(f"league.{cell['lean']}")))
    return ", ".join(notes)


def print_explanation(means: Mapping[str, Any], text: Texts) -> None:
    """Print for whom a means is, and per decision point what holds today and what with it."""
    from sim.cli.printing import print_table, print_text

    settings = _values(means["whom_settings"])
    print_text("  " + text("cli.whom", whom=means["whom"]) + (f" ({settings})" if settings else ""))
    if not means["changes"]:
        return
    own_words = text.lang == "en"
    columns = [text(f"cli.{key}") for key in ("what_changes", "today", "with_it", *(["how"] if own_words else []))]
    rows = [
        (
            change["what"],
            _values(change["today"]) or change["today_words"] or text("cli.not_a_number"),
            _values(change["with_it"]) or text("cli.see_mechanism"),
            *([change["how"]] if own_words else []),
        )
        for change in means["changes"]
    ]
    print_table("  " + text("cli.changes"), columns, rows)


def _values(parameters: Sequence[Mapping[str, Any]]) -> str:
    from sim.cli.printing import value_text

    return "; ".join(f"{one['name']} {value_text(one['value'])} {one['unit']}" for one in parameters)
