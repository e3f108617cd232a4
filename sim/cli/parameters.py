"""List the register: `mellanrum parameters`."""

from __future__ import annotations

import re
import sys
from itertools import groupby
from typing import Any

from sim.cli.scenarios import JsonOption


def command(as_json: JsonOption = False) -> None:
    """List every parameter and setting: value, unit, range, source, and which part uses it."""
    from sim.cli.printing import print_json, print_table

    records = register_records()
    if as_json:
        print_json(records)
        return
    columns = ("name", "value", "unit", "range", "source", "used by")
    if not sys.stdout.isatty():
        print_table("Parameters", columns, [_row(record, record["name"]) for record in records])
        return
    # Six columns fold badly on a terminal: there the group stands in the title, and the columns are fewer.
    short = ("name", "value", "range, unit", "source (used by)")
    for group, members in groupby(records, key=lambda record: str(record["name"]).rpartition(".")[0]):
        print_table(group, short, [_short_row(record) for record in members])


def _short_row(record: dict[str, Any]) -> tuple[str, ...]:
    name, value, unit, span, source, used_by = _row(record, record["name"].rpartition(".")[2])
    return name, value, f"{span} {unit}", f"{source} ({used_by})" if used_by else source


def _row(record: dict[str, Any], name: str) -> tuple[str, ...]:
    from sim.cli.printing import range_text, value_text

    return (
        name,
        value_text(record["value"]),
        record["unit"],
        range_text(record["low"], record["high"]),
        record["source"],
        ", ".join(record["used_by"]),
    )


def register_records() -> list[dict[str, Any]]:
    """Return one record per parameter of the engine and per setting of a means, by name."""
    from sim.config.loader import load_means_settings
    from sim.config.lookup import means_files
    from sim.config.parameter_file import load_register
    from sim.config.receipt import parameter_record

    sources = _sources()
    register = load_register()
    for means_id in means_files():
        for parameter in load_means_settings(means_id).values():
            register[parameter.name] = parameter
    return [
        {"name": name, **parameter_record(parameter), "used_by": _users(name, sources)}
        for name, parameter in sorted(register.items())
    ]


def _sources() -> dict[str, str]:
    """Return the text of every module of the program, by its path inside the package."""
    from sim.config.folders import program_folder

    root = program_folder()
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in sorted(root.rglob("*.py"))}


def _users(name: str, sources: dict[str, str]) -> list[str]:
    """Return the modules that read a parameter: its whole group, or itself by name."""
    if name.startswith("means."):
        home = f"means/{name.split('.')[1]}.py"
        return [home] if home in sources else []
    group = name.split(".")[0]
    reads = re.compile(rf"""read_group\(\s*[\w.]+,\s*["']{re.escape(group)}["']|["']{re.escape(name)}["']""")
    return [path for path, text in sources.items() if reads.search(text)]
