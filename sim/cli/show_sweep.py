"""Show one ready-made sweep: its axes, what moves along them, in which scenario, and what is looked at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.config.sweep import Axis, Move
    from sim.report.texts import Texts


def record(path: Path, language: str) -> dict[str, Any]:
    """Return the sweep of a file as plain data. Raises InputError."""
    from sim.cli.show_ready_made import name_to_run
    from sim.config.sweep import points
    from sim.config.sweep_file import read_sweep, sweep_files

    one = read_sweep(path)
    return {
        "name": one.id,
        "title": getattr(one.title, language),
        "summary": getattr(one.summary, language),
        "source": one.source,
        **({"assumptions": getattr(one.assumptions, language)} if one.assumptions else {}),
        "scenario": one.scenario,
        "against": one.against,
        "points": len(points(one.axes)),
        "axes": [_axis(axis, language) for axis in one.axes],
        "moves": [_move(move) for move in one.moves],
        "keep": dict(one.keep),
        "outcomes": list(one.outcomes),
        "groups": list(one.groups),
        "years": one.years,
        "file": name_to_run(path, sweep_files()),
    }


def _axis(axis: Axis, language: str) -> dict[str, Any]:
    return {
        "id": axis.id,
        "title": getattr(axis.title, language),
        "unit": getattr(axis.unit, language),
        "values": list(axis.values),
        "labels": [getattr(label, language) for label in axis.labels],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "name": move.title,
        "along": list(move.along),
        "at": list(move.at),
        "times": move.times,
        "beyond_range": move.beyond_range,
    }


def print_record(one: dict[str, Any], text: Texts) -> None:
    """Print scenario and points, axes, moves, what is set alike everywhere, and outcomes."""
    from sim.cli.printing import print_table, print_text, value_text

    beside = "show.sweep_beside" if one["against"] else "show.sweep_alone"
    print_text(text(beside, scenario=one["scenario"], against=one["against"] or "", points=one["points"]))
    columns = tuple(text(f"cli.{column}") for column in ("name", "title", "value", "unit"))
    axes = [
        (axis["id"], axis["title"], ", ".join(axis["labels"]) or value_text(axis["values"]), axis["unit"])
        for axis in one["axes"]
    ]
    print_table(text("show.axes"), columns, axes)
    moves = [(move["name"], " × ".join(move["along"]), _how(move, text)) for move in one["moves"]]
    moves += [(name, "–", text("show.alike", value=value_text(value))) for name, value in one["keep"].items()]
    print_table(text("show.moves"), tuple(text(f"show.{name}") for name in ("what", "along", "how")), moves)
    print_outcomes(one["outcomes"], text)


def _how(move: dict[str, Any], text: Texts) -> str:
    from sim.cli.printing import value_text

    values = value_text(move["at"]) if move["at"] else text("show.own_value")
    said = text("show.multiplied" if move["times"] else "show.set", values=values)
    return said + (f" ({text('show.beyond_range')})" if move["beyond_range"] else "")


def print_outcomes(names: list[str], text: Texts) -> None:
    """Print which outcomes are looked at, in words and by id."""
    from sim.cli.printing import print_text
    from sim.outcomes.outcome import all_outcomes

    registry = all_outcomes()
    said = [f"{getattr(registry[name], f'label_{text.lang}')} ({name})" if name in registry else name for name in names]
    print_text(text("show.outcomes", outcomes="; ".join(said)))
