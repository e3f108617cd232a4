"""Show one disturbance: when it strikes, for how long, how hard, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.config.disturbance import Disturbance
    from sim.report.texts import Texts


def record(path: Path, language: str) -> dict[str, Any]:
    """Return the disturbance of a file as plain data. Raises InputError."""
    from sim.cli.show_ready_made import name_to_run
    from sim.config.disturbance_file import disturbance_files, read_disturbance

    return {**of_disturbance(read_disturbance(path), language), "file": name_to_run(path, disturbance_files())}


def of_disturbance(one: Disturbance, language: str) -> dict[str, Any]:
    """Return a disturbance as plain data, each strength with its range and source."""
    from sim.config.receipt import parameter_record

    return {
        "name": one.id,
        "title": getattr(one.title, language),
        "summary": getattr(one.summary, language),
        "source": one.source,
        "kind": one.kind,
        "from_day": one.from_day,
        "days": one.days,
        "every_year": one.every_year,
        "professions": list(one.professions),
        "principals": list(one.principals),
        "strengths": [{"name": name, **parameter_record(p)} for name, p in one.strengths.items()],
    }


def print_record(one: dict[str, Any], text: Texts) -> None:
    """Print when it strikes, whose staff are away, and its strengths."""
    from sim.cli.printing import print_table, print_text, range_text, value_text

    when = text("show.strikes_every_year" if one["every_year"] else "show.strikes", **_days(one))
    print_text(text("show.kind", kind=one["kind"], when=when))
    whose = [*(text.name("profession", name) for name in one["professions"]), *one["principals"]]
    if whose:
        print_text(text("show.whose_staff", whose=", ".join(whose)))
    columns = tuple(text(f"cli.{column}") for column in ("name", "value", "range", "unit", "meaning"))
    rows = [
        (
            strength["name"],
            value_text(strength["value"]),
            range_text(strength["low"], strength["high"]),
            strength["unit"],
            f"{strength['meaning']} [{strength['source']}]",
        )
        for strength in one["strengths"]
    ]
    print_table(text("show.strengths"), columns, rows)


def _days(one: dict[str, Any]) -> dict[str, str]:
    return {"first": f"{one['from_day'] + 1:g}", "days": f"{one['days']:g}"}
