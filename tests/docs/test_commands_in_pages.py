"""Every command in every page is one: the program takes its options, and what it names exists."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from generate.commands import Command, files, mentioned
from markdown_pages import ROOT, pages

from calibration.study_file import find_study, study_files
from sim.cli.main import COMMANDS, build_app
from sim.config.errors import InputError
from sim.config.lookup import find_place, find_scenario
from sim.config.sweep_file import find_sweep
from sim.outcomes.outcome import all_outcomes

PAGES = {page: text for page, text in pages().items() if page != "CHANGELOG.md"}
FOUND = [(page, command) for page, text in PAGES.items() for command in mentioned(text)]
OF_THE_READER = re.compile(r"^(?:my_\w+|my|file)\.\w+$|^[A-Z]+(?:/.*)?$|^outputs/")
"""Names that stand for the reader's own: my_scenario.yaml, NAME, DIR/scenario.yaml, what a command left."""
EXAMPLES = {name for text in PAGES.values() for name in files(text)} | {"direct_line"}
"""Files that pages give to save, and the means that docs/extending.md shows how to add."""
PATH = re.compile(r"`((?:sim|calibration|docs|scenarios|tests|benchmarks)/[\w/.-]+\.\w+)`")


def context_of(command: Command) -> Any:
    """Return a command as the program reads it; raises what the program would say of a wrong one."""
    if command.words[1] not in COMMANDS:
        raise InputError(f"{command.words[1]}: no such command")
    return program()[command.words[1]].make_context(command.words[1], list(command.words[2:]))


@cache
def program() -> dict[str, Any]:
    """Return every command of the program, built once."""
    return dict(typer.main.get_command(build_app()).commands)  # type: ignore[attr-defined]  # a group


def names(parameters: dict[str, Any], *keys: str) -> list[str]:
    """Return what is given for some options or arguments, one or several."""
    values = [parameters.get(key) for key in keys]
    flat = [one for value in values for one in (value if isinstance(value, (list, tuple)) else [value])]
    return [one for one in flat if isinstance(one, str) and one not in EXAMPLES and not OF_THE_READER.match(one)]


def unknown(command: str, given: dict[str, Any]) -> Iterator[str]:
    """Yield every scenario, place, study, sweep and outcome of a command that does not exist."""
    finders = (
        (find_scenario, [*names(given, "scenarios", "scenario", "against"), *",".join(names(given, "of")).split(",")]),
        (find_place, names(given, "place")),
        (find_study, names(given, "studies")),
        (find_sweep, [word for word in names(given, "words") if "=" not in word]),
    )
    for find, wanted in finders:
        for name in filter(None, wanted):
            if name != "none" and not exists(find, name):
                yield name
    asked = ",".join(names(given, "outcome", "outcomes", "effect")).split(",")
    outcomes = [*filter(None, asked), *_before_equals(names(given, "worth", "precision"))]
    yield from (name for name in outcomes if name not in all_outcomes() and not name.replace(".", "").isdigit())


def exists(find: Callable[[str], Path], name: str) -> bool:
    """Tell whether there is a file of that name or path."""
    try:
        return find(name).exists()
    except InputError:
        return False


def _before_equals(words: Sequence[str]) -> list[str]:
    return [word.partition("=")[0] for word in words]


def test_there_are_commands_in_many_pages() -> None:
    assert len({page for page, _ in FOUND}) >= 10
    assert {command.words[1] for _, command in FOUND} == set(COMMANDS)


@pytest.mark.parametrize("page", sorted({page for page, _ in FOUND}))
def test_the_program_takes_every_command(page: str) -> None:
    wrong = []
    for command in (command for one, command in FOUND if one == page):
        if "--help" in command.words or (len(command.words) == 2 and command.words[1] in COMMANDS):
            continue  # the name of a command in a sentence
        try:
            context = context_of(command)
        except Exception as problem:  # whatever the program says
            wrong.append(f"{page}:{command.line}: {' '.join(command.words)}: {problem}")
            continue
        wrong += [f"{page}:{command.line}: no {name}" for name in unknown(command.words[1], context.params)]
    assert wrong == []


def test_wrong_commands_are_told() -> None:
    page = (
        "```sh\nmellanrum compare team --sampel 0.1\n```\n"
        "`mellanrum show nobody`, `mellanrum study coach_nowhere`, `mellanrum compar`\n"
    )
    found = mentioned(page)
    assert [command.line for command in found] == [2, 4, 4, 4]
    with pytest.raises(Exception, match="sampel"):
        context_of(found[0])
    assert list(unknown("show", context_of(found[1]).params)) == ["nobody"]
    assert list(unknown("study", context_of(found[2]).params)) == ["coach_nowhere"]
    with pytest.raises(InputError, match="no such command"):
        context_of(found[3])


def test_every_file_that_a_page_names_exists() -> None:
    examples = set(re.findall(r"^`([\w/.]+)`:$", PAGES["docs/extending.md"], re.M))
    named = {(page, path) for page, text in PAGES.items() for path in PATH.findall(text) if path not in examples}
    assert len(named) > 50
    assert sorted(f"{page}: {path}" for page, path in named if not (ROOT / path).exists()) == []


def test_every_study_is_named_on_its_page() -> None:
    assert [name for name in study_files() if f"`{name}`" not in PAGES["docs/studies.md"]] == []
