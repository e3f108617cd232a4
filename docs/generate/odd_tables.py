"""Tables for the ODD protocol: entities, decision points, parameters and purposes of luck, as the program has them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from calibration.space import SPACE_FILE
from generate.from_source import fields_of, first_sentence, methods_by_heading
from generate.markdown import heading, prose, table
from generate.state_words import WORDS
from sim.care.decisions import Here, Means
from sim.care.episode import Episodes
from sim.care.stations import StationTable
from sim.cli.explain import decision_points
from sim.cli.parameters import register_records
from sim.cli.printing import range_text, value_text
from sim.config.yaml_file import read_yaml
from sim.core.observation import Stations
from sim.core.purposes import Purpose
from sim.means import all_means, means_class
from sim.population.traits import Population

ENTITIES: tuple[tuple[str, type[Any], str], ...] = (
    ("People", Population, "`sim/population/traits.py`; what changes during a run is copied in `sim/care/world.py`."),
    ("Stations: who and what they are", Stations, "`sim/core/observation.py`; one profession at one unit."),
    ("Stations: queue, calendar, distance", StationTable, "`sim/care/stations.py`."),
    ("Episodes", Episodes, "`sim/care/episode.py`; from a need until it is met, given up, or the person dies."),
    ("Means", Here, "`sim/care/decisions.py`; the state of one means in a run, the means itself holds none."),
)
STATED = ("enrolment", "eligible", "standing_work", "fixed_cost_sek_per_week")
"""Methods by which a means states its people and its cost."""


def entities() -> Iterator[str]:
    """Yield a table of state variables for each kind of entity."""
    yield from heading("Entities and their state variables")
    for title, kind, where in ENTITIES:
        yield from heading(title, 3)
        yield f"In {where}"
        yield ""
        words = WORDS[kind.__name__]
        rows = ((f"`{name}`", value, meaning or words[name]) for name, value, meaning in fields_of(kind))
        yield from table(("variable", "kind", "meaning"), rows)


def points() -> Iterator[str]:
    """Yield a table of the questions that means answer, with those that answer each."""
    yield from heading("Decision points")
    yield from prose(
        """
        The closed list of questions that the care system asks (`sim/care/decisions.py`), how several answers combine,
        and which means answer. A point that no means of a scenario answers leaves today's care as it is.
        """
    )
    yield ""
    answer = {name: set(decision_points(name)) | _states(name) for name in all_means()}
    for about, names in methods_by_heading(Means).items():
        yield from heading(about.capitalize(), 3)
        rows = (
            (
                f"`{name}`",
                first_sentence(vars(Means)[name]).rstrip("."),
                ", ".join(f"`{means}`" for means in sorted(answer) if name in answer[means]) or "none",
            )
            for name in names
        )
        yield from table(("point", "what a means answers", "means that do"), rows)


def _states(name: str) -> set[str]:
    own = means_class(name)
    return {method for method in STATED if getattr(own, method) is not getattr(Means, method)}


def parameters() -> Iterator[str]:
    """Yield a table of every group of parameters of the engine and of every means."""
    moving = [str(title) for title in read_yaml(SPACE_FILE).data["parameters"]]
    yield from heading("Parameters")
    yield from prose(
        """
        Value, plausible range and source of each, as `mellanrum parameters` lists them. Start values stand here; a fit
        moves those with a mark (`calibration/space.yaml`). Where a list has one number for each coordination
        distance, it runs from 0 to 5.
        """
    )
    yield ""
    for group, records in groupby(register_records(), key=lambda record: str(record["name"]).rpartition(".")[0]):
        yield from heading(f"`{group}`", 3)
        yield from table(
            ("name", "value", "range", "unit", "fit", "meaning", "source"), (_row(one, moving) for one in records)
        )


def _row(record: dict[str, Any], moving: list[str]) -> tuple[str, ...]:
    name = str(record["name"])
    moves = any(title == name or title.startswith((f"{name}[", f"{name}*")) for title in moving)
    return (
        f"`{name.rpartition('.')[2]}`",
        value_text(record["value"]),
        range_text(record["low"], record["high"]),
        record["unit"],
        "●" if moves else "",
        record["meaning"],
        record["source"],
    )


def purposes() -> Iterator[str]:
    """Yield the list of what luck is drawn for."""
    yield from heading("What luck is drawn for")
    yield from prose(
        f"""
        Every draw is a hash of seed, purpose, key and counter (`sim/core/luck.py`). No purpose is used for two things.
        There are {len(Purpose)}:
        """
    )
    yield ""
    yield from prose(", ".join(one.name.lower().replace("_", " ") for one in Purpose) + ".")
