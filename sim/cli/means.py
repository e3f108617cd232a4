"""List the means, or find out which of them do it, alone and together: `mellanrum means [--factorial]`."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from sim.cli.option_groups import SpanOptions, WorkOptions, spread
from sim.cli.options import (
    MAIN_REPLICATIONS,
    Parameters,
    ParametersOption,
    ReplicationsOption,
)
from sim.cli.outcome_choice import OutcomeOption
from sim.cli.scenarios import JsonOption, Language, LanguageOption

DEFAULT_FACTORS = ("mdt", "mobile_response", "integrated_records", "patient_coordinator", "joint_financing")
"""The ways of working of the main job, its team as the two means that it is made of."""

FactorialOption = Annotated[
    bool, typer.Option("--factorial", help="Run every combination of a few means, or a fraction of all of many.")
]
OfOption = Annotated[
    list[str] | None,
    typer.Option(
        "--of",
        help="Means or scenarios to combine, with commas between: mdt,mobile_response. Up to six are combined in "
        "full. Without: the means of the main job.",
        show_default=False,
    ),
]
ReachOption = Annotated[
    float, typer.Option("--reach", help="Find the fewest means that reach this share of the joint effect.")
]
ResolutionOption = Annotated[
    int,
    typer.Option(
        "--resolution",
        help="Of the fraction with more than six means: 5 tells pairs apart, 4 takes fewer runs and mixes pairs.",
    ),
]


@spread
def command(
    *,
    factorial: FactorialOption = False,
    of: OfOption = None,
    outcome: OutcomeOption = None,
    reach: ReachOption = 0.8,
    resolution: ResolutionOption = 5,
    replications: ReplicationsOption = MAIN_REPLICATIONS,
    parameters: ParametersOption = Parameters.FITTED,
    span: SpanOptions,
    work: WorkOptions,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """List the means; with --factorial find which of them do it: effects alone and in pairs, fair shares, fewest.

    Every combination is run on the same people with the same luck. Up to six means are combined in full; beyond,
    a fraction of the combinations is run, and what it cannot tell apart is said.
    """
    if not factorial:
        _list(as_json, lang.value)
        return
    from sim.cli.batch_run import report_failures
    from sim.cli.factorial import Question, factorial_runs, show
    from sim.cli.outcome_choice import choose_outcomes

    question = Question(
        factors=tuple(part for one in of or DEFAULT_FACTORS for part in one.split(",") if part),
        outcomes=choose_outcomes(outcome),
        reach=reach,
        resolution=resolution,
    )
    request = work.request("means", question.factors, replications, span, parameters)
    finished = factorial_runs(request, question)
    show(finished, lang.value)
    report_failures(finished)
    raise typer.Exit(finished.exit_code)


def _list(as_json: bool, lang: str) -> None:
    from sim.cli.printing import print_json, print_table
    from sim.report.texts import read_texts

    records = means_records()
    if as_json:
        print_json(records)
        return
    text = read_texts(lang)
    columns = [text(f"cli.{column}") for column in ("name", "title", "acts_on", "source")]
    rows = [(one["id"], one["title"][lang], _points(one, text), one["source"]) for one in records]
    print_table(text("cli.means_there_are"), columns, rows)
    print(text("cli.more_on_means"))


def _points(record: dict[str, Any], text: Any) -> str:
    return ", ".join(text.name("point", point) for point in record["decision_points"])


def means_records() -> list[dict[str, Any]]:
    """Return one record per means: title, summary, source, where it acts, and what it costs."""
    from sim.cli.explain import cost_settings, decision_points
    from sim.config.loader import load_means_settings
    from sim.config.lookup import means_files
    from sim.config.scenario_file import read_scenario_file

    records = []
    for means_id, path in means_files().items():
        file = read_scenario_file(path)
        records.append(
            {
                "id": means_id,
                "title": file.title.model_dump(),
                "summary": file.summary.model_dump(),
                "source": file.source,
                "decision_points": decision_points(means_id),
                "cost": cost_settings(load_means_settings(means_id)),
            }
        )
    return records
