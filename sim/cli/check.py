"""Check files: `mellanrum check FILE ...`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from sim.config.yaml_file import Document

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE", help="Scenario, place, parameter, pathway, sweep, allocation or disturbance files."),
]


def command(files: FilesArgument) -> None:
    """Check files of scenarios, places, parameters, sweeps and the like: say OK, or what is wrong where."""
    from sim.config.errors import InputError
    from sim.config.folders import shown

    wrong = 0
    for path in files:
        try:
            print(f"{shown(path)}: OK ({check_file(path)})")
        except InputError as problem:
            print(problem, file=sys.stderr)
            wrong += 1
    if wrong:
        raise typer.Exit(2)


def check_file(path: Path) -> str:
    """Check one file as what it looks like and return what that is; raise InputError for a defect."""
    from sim.config.disturbance_file import read_disturbance
    from sim.config.loader import load_scenario
    from sim.config.parameter_file import load_parameter_file
    from sim.config.pathway_file import read_pathways
    from sim.config.place_file import read_place
    from sim.config.yaml_file import read_yaml

    kind = kind_of(read_yaml(path))
    if kind == "place":
        read_place(path)
    elif kind == "pathways":
        read_pathways(path)
    elif kind == "parameters":
        load_parameter_file(path)
    elif kind == "sweep":
        _check_sweep(path)
    elif kind == "disturbance":
        read_disturbance(path)
    elif kind == "allocation":
        _check_allocation(path)
    else:
        # An absolute path, so that a file never stands for the scenario of the same name.
        load_scenario(path.resolve())
    return kind


def _check_sweep(path: Path) -> None:
    """Read a sweep and lay out all its points."""
    from sim.config.loader import load_scenario
    from sim.config.sweep_file import read_sweep
    from sim.config.sweep_plan import plan_sweep

    sweep = read_sweep(path)
    plan_sweep(sweep, load_scenario(sweep.scenario), load_scenario(sweep.against) if sweep.against else None)


def _check_allocation(path: Path) -> None:
    """Read an allocation and try every level of every choice."""
    from sim.cli.allocate import aims_of
    from sim.config.allocation_file import check_choices, read_allocation
    from sim.config.loader import load_scenario

    allocation = read_allocation(path)
    check_choices(allocation, load_scenario(allocation.scenario))
    aims_of(path, allocation.aims, None)


def kind_of(document: Document) -> str:
    """Return which kind of file this is, by the keys it has: the most hits win, a scenario when in doubt."""
    from sim.config.parameter_file import KEYS
    from sim.config.place import Place
    from sim.config.place_like import PlaceLike
    from sim.config.scenario_file import HEAD, INHERITED

    keys = set(document.data)
    entries = document.data.values()
    hits = {
        "scenario": len(keys & {*HEAD, *INHERITED, "extends"}),
        "place": max(len(keys & set(model.model_fields)) for model in (Place, PlaceLike)),
        "allocation": 99 if {"choices", "aims"} <= keys else 0,
        "sweep": 99 if {"axes", "moves"} <= keys else 0,
        "disturbance": 99 if "kind" in keys and {"from_day", "days", "strengths"} & keys else 0,
        "pathways": 99 if "pathways" in keys else 0,
        "parameters": sum(isinstance(entry, dict) and bool(set(KEYS) & set(entry)) for entry in entries),
    }
    return max(hits, key=lambda kind: hits[kind])
