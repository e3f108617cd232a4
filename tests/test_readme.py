"""The README keeps its word: its commands run, its set-up is the one that is checked, its examples work."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
import typer

from sim.cli.main import COMMANDS, build_app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXTENDING = (ROOT / "docs" / "extending.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w/.]+)`:\n\n```\w+\n(.*?)^```$", EXTENDING, re.M | re.S))
"""The files of the worked examples, by path."""
SCENARIO = re.search(r"`my_scenario\.yaml`:\n\n```yaml\n(.*?)```", README, re.S)
SETUP = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
NAMED = re.findall(r"`(mellanrum [^`]+)`", README + EXTENDING)
BLOCKS = [
    line.removeprefix(".venv/bin/")
    for block in re.findall(r"```sh\n(.*?)```", README, re.S)
    for line in block.splitlines()
    if line.startswith(".venv/bin/mellanrum")
]
LINES = sorted({*NAMED, *BLOCKS, SETUP[0].split("&& .venv/bin/")[-1]})
SHORT = ("scenarios", "show", "parameters", "check")


def _environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": "120", "PYTHONDONTWRITEBYTECODE": "1"}


def _run(folder: Path, *arguments: str, program: Path = ROOT) -> str:
    """Run Python with the program in `program`, standing in `folder`; return what it prints."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=_environment(program), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, f"{arguments}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def test_two_commands_do_all_the_set_up_and_come_first() -> None:
    assert len(SETUP) == 2
    assert README.index(SETUP[1]) < README.index("## What it is")
    main, tests = ([part.strip() for part in line.split("&&")] for line in SETUP)
    assert main == ["python3 -m venv .venv", ".venv/bin/pip install -e .", ".venv/bin/mellanrum compare"]
    assert tests == ["python3 -m venv .venv", ".venv/bin/pip install -e '.[dev]'", ".venv/bin/python -m pytest"]


def test_the_checks_set_up_and_test_as_the_readme_says() -> None:
    checks = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert re.search(r"-m venv ", checks)
    assert re.search(r"pip install (-q )?-e '\.\[dev\]'", checks)
    assert re.search(r"python -m pytest$", checks, re.M)


@pytest.mark.parametrize("line", LINES)
def test_every_command_line_parses(line: str) -> None:
    program, name, *arguments = shlex.split(line)
    assert program == "mellanrum"
    assert name in COMMANDS
    command = typer.main.get_command(build_app()).commands[name]  # type: ignore[attr-defined]  # a group
    if arguments == ["--help"]:
        return
    assert command.make_context(name, arguments).command is command


def test_every_command_is_in_the_readme() -> None:
    assert {shlex.split(line)[1] for line in LINES} == set(COMMANDS)


def test_every_option_that_is_named_exists() -> None:
    options = {
        option
        for command in typer.main.get_command(build_app()).commands.values()  # type: ignore[attr-defined]  # a group
        for parameter in command.params
        for option in parameter.opts
    }
    named = set(re.findall(r"`(--[a-z-]+)", README)) - {"--help"}
    assert len(named) > 5
    assert named - options == set()


def test_short_commands_run_and_the_scenario_of_ones_own_is_right(tmp_path: Path) -> None:
    assert SCENARIO is not None
    (tmp_path / "my_scenario.yaml").write_text(SCENARIO.group(1), encoding="utf-8")
    ran = set()
    for line in LINES:
        _, name, *arguments = shlex.split(line)
        if name in SHORT and "--help" not in arguments and "direct_line" not in arguments:
            assert _run(tmp_path, "-m", "sim", name, *arguments)
            ran.add(name)
    assert ran == set(SHORT)
    record = json.loads(_run(tmp_path, "-m", "sim", "show", "my_scenario.yaml", "--json"))
    settings = {setting["name"]: setting["value"] for setting in record["means"][0]["settings"]}
    assert settings["caseload"] == 15 and settings["minutes_per_patient_week"] == 30


def test_pictures_exist_and_are_small() -> None:
    pictures = re.findall(r"!\[[^]]+\]\((docs/[\w/.]+)\)", README)
    assert 1 <= len(pictures) <= 2
    for picture in pictures:
        assert 10_000 < (ROOT / picture).stat().st_size < 300_000


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([\w/.]+\.\w+|LICENSE)\)", README)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the program with the files of the worked examples, and nothing else changed."""
    copy = tmp_path_factory.mktemp("readme") / "program"
    for folder in ("sim", "scenarios", "calibration"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    assert {path.split("/")[0] for path in FILES} == {"sim", "scenarios", "tests"}
    for path, text in FILES.items():
        assert not (copy / path).exists(), "an example must not be part of the program"
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text(text, encoding="utf-8")
    return copy


def test_the_new_means_shows_up(extended: Path) -> None:
    entries = json.loads(_run(extended, "-m", "sim", "scenarios", "--json", program=extended))
    assert "direct_line" in [entry["name"] for entry in entries]
    shown = _run(extended, "-m", "sim", "show", "direct_line", program=extended)
    assert "answered at the first try more often" in shown
    assert "costs: minutes_per_nurse_week" in shown
    names = [one["name"] for one in json.loads(_run(extended, "-m", "sim", "parameters", "--json", program=extended))]
    assert "means.direct_line.reach_gain" in names


def test_the_new_means_runs_and_the_new_outcome_appears(extended: Path) -> None:
    size = ("--sample", "0.03", "--years", "0.2", "--warmup-years", "0", "--replications", "2", "--jobs", "1")
    _run(extended, "-m", "sim", "run", "direct_line", *size, "--out", "out", "--quiet", program=extended)
    table = pd.read_csv(extended / "out" / "outcomes.csv")
    nights = table[table["outcome"] == "night_turns_per_1000"]
    assert set(nights["scenario"]) == {"direct_line"}
    everybody = nights.loc[nights["group_by"] == "all", "value"]
    assert len(everybody) == 2 and (everybody > 0).all()
    assert {"need_group", "municipality"} <= set(nights["group_by"])


def test_the_test_of_the_new_means_passes(extended: Path) -> None:
    quiet = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=")
    printed = _run(extended, "-m", "pytest", *quiet, "tests/means/test_direct_line.py", program=extended)
    assert "2 passed" in printed


def test_a_means_is_one_source_file_one_scenario_and_one_test() -> None:
    files = [path for path in FILES if "direct_line" in path]
    assert files == ["sim/means/direct_line.py", "scenarios/means/direct_line.yaml", "tests/means/test_direct_line.py"]


def test_the_tests_of_the_program_hold_the_new_means_to_the_contract(extended: Path, tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    shutil.copytree(extended, whole, ignore=shutil.ignore_patterns("__pycache__", "out"))
    for folder in ("means", "library"):
        shutil.copytree(
            ROOT / "tests" / folder, whole / "tests" / folder, dirs_exist_ok=True,
            ignore=shutil.ignore_patterns("__pycache__"),
        )  # fmt: skip
    for path in (ROOT / "tests").glob("*.py"):
        shutil.copy(path, whole / "tests" / path.name)
    quiet = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-o", "addopts=")
    contract = ("tests/means/test_null_means.py", "tests/means/test_settings_are_read.py", "tests/library")
    printed = _run(whole, "-m", "pytest", *quiet, "-k", "direct_line", *contract, program=whole)
    assert int(re.search(r"(\d+) passed", printed)[1]) >= 6  # type: ignore[index]  # pytest always says
    printed = _run(whole, "-m", "pytest", *quiet, "-k", "not [", "tests/library/test_initiatives.py", program=whole)
    assert re.search(r"\d+ passed, \d+ deselected", printed)


def test_examples_keep_to_the_house_style(extended: Path) -> None:
    ruff = shutil.which("ruff", path=str(Path(sys.executable).parent)) or shutil.which("ruff")
    assert ruff is not None
    for arguments in (["check"], ["format", "--check"]):
        files = [path for path in FILES if path.endswith(".py")]
        done = subprocess.run(
            [ruff, *arguments, "--no-cache", "--config", str(ROOT / "pyproject.toml"), *files],
            cwd=extended, capture_output=True, text=True, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout
