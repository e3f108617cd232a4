"""List all scenarios: `mellanrum scenarios`."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from sim.report.texts import Texts

MEANS = "means"


class Language(StrEnum):
    """Languages of titles and labels."""

    EN = "en"
    SV = "sv"


LanguageOption = Annotated[
    Language, typer.Option("--lang", help="Language of titles, tables and figures: English or Swedish.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]


def command(as_json: JsonOption = False, lang: LanguageOption = Language.EN) -> None:
    """List all scenarios, grouped, one line each with its source."""
    from sim.cli.printing import print_json, print_table
    from sim.report.texts import read_texts

    entries = _entries()
    if as_json:
        print_json(entries)
        return
    text = read_texts(lang.value)
    columns = [text(f"cli.{column}") for column in ("name", "title", "source")]
    for group, members in groupby(entries, key=lambda entry: _heading(entry, text)):
        rows = [(entry["name"], entry["title"][lang.value], entry["source"]) for entry in members]
        print_table(group, columns, rows)


def _entries() -> list[dict[str, Any]]:
    """Return one record per scenario: the top folder, the means, then the library by report and kind."""
    from sim.config.lookup import scenario_files
    from sim.config.scenario_file import read_scenario_file

    entries: list[dict[str, Any]] = []
    for full, path in scenario_files().items():
        file = read_scenario_file(path)
        group, _, name = full.rpartition("/")
        entries.append(
            {
                "name": name,
                "group": group,
                "title": file.title.model_dump(),
                "summary": file.summary.model_dump(),
                "source": file.source,
                "extends": list(file.extends),
                "stands_for": file.stands_for.model_dump(mode="json", exclude_none=True) if file.stands_for else None,
                "file": full + ".yaml",
            }
        )
    return sorted(entries, key=_place_in_list)


def _place_in_list(entry: dict[str, Any]) -> tuple[Any, ...]:
    from sim.config.stands_for import SEVENTEEN

    stands = entry["stands_for"] or {}
    order = {"": 0, MEANS: 1}.get(entry["group"], 2)
    if entry["group"] == MEANS:
        name = entry["name"]
        return order, name not in SEVENTEEN, SEVENTEEN.index(name) if name in SEVENTEEN else name
    group = (entry["group"] if not stands else "", stands.get("report", ""), stands.get("kind", ""))
    return order, group, entry["name"] != "baseline", entry["name"]


def _heading(entry: dict[str, Any], text: Texts) -> str:
    """Return the title of the group that a scenario belongs to."""
    from sim.config.stands_for import SEVENTEEN

    group, stands = entry["group"], entry["stands_for"]
    if group == MEANS and entry["name"] not in SEVENTEEN:
        return text("cli.group.arrangements")
    if group not in ("", MEANS) and stands:
        kind = text.name("kind", stands["kind"])
        return text("cli.group.report", report=text.name("report", stands["report"]), kind=kind)
    return text.entries.get(f"cli.group.{group or 'top'}", group.capitalize())
