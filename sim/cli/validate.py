"""Set the model beside published figures: `mellanrum validate`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.batch_request import Request, load_scenarios
from sim.cli.batch_run import Finished, list_failures, make_runs, report_failures, sign
from sim.cli.findings import by_set, warmup_facts
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    VALIDATION_REPLICATIONS,
    EnsembleOption,
    Parameters,
    ParametersOption,
    ReplicationsOption,
)
from sim.cli.printing import print_json
from sim.cli.scenarios import JsonOption, Language, LanguageOption
from sim.cli.used_sets import write_used_sets
from sim.config.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

    from calibration.study import Worlds
    from calibration.validation import Target
    from sim.batch.work import Work

LevelsOnlyOption = Annotated[
    bool,
    typer.Option("--levels-only", help="Leave out the published effects, each of which needs a study of its own."),
]
TargetsOption = Annotated[
    Path | None,
    typer.Option("--targets", help="CSV file with totals of your own place, used instead of the published levels."),
]
TemplateOption = Annotated[
    Path | None,
    typer.Option("--template", help="Write an empty file for --targets, for the place, and end; nothing is run."),
]


@spread
def command(
    *,
    replications: ReplicationsOption = VALIDATION_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    ensemble: EnsembleOption = None,
    levels_only: LevelsOnlyOption = False,
    targets: TargetsOption = None,
    template: TemplateOption = None,
    span: SpanOptions,
    work: WorkOptions,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Run today's care, and the published studies inside it, and set every figure beside the published one.

    Says which figures a fit may use and which are held out, how many of each the model meets, and for each miss the
    likely reason. Shows patterns of use that nothing is fitted to. Where a fit is, each run has another of its sets.
    """
    request = replace(
        work.request("validate", ("baseline",), replications, span, parameters),
        ensemble=ensemble,
        twins=ensemble is None,  # small, and so a comparison can use these runs again
    )
    if template is not None:
        from sim.cli.own_figures import leave_template

        raise typer.Exit(leave_template(request, template))
    raise typer.Exit(validate(request, lang.value, as_json, effects=not levels_only, own=targets))


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What the model is set beside, every file checked."""

    targets: tuple[Target, ...]
    studies: Sequence[Worlds]
    own: Path | None


def validate(
    request: Request,
    lang: str,
    as_json: bool,
    work: Work | None = None,
    *,
    effects: bool = False,
    own: Path | None = None,
) -> int:
    """Run, set beside, write, print; return the exit code.

    `work` makes one run of today's care: the model unless given. With `effects` the published studies are run too;
    `own` is a file of the place's own totals. Raises InputError before anything is written.
    """
    beside = _checked(request, effects, own)
    finished = make_runs(request, work)
    facts = warmup_facts(finished)
    code = finished.exit_code
    table: pd.DataFrame | None = None
    if finished.outcomes is not None:
        table, studies_code = _tables(finished, beside)
        code = max(code, studies_code)
        facts["validation"] = {
            "levels": len(beside.targets),
            "studies": {one.study.id: one.study.title for one in beside.studies},
            "own_figures": None if own is None else str(own),
        }
    sign(finished, **facts)
    if table is not None:
        _show(finished, table, lang, as_json)
    report_failures(finished)
    return code


def _checked(request: Request, effects: bool, own: Path | None) -> Beside:
    from calibration.validation import load_targets
    from sim.cli.own_figures import with_own_figures
    from sim.cli.study import load_studies

    targets = load_targets()
    if own is not None:
        targets = with_own_figures(targets, own, load_scenarios(request)[0].place)
    if effects and (request.years is not None or request.warmup_years is not None):
        raise InputError("--years and --warmup-years: each study has its own; add --levels-only")
    studies = load_studies(request, ()) if effects else ()
    # By another design than the published one a study stands for no published figure: nothing to be run for.
    return Beside(targets=targets, studies=tuple(one for one in studies if one.study.as_published), own=own)


def _tables(finished: Finished, beside: Beside) -> tuple[pd.DataFrame, int]:
    """Write validation.csv, patterns.csv and, of an ensemble, its sets; return the first and the studies' exit code."""
    import pandas as pd

    from calibration.held_out import effect_uses, level_uses
    from calibration.validation import compare_with_published
    from calibration.validation_effects import effects_beside_published
    from sim.batch.tables import write_csv

    assert finished.outcomes is not None, "the caller has looked"
    folder, code = finished.folder.path, 0
    table = compare_with_published(
        by_set(finished, finished.outcomes), targets=beside.targets, uses=level_uses(beside.targets)
    )
    if beside.studies:
        studies, code = _studies(finished, beside.studies)
        if studies:
            table = pd.concat([table, effects_beside_published(studies, effect_uses())], ignore_index=True)
    write_csv(table, folder / "validation.csv")
    write_used_sets(finished)
    _write_patterns(finished)
    return table, code


def _studies(finished: Finished, found: Sequence[Worlds]) -> tuple[list[pd.DataFrame], int]:
    """Run the studies in a folder of their own; return their figures, of each parameter set, and the exit code."""
    from sim.cli.study import run_studies
    from sim.cli.study_sets import Sets, run_studies_over_sets

    request = replace(
        finished.request,
        command="study",
        scenarios=(),
        out=finished.folder.path / "studies",
        ensemble=None,
        fitted=False,
        twins=False,
    )
    many = finished.how_many
    if many.ensemble is not None:
        return run_studies_over_sets(request, found, Sets(many.ensemble, range(len(many.ensemble))))
    if many.fit is not None:
        # As today's care: every replication is another set of the fit, once.
        used = range(min(request.replications, len(many.fit)))
        return run_studies_over_sets(replace(request, replications=1), found, Sets(many.fit, used, is_fit=True))
    done = run_studies(request, (), found)
    list_failures(done.batch, done.folder)
    return [] if done.table is None else [done.table], done.exit_code


def _write_patterns(finished: Finished) -> None:
    from calibration.patterns import pattern_table
    from sim.batch.ensemble import with_set
    from sim.batch.side_tables import side_table
    from sim.batch.tables import write_csv

    runs = side_table(finished.batch.results, finished.folder.store, "patterns")
    if runs is not None:
        if finished.how_many.ensemble is not None:
            runs = with_set(runs, finished.request.replications)
        elif finished.is_fitted:
            runs = runs.assign(parameter_set=runs["replication"])
        write_csv(pattern_table(runs), finished.folder.path / "patterns.csv")


def _show(finished: Finished, table: pd.DataFrame, lang: str, as_json: bool) -> None:
    """Write the page and its figures, and print the tables, or all rows as JSON."""
    from sim.report.validation_page import build_validation_report

    build_validation_report(finished.folder.path, lang=lang)
    if as_json:
        rows: list[dict[str, Any]] = json.loads(table.to_json(orient="records"))
        print_json(rows)
        return
    from sim.cli.answer import answer_console
    from sim.report.validation_terminal import print_validation

    print_validation(finished.folder.path, lang=lang, console=answer_console())
