"""Show one allocation: what may be chosen, at which levels and prices, and what a mix is judged by."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.config.allocation import Choice
    from sim.report.texts import Texts


def record(path: Path, language: str) -> dict[str, Any]:
    """Return the allocation of a file as plain data. Raises InputError."""
    from sim.cli.show_ready_made import name_to_run
    from sim.config.allocation_file import allocation_files, read_allocation

    one = read_allocation(path)
    return {
        "name": one.id,
        "title": getattr(one.title, language),
        "summary": getattr(one.summary, language),
        "source": one.source,
        "assumptions": getattr(one.assumptions, language),
        "scenario": one.scenario,
        "choices": [_choice(choice, language) for choice in one.choices],
        "aims": [{"aim": aim.aim, "weight": aim.weight, "outcomes": list(aim.outcomes)} for aim in one.aims],
        "file": name_to_run(path, allocation_files()),
    }


def _choice(choice: Choice, language: str) -> dict[str, Any]:
    return {
        "id": choice.id,
        "title": getattr(choice.title, language),
        "means": list(choice.means),
        "name": choice.move.title if choice.move else None,
        "values": list(choice.values),
        "unit": getattr(choice.unit, language) if choice.unit else None,
        "needs": choice.needs,
        "is_capacity": choice.is_capacity,
        "price_sek": choice.price_sek,
    }


def print_record(one: dict[str, Any], text: Texts) -> None:
    """Print the scenario that holds the means, the choices, and outcomes and weight of each aim."""
    from sim.cli.printing import print_table, print_text

    print_text(text("show.holds_means", scenario=one["scenario"]))
    columns = (text("cli.name"), text("cli.title"), text("show.sets"), text("show.levels"), text("show.price"))
    rows = [
        (choice["id"], choice["title"], choice["name"] or ", ".join(choice["means"]), *_levels(choice, text))
        for choice in one["choices"]
    ]
    print_table(text("show.choices"), columns, rows)
    aims = [(text(f"aim.{aim['aim']}"), f"{aim['weight']:g}", ", ".join(aim["outcomes"])) for aim in one["aims"]]
    print_table(text("show.judged_by"), (text("show.aim"), text("show.weight"), text("show.judged_outcomes")), aims)


def _levels(choice: dict[str, Any], text: Texts) -> tuple[str, str]:
    """Return the levels with what they need, and the price of one more; only staff and places have one."""
    from sim.cli.printing import value_text

    levels = f"{value_text(choice['values'])} {choice['unit'] or ''}".strip() if choice["name"] else text("show.on_off")
    if choice["needs"]:
        levels += f" ({text('show.only_with', choice=choice['needs'])})"
    if not choice["is_capacity"]:
        return levels, "–"
    price = choice["price_sek"]
    return levels, text("show.price_of_place") if price is None else text("show.price_sek", sek=f"{price:g}")
