"""Every command of the user guide runs, in its order and in one folder, at a small size; what it names is there."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import docs_scripts
import pytest
import typer
from generate.commands import Command, fenced, files, pictures, shown
from matplotlib.figure import Figure

from sim.cli.main import build_app, run

PAGE = (docs_scripts.DOCS / "user_guide.md").read_text(encoding="utf-8")
COMMANDS = fenced(PAGE)

SMALL = {"--sample": "0.02", "--replications": "2", "--years": "0.25", "--warmup-years": "0.1", "--jobs": "1"}
"""Given to every command that has the option, in place of what the page says."""
FEW = "worsening.preventable_share,gap.lead_time_mean_days*"
"""Unknowns in place of all, since the fewest parameter sets follow from their number."""
ALSO: dict[str, dict[str, str]] = {
    "journey": {"--years": "1"},  # the year that is told
    "studies": {"--replications": "1"},
    "measure_first": {"--sets": "20", "--replications": "1", "--parameters": FEW, "--ranges": "declared"},
    "our_fit": {"--plan": "tiny.yaml"},
    "futures": {"--futures": "20", "--replications": "1", "--parameters": FEW, "--ranges": "declared"},
    "shocks": {"--years": "0.7"},  # the disturbances come after half a year and last some weeks
    "mix": {"--population": "4", "--generations": "1", "--confirm": "2", "--confirm-mixes": "1"},
    "real": {"--replications": "2"},  # in place of as many as it takes
}
"""What is smaller still, by command or output folder."""
WITHOUT = {"real": ("--precision", "--precise-for")}
"""Options that do not go with the smaller size."""
NOT_RUN = {"--cluster": "needs machines; tests/batch runs batches on a small cluster of its own"}
TINY_PLAN = """
sample: 0.02
study_sample: 0.02
levels: {years: 0.1, warmup_years: 0.05}
start: {runs: 2}
screening: {trajectories: 2}
waves: [{points: 6, studies: false}]
ensemble: {sets: 8, with_studies: 0}
space_points: 64
studies: [discharge_planning_stay]
parameters: ["needs.base_rate_per_year[acute_symptom]", hospital.stay_mean_days]
"""


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files that the page tells the reader to save."""
    folder = tmp_path_factory.mktemp("guide")
    for name, text in {**files(PAGE), "tiny.yaml": TINY_PLAN}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def options() -> dict[str, set[str]]:
    """Return the options of every command."""
    group: Any = typer.main.get_command(build_app())
    return {name: {word for parameter in one.params for word in parameter.opts} for name, one in group.commands.items()}


def small(command: Command, known: set[str]) -> list[str]:
    """Return the words of a command with sizes that run in a moment; what the page names stays as it is."""
    wanted = {**SMALL, **ALSO.get(command.words[1], {}), **ALSO.get(command.key, {})}
    left_out = (*wanted, *WITHOUT.get(command.key, ()))
    words, rest = [], list(command.words[1:])
    while rest:
        word = rest.pop(0)
        if word in left_out and word in known:
            rest.pop(0)
        else:
            words.append(word)
    return [*words, *(part for option in wanted if option in known for part in (option, wanted[option]))]


@pytest.fixture
def rough_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw every picture with few dots: that they are drawn is what counts here."""
    fine = Figure.savefig
    monkeypatch.setattr(Figure, "savefig", lambda self, *where, **how: fine(self, *where, **{**how, "dpi": 30}))


@pytest.mark.parametrize("number", range(len(COMMANDS)))
def test_every_command_runs(
    number: int, here: Path, options: dict[str, set[str]], monkeypatch: pytest.MonkeyPatch,
    rough_pictures: None, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    command = COMMANDS[number]
    known = options[command.words[1]]
    if set(command.words) & set(NOT_RUN):
        assert set(NOT_RUN) <= known
        return
    monkeypatch.chdir(here)
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as end:
        run(small(command, known))
    printed = capsys.readouterr()
    assert end.value.code == 0, f"line {command.line}: {' '.join(command.words)}\n{printed.out}{printed.err}"
    folder = here / command.words[command.words.index("--out") + 1] if "--out" in command.words else None
    if folder is not None:
        assert (folder / "manifest.json").exists()
        for drawn in pictures(PAGE):
            assert not drawn.startswith(f"{folder.relative_to(here)}/") or (here / drawn).exists(), drawn
    for one in shown(PAGE):
        if one.key == command.key:
            assert one.part_of(printed.out)


def test_the_page_shows_what_commands_print_and_keeps_its_pictures_small() -> None:
    keys = {command.key for command in COMMANDS}
    assert len(shown(PAGE)) >= 2 and {one.key for one in shown(PAGE)} <= keys
    assert all(one.text.startswith(one.first) and one.after not in one.text for one in shown(PAGE))
    kept = pictures(PAGE)
    assert 3 <= len(kept) <= 7
    assert set(kept.values()) == set(re.findall(r"!\[[^]]{40,}\]\((images/\w+\.png)\)", PAGE))
    for picture in kept.values():
        assert 10_000 < (docs_scripts.DOCS / picture).stat().st_size < 300_000


def test_sizes_are_shrunk_and_nothing_else() -> None:
    command = Command(1, ("mellanrum", "run", "team", "--years", "2", "--out", "a/b", "--sample", "0.2"))
    assert command.key == "b"
    words = small(command, {"--years", "--sample", "--out", "--jobs"})
    assert words[:4] == ["run", "team", "--out", "a/b"]
    assert dict(zip(words[4::2], words[5::2], strict=True)) == {"--sample": "0.02", "--years": "0.25", "--jobs": "1"}
    assert "--smaple" in small(Command(1, ("mellanrum", "run", "--smaple", "1")), {"--sample"})


def test_every_size_and_exception_is_of_a_command_of_the_page() -> None:
    keys = {command.key for command in COMMANDS} | {command.words[1] for command in COMMANDS}
    assert {*ALSO, *WITHOUT} <= keys
    assert os.environ.get("MELLANRUM_STORE") is None or Path(os.environ["MELLANRUM_STORE"]).is_dir()
