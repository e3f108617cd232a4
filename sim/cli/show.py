"""Show one scenario as it will run, or what is ready-made beside them: `mellanrum show NAME`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.scenarios import JsonOption, Language, LanguageOption

if TYPE_CHECKING:
    from sim.config.scenario import MeansChoice, Scenario
    from sim.core.parameter import Parameter
    from sim.report.texts import Texts

ScenarioArgument = Annotated[
    str,
    typer.Argument(
        metavar="NAME|FILE",
        help="A scenario (baseline, mdt ...), disturbance, sweep or allocation, by name or file.",
    ),
]
PlaceOption = Annotated[str | None, typer.Option("--place", help="Another place, by name or path.")]


def command(
    scenario: ScenarioArgument,
    place: PlaceOption = None,
    as_json: JsonOption = False,
    lang: LanguageOption = Language.EN,
) -> None:
    """Show a scenario: what it stands for, what each means changes, for whom, at what cost, and every parameter.

    Or what is in a disturbance, a ready-made sweep or an allocation, and how to run it.
    """
    from sim.cli.printing import print_json
    from sim.cli.show_ready_made import print_ready_made, ready_made, ready_made_record
    from sim.config.errors import InputError
    from sim.config.loader import load_scenario
    from sim.report.texts import read_texts

    found = ready_made(scenario)
    if found is not None and place is not None:
        raise InputError(f"--place: {scenario} is no scenario, but a {found.kind}, and belongs to no place")
    if found is None:
        record = scenario_record(load_scenario(scenario, place=place), lang.value)
    else:
        record = ready_made_record(found, lang.value)
    if as_json:
        print_json(record)
    elif found is None:
        _print(record, read_texts(lang.value))
        _print_namesakes(scenario, read_texts(lang.value))
    else:
        print_ready_made(record, read_texts(lang.value))


def scenario_record(scenario: Scenario, language: str) -> dict[str, Any]:
    """Return everything `show` prints as plain data."""
    from sim.cli.show_disturbance import of_disturbance
    from sim.config.parameter_file import load_register
    from sim.config.receipt import content_hash

    register = load_register()
    return {
        "name": scenario.id,
        "title": getattr(scenario.title, language),
        "summary": getattr(scenario.summary, language),
        "source": scenario.source,
        "stands_for": scenario.stands_for.model_dump(mode="json", exclude_none=True) if scenario.stands_for else None,
        "place": getattr(scenario.place.title, language),
        "years": scenario.years,
        "warmup_years": scenario.warmup_years,
        "content_hash": content_hash(scenario),
        "means": [_means_record(choice, scenario.parameters, language) for choice in scenario.means],
        "disturbances": [of_disturbance(one, language) for one in scenario.disturbances],
        "parameters": [
            {**_record(name, p), "changed": p.value != register[name].value} for name, p in scenario.parameters.items()
        ],
    }


def _means_record(choice: MeansChoice, register: Mapping[str, Parameter], language: str) -> dict[str, Any]:
    from sim.cli.explain import cost_settings, explain
    from sim.report.texts import read_texts

    settings = [_record(name, p) for name, p in choice.settings.items()]
    return {
        "id": choice.id,
        "mechanism": mechanism(choice.id, language),
        "start_days": choice.start_days,
        "fidelity": choice.fidelity,
        "ramp_days": choice.ramp_days,
        "coverage": choice.coverage,
        **explain(choice, register, read_texts(language)),
        "cost": cost_settings(choice.settings),
        "settings": settings,
    }


def mechanism(means_id: str, language: str) -> str:
    """Return what a means acts on and costs: in English in its own words, else the summary of its scenario."""
    from sim.config.lookup import means_files
    from sim.config.scenario_file import read_scenario_file
    from sim.means import all_means, means_class

    if language == "en" and means_id in all_means():
        own = means_class(means_id).MECHANISM
        if own:
            return " ".join(own.split())
    return str(getattr(read_scenario_file(means_files()[means_id]).summary, language))


def _record(name: str, parameter: Parameter) -> dict[str, Any]:
    from sim.config.receipt import parameter_record

    return {"name": name, **parameter_record(parameter)}


def _print(record: dict[str, Any], text: Texts) -> None:
    from sim.cli.printing import print_table, print_text
    from sim.cli.show_disturbance import print_record as print_disturbance
    from sim.cli.show_words import print_explanation, print_stands_for

    print(f"{record['title']} ({record['name']})")
    print_text(record["summary"])
    print_text(text("cli.show_source", source=record["source"]))
    years, warmup = f"{record['years']:g}", f"{record['warmup_years']:g}"
    content = record["content_hash"][:12]
    print(text("cli.show_time", place=record["place"], years=years, warmup=warmup, content=content) + "\n")
    if record["stands_for"]:
        print_stands_for(record["stands_for"], text)
    columns = tuple(text(f"cli.{column}") for column in ("name", "value", "range", "unit", "meaning"))
    for means in record["means"]:
        print_text(text("cli.means", id=means["id"], mechanism=means["mechanism"]))
        print("  " + _timing(means, text))
        print_explanation(means, text)
        costs = text("cli.costs", costs=", ".join(means["cost"]) or text("cli.no_cost"))
        print_table("  " + costs, columns, [_row(p) for p in means["settings"]])
        print()
    if not record["means"]:
        print(text("cli.no_means") + "\n")
    for disturbance in record["disturbances"]:
        print(text("show.struck_by", title=disturbance["title"], name=disturbance["name"]))
        print_disturbance(disturbance, text)
        print()
    changed = [p for p in record["parameters"] if p["changed"]]
    rest = [p for p in record["parameters"] if not p["changed"]]
    if changed:
        print_table(text("cli.changed"), columns, [_row(p) for p in changed])
    if not sys.stdout.isatty():
        print_table(text("cli.unchanged"), columns, [_row(p) for p in rest])
        return
    # A terminal is narrow and the list long: the group stands in the title, meanings in `mellanrum parameters`.
    print(text("cli.unchanged"))
    head = (text("cli.name"), text("cli.value"), f"{text('cli.range')}, {text('cli.unit')}", text("cli.source"))
    for group, members in groupby(rest, key=lambda p: str(p["name"]).rpartition(".")[0]):
        print_table(group, head, [_short_row(p) for p in members])


def _print_namesakes(name: str, text: Texts) -> None:
    from sim.cli.printing import print_text
    from sim.cli.show_ready_made import namesakes
    from sim.config.folders import shown

    for other in namesakes(name):
        print_text(text("show.namesake", name=name, kind=text(f"show.a_{other.kind}"), file=shown(other.path)))


def _short_row(parameter: dict[str, Any]) -> tuple[str, ...]:
    name, value, span, unit, _ = _row(parameter)
    return name.rpartition(".")[2], value, f"{span} {unit}", parameter["source"]


def _timing(means: dict[str, Any], text: Texts) -> str:
    fidelity, coverage = f"{means['fidelity']:g}", f"{means['coverage']:g}"
    start, ramp = f"{means['start_days']:g}", f"{means['ramp_days']:g}"
    return text("cli.timing", start=start, ramp=ramp, fidelity=fidelity, coverage=coverage)


def _row(parameter: dict[str, Any]) -> tuple[str, ...]:
    from sim.cli.printing import range_text, value_text

    return (
        parameter["name"],
        value_text(parameter["value"]),
        range_text(parameter["low"], parameter["high"]),
        parameter["unit"],
        f"{parameter['meaning']} [{parameter['source']}]",
    )
