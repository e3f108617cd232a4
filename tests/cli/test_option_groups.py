"""Option groups: a command that names a group has its options, with their defaults, help and checks."""

from dataclasses import dataclass
from typing import Annotated

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.option_groups import SpanOptions, WorkOptions, WorldOptions, spread

Colour = Annotated[str, typer.Option("--colour", help="What it is painted with.")]
Often = Annotated[int, typer.Option("--often", help="How many times.")]
Word = Annotated[str, typer.Argument(metavar="WORD")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    colour: Colour = "red"
    often: Often = 2


def app_of(seen):
    @spread
    def command(word: Word, *, paint: Paint, loud: Annotated[bool, typer.Option("--loud")] = False) -> None:
        """Paint a word."""
        seen.append((word, paint, loud))

    app = typer.Typer()
    app.command()(command)
    return app


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["a"], ("a", Paint(), False)),
        (["a", "--colour", "blue", "--loud"], ("a", Paint(colour="blue"), True)),
        (["a", "--often", "5"], ("a", Paint(often=5), False)),
    ],
)
def test_the_options_of_a_group_are_options_of_the_command(words, expected):
    seen = []
    result = CliRunner().invoke(app_of(seen), words)
    assert result.exit_code == 0, result.output
    assert seen == [expected]


def test_help_and_checks_are_those_of_the_options():
    shown = CliRunner().invoke(app_of([]), ["--help"]).output
    assert "Paint a word." in shown and "What it is painted with." in shown and "--paint" not in shown
    assert CliRunner().invoke(app_of([]), ["a", "--often", "x"]).exit_code == 2
    assert CliRunner().invoke(app_of([]), []).exit_code == 2


@pytest.mark.parametrize(
    ("world", "years"), [(SpanOptions(years=2.0, sample=0.1), 2.0), (WorldOptions(sample=0.1), None)]
)
def test_groups_make_the_request(world, years):
    request = WorkOptions(seed=7).request("run", ("baseline",), 3, world)
    assert (request.command, request.scenarios, request.replications) == ("run", ("baseline",), 3)
    assert (request.seed, request.sample, request.years, request.place) == (7, 0.1, years, None)
