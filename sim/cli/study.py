"""Run published studies inside the model: `mellanrum study`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.batch_request import Request, check_numbers
from sim.cli.batch_run import list_failures
from sim.cli.option_groups import WorkOptions, WorldOptions, spread
from sim.cli.options import (
    STUDY_REPLICATIONS,
    ReplicationsOption,
    cores,
)
from sim.cli.printing import print_json
from sim.cli.scenarios import JsonOption, Language, LanguageOption
from sim.cli.study_batch import open_studies
from sim.cli.study_words import print_studies
from sim.config.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from calibration.study import Worlds
    from sim.batch.batch import Batch
    from sim.batch.folder import Folder

StudiesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[STUDY]", help="Names or files of studies; without any: every study there is.", show_default=False
    ),
]
AllOption = Annotated[bool, typer.Option("--all", help="Every study there is, as without any name.")]


@spread
def command(
    studies: StudiesArgument = None,
    *,
    everything: AllOption = False,
    replications: ReplicationsOption = STUDY_REPLICATIONS,
    world: WorldOptions,
    work: WorkOptions,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Run published studies inside the model, each by its own design, and set the result beside what was published.

    Beside it stands the true effect: the same people, the same days, with the means and without. So it shows how much
    of a published figure is the means, and how much is regression to the mean, selection or how it was counted.
    """
    if everything and studies:
        raise InputError("--all: leave it out where studies are named")
    request = work.request("study", (), replications, world)
    finished = run_studies(request, studies or ())
    if finished.table is not None:
        from sim.report.study_page import build_study_report

        build_study_report(finished.folder.path, lang=lang.value)
        if as_json:
            print_json(json.loads(finished.table.to_json(orient="records")))
        else:
            print_studies(finished.table, finished.folder.path)
    list_failures(finished.batch, finished.folder)
    raise typer.Exit(finished.exit_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedStudies:
    """What became of the studies."""

    folder: Folder
    batch: Batch
    exit_code: int
    table: pd.DataFrame | None
    """One row per figure; None when every run failed."""


def load_studies(request: Request, names: Sequence[str]) -> list[Worlds]:
    """Return the studies with their worlds, every file checked. Raises InputError."""
    from calibration.study_file import find_study, study_files

    paths = [find_study(name) for name in names] or list(study_files().values())
    ids = [path.stem for path in paths]
    if twice := [name for name in ids if ids.count(name) > 1]:
        raise InputError(f"study {twice[0]}: given {ids.count(twice[0])} times; give each once")
    return [_worlds(request, path) for path in paths]


def _worlds(request: Request, path: Path) -> Worlds:
    """Return one study with its world with the means and its world without. Raises InputError."""
    from calibration.study import Worlds, world_with_means
    from calibration.study_file import read_study, study_scenario
    from sim.config.loader import load_scenario

    study = read_study(path)
    with_means, without = (
        load_scenario(
            study_scenario(path, named),
            place=request.place,
            years=study.years,
            warmup_years=study.warmup_years,
            sample_share=request.sample,
        )
        for named in (study.scenario, study.comparator)
    )
    return Worlds(study, world_with_means(study, with_means), without)


def run_studies(request: Request, names: Sequence[str], found: Sequence[Worlds] | None = None) -> FinishedStudies:
    """Check everything, make the runs, write `studies.csv` and the receipt. Raises InputError before writing.

    `found` are the studies where they have been loaded already.
    """
    from calibration.study import studies_named
    from calibration.study_runs import SUBJECTS, rows_of, side_by_side, study_jobs, study_work
    from sim.batch.versions import code_version

    check_numbers(request)
    found = load_studies(request, names) if found is None else found
    together = side_by_side(found)
    processes = min(request.jobs or cores(), len(together) * request.replications)
    facts = {"cluster": request.cluster, "studies": {one.study.id: _described(one) for one in found}}
    with open_studies(request, found, named=studies_named(found), processes=processes, facts=facts) as studies:
        made = []
        for one in together:
            plan = study_jobs(one, replications=request.replications, base_seed=request.seed, code=code_version())
            results = studies.run(plan, study_work(one)).results
            made.append((one, [result.table(SUBJECTS) for result in results]))
        table = rows_of(found, made)
        if table is not None:
            _write(table, found, studies.folder.path)
    return FinishedStudies(folder=studies.folder, batch=studies.batch, exit_code=studies.exit_code, table=table)


def _described(one: Worlds) -> dict[str, object]:
    """Return a study for the receipt: as read, with the time simulated."""
    return {**one.study.model_dump(mode="json"), "years": one.study.years}


def _write(table: pd.DataFrame, found: Sequence[Worlds], folder: Path) -> None:
    """Write the table, and both worlds of every study as resolved."""
    from sim.batch.tables import write_csv, write_text
    from sim.config.receipt import resolved_yaml

    write_csv(table, folder / "studies.csv")
    (folder / "scenarios").mkdir(exist_ok=True)
    for one in found:
        write_text(resolved_yaml(one.with_means), folder / "scenarios" / f"{one.study.id}.with_means.resolved.yaml")
        write_text(resolved_yaml(one.without), folder / "scenarios" / f"{one.study.id}.without.resolved.yaml")
