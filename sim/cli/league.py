"""Set many systems side by side on one place: `mellanrum league`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.answer import give_answer
from sim.cli.batch_request import Request
from sim.cli.batch_run import Finished, make_runs, preventable_share, report_failures, sign
from sim.cli.compare import can_compare, with_baseline
from sim.cli.findings import BASELINE, write_comparison
from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    MAIN_REPLICATIONS,
    Parameters,
    ParametersOption,
    ReplicationsOption,
)
from sim.cli.outcome_choice import OutcomeOption, choose_outcomes
from sim.cli.scenarios import Language, LanguageOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.batch.work import Work
    from sim.outcomes.outcome import Outcome

LIBRARY = "initiatives/"

SystemsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Names or files of scenarios; without any: the whole library of systems in the reports.",
        show_default=False,
    ),
]


@spread
def command(
    scenarios: SystemsArgument = None,
    *,
    outcome: OutcomeOption = None,
    replications: ReplicationsOption = MAIN_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    span: SpanOptions,
    work: WorkOptions,
    lang: LanguageOption = Language.EN,
) -> None:
    """Set all systems of the reports side by side: which means each has, what it would do here, what can be ranked.

    All are run in one place (the baseline's, unless --place is given) for the same time, on the same people with
    the same luck. A rank is given only as far as paired differences tell systems apart.
    """
    chosen = choose_outcomes(outcome)
    request = work.request("league", with_baseline(scenarios or library()), replications, one_span(span), parameters)
    finished = league(request, chosen)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def library() -> tuple[str, ...]:
    """Return the names of all systems of the reports that can be tried anywhere. Raises InputError without any.

    A system that is nothing but another place (who is the principal of what) cannot be tried in the same place as
    the others.
    """
    from sim.config.lookup import scenario_files

    files = {name: path for name, path in scenario_files().items() if name.startswith(LIBRARY)}
    found = tuple(name for name, path in files.items() if not _is_only_a_place(path))
    if not found:
        raise InputError(
            "league: there is no scenario in scenarios/initiatives; name the scenarios to set side by side"
        )
    return found


def _is_only_a_place(path: Path) -> bool:
    from sim.config.scenario_file import read_scenario_file

    file = read_scenario_file(path)
    says = {where[0] for where in file.entries}
    return file.extends == ("baseline",) and "place" in says and not says & {"means", "parameters"}


def one_span(span: SpanOptions) -> SpanOptions:
    """Return place, years and warm-up for every system: as given, else the baseline's."""
    from sim.config.loader import load_scenario

    baseline = load_scenario(BASELINE, place=span.place, years=span.years, warmup_years=span.warmup_years)
    return replace(
        span, place=span.place or baseline.place.id, years=baseline.years, warmup_years=baseline.warmup_years
    )


def league(request: Request, chosen: Sequence[Outcome], work: Work | None = None) -> Finished:
    """Make the runs and write all tables and the receipt; `work` makes one run: the model unless given."""
    from sim.analysis.league import league_table, matrix_table
    from sim.batch.tables import write_csv

    finished = make_runs(request, work)
    if finished.outcomes is not None and can_compare(finished.outcomes):
        folder, fitted = finished.folder.path, finished.is_fitted
        systems = [one for one in finished.scenarios if one.id != BASELINE]
        write_comparison(finished, finished.outcomes)
        write_csv(matrix_table(systems), folder / "matrix.csv")
        table = league_table(finished.outcomes, systems, BASELINE, chosen, of_next_run=fitted)
        write_csv(table, folder / "league.csv")
    sign(finished, preventable_share=preventable_share(finished), stands_for=_descriptions(finished))
    return finished


def _descriptions(finished: Finished) -> dict[str, object]:
    """Return what each system stands for, for the receipt and the report."""
    return {
        one.id: one.stands_for.model_dump(mode="json", exclude_none=True)
        for one in finished.scenarios
        if one.stands_for is not None
    }


def show(finished: Finished, lang: str) -> None:
    """Draw the figures, write the report, print matrix and table, and say where everything is."""
    from sim.report.league_page import build_league_report
    from sim.report.league_results import read_league
    from sim.report.league_terminal import print_league

    nothing = "cli.nothing_beside" if finished.outcomes is None or not can_compare(finished.outcomes) else None
    give_answer(
        finished.folder.path, lang, build=build_league_report, read=read_league, say=print_league, nothing=nothing
    )
