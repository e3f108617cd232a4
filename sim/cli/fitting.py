"""Carry out a fit: its runs step by step in one pool, its tables and figures, and where it is kept."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.batch_jobs import AtWork, open_work
from sim.cli.batch_request import Request, check_numbers, choose_folder
from sim.cli.options import cores

if TYPE_CHECKING:
    import pandas as pd

    from calibration.fit import Fit
    from calibration.fit_run import ParameterSet
    from calibration.fit_setup import Prepared
    from calibration.validation import Target
    from sim.batch.batch import Batch
    from sim.batch.folder import Folder

_FIGURES = ("fit_targets", "fit_parameters")
_KEPT = (
    *("ensemble.csv", "targets.csv", "waves.csv", "emulators.csv", "screening.csv", "parameters.csv"),
    "manifest.json",
    *(f"figures/{name}.{ending}" for name in _FIGURES for ending in ("svg", "png")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedFit:
    """A fit whose tables are written."""

    folder: Folder
    kept: Path
    """Where the fit is kept."""
    batch: Batch
    tables: dict[str, pd.DataFrame]


@dataclass(slots=True)
class Making:
    """The runs of a fit, made step by step in one pool."""

    prepared: Prepared
    at_work: AtWork
    batches: list[Batch] = field(default_factory=list)

    def make(self, sets: Sequence[ParameterSet], with_studies: bool) -> pd.DataFrame:
        """Make the runs of some sets and return their figures."""
        from calibration.fit_run import set_jobs, set_work
        from calibration.fit_setup import values_of
        from sim.batch.versions import code_version

        experiment = self.prepared.studies if with_studies else self.prepared.levels
        assert experiment is not None, "studies are asked for only where effects are fitted"
        plan = set_jobs(experiment, sets, base_seed=self.at_work.request.seed, code=code_version())
        batch = self.at_work.run_jobs(plan, set_work(experiment, sets))
        self.batches.append(batch)
        return values_of(batch, sets, experiment.figures)

    @property
    def whole(self) -> Batch:
        """Return all runs so far as one batch."""
        from sim.batch.batch import join

        return join(self.batches)


def calibrate(
    request: Request,
    plan_file: Path | None = None,
    *,
    small: bool = False,
    targets: tuple[Target, ...] | None = None,
    lang: str = "en",
) -> FinishedFit:
    """Check everything, carry out the fit, write its tables, keep it. Raises InputError before writing.

    With `targets` these levels are fitted in place of the published ones.
    """
    from calibration.fit_setup import prepare
    from calibration.plan import SMALL_PLAN_FILE, read_plan
    from sim.batch.folder import check_writable
    from sim.config.fit import fits_folder

    check_numbers(request)
    plan = read_plan(SMALL_PLAN_FILE if small else plan_file)
    prepared = prepare(plan, place=request.place, seed=request.seed, targets=targets)
    folder = choose_folder(request, prepared.scenarios, prepared.named, 1)
    kept = folder.path if request.out or small else fits_folder() / prepared.levels.baseline.place.id
    check_writable(kept, "--out")
    processes, facts = request.jobs or cores(), {"cluster": request.cluster, "fit": prepared.receipt()}
    with open_work(
        request, folder, prepared.scenarios, prepared.named, replications=1, processes=processes, facts=facts
    ) as at_work:
        making = Making(prepared, at_work)
        fit = _fit(prepared, making)
    tables = _write(fit, making.whole, at_work)
    _draw(tables, folder.path, lang)
    _keep(folder.path, kept)
    at_work.lock.release()
    return FinishedFit(folder=folder, kept=kept, batch=making.whole, tables=tables)


def _fit(prepared: Prepared, making: Making) -> Fit:
    from calibration.fit import run_fit

    return run_fit(prepared.setup, making.make, lambda text: print(text, flush=True))


def _write(fit: Fit, batch: Batch, at_work: AtWork) -> dict[str, pd.DataFrame]:
    """Write the tables and close the receipt."""
    from calibration.fit_tables import tables_of
    from sim.batch.manifest import close, write_manifest
    from sim.batch.tables import write_csv

    tables, folder = tables_of(fit), at_work.folder.path
    for name, table in tables.items():
        write_csv(table, folder / f"{name}.csv")
    status = "some runs failed" if batch.failures else "done"
    write_manifest(close(at_work.manifest, status, at_work.started, batch), folder)
    return tables


def _draw(tables: dict[str, pd.DataFrame], folder: Path, lang: str) -> None:
    """Draw targets before and after, and what is left of the parameters."""
    from sim.report.figures.fit import draw_parameters, draw_targets
    from sim.report.html import write_figures
    from sim.report.texts import read_texts

    text = read_texts(lang)
    drawn = {
        "fit_targets": draw_targets(tables["targets"], text),
        "fit_parameters": draw_parameters(tables["parameters"], text),
    }
    write_figures(folder, drawn)


def _keep(folder: Path, kept: Path) -> None:
    """Lay the finished fit where fits are kept, whole: nothing of an unfinished one is ever there."""
    from sim.batch.tables import write_atomically

    if kept == folder:
        return
    (kept / "figures").mkdir(parents=True, exist_ok=True)
    for name in _KEPT:
        write_atomically(kept / name, partial(_copy, folder / name))


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
