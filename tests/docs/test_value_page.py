"""What docs/value.md says of commands, options and tables is so."""

import re
import shlex
from pathlib import Path

import typer

from sim.analysis.value_settings import DEFAULT_EFFECT, number
from sim.cli.main import build_app
from sim.report.value_results import TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "value.md").read_text(encoding="utf-8")


def test_every_command_of_the_page_parses() -> None:
    lines = re.findall(r"^(mellanrum .*)$", PAGE, re.M)
    assert len(lines) == 3
    commands = typer.main.get_command(build_app()).commands  # type: ignore[attr-defined]  # a group
    for line in lines:
        _, name, *arguments = shlex.split(line)
        assert commands[name].make_context(name, arguments).command is commands[name]


def test_every_table_and_default_is_named() -> None:
    assert [name for name in TABLES if f"`{name}.csv`" not in PAGE] == []
    assert DEFAULT_EFFECT == "unmet_need_days" and "days with unmet need avoided" in PAGE
    assert f"{100 * number('discount_rate'):g} % a year" in PAGE
    assert f"({100 * number('held_spread_share_per_year'):g} %, an assumption)" in PAGE
