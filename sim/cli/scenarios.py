"""List all scenarios: `mellanrum scenarios`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer


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
    for group in dict.fromkeys(entry["group"] for entry in entries):
        rows = [
            (entry["name"], entry["title"][lang.value], entry["source"]) for entry in entries if entry["group"] == group
        ]
        print_table(text.entries.get(f"cli.group.{group or 'top'}", group.capitalize()), columns, rows)


def _entries() -> list[dict[str, Any]]:
    """Return one record per scenario, the top folder first, baseline before everything."""
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
                "file": full + ".yaml",
            }
        )
    return sorted(entries, key=lambda e: (e["group"], e["name"] != "baseline", e["name"]))
