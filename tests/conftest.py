"""Give tests a copy of the shipped files that they may spoil, with small pathways, parameters and place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from sim.cli.main import run
from sim.config import folders

SHIPPED = Path(__file__).parents[1] / "scenarios"
SMALL = Path(__file__).parent / "library"
PARAMETERS = Path(__file__).parents[1] / "sim" / "parameters"
SET_BY_SCENARIOS = ("implementation", "prerequisites")
"""Groups of parameters that shipped scenarios change."""


@dataclass
class Library:
    """A folder of scenarios and parameters in place of the program's own."""

    root: Path
    capsys: pytest.CaptureFixture[str]

    def path(self, name: str) -> Path:
        return self.root / name

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def edit(self, name: str, old: str, new: str) -> Path:
        """Replace the first occurrence of a text that must be there."""
        text = self.path(name).read_text()
        assert old in text, f"{old!r} is not in {name}"
        return self.write(name, text.replace(old, new, 1))

    def mellanrum(self, *arguments: str) -> tuple[int, str, str]:
        """Run the command line; return exit code, output and error output."""
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            run(list(arguments))
        captured = self.capsys.readouterr()
        return int(end.value.code or 0), captured.out, captured.err


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Library:
    root = tmp_path / "library"
    for path in SHIPPED.rglob("*.yaml"):
        copy = root / "scenarios" / path.relative_to(SHIPPED)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, copy)
    shutil.copy(SMALL / "pathways.yaml", root / "scenarios" / "pathways.yaml")
    shutil.copy(SMALL / "small_place.yaml", root / "scenarios" / "places" / "small.yaml")
    (root / "parameters").mkdir()
    shutil.copy(SMALL / "gap.yaml", root / "parameters" / "gap.yaml")
    for name in SET_BY_SCENARIOS:
        shutil.copy(PARAMETERS / f"{name}.yaml", root / "parameters" / f"{name}.yaml")
    baseline = root / "scenarios" / "baseline.yaml"
    baseline.write_text(baseline.read_text().replace("place: vastra_varmland", "place: small"))
    monkeypatch.setattr(folders, "scenarios_folder", lambda: root / "scenarios")
    monkeypatch.setattr(folders, "parameters_folder", lambda: root / "parameters")
    monkeypatch.chdir(root)
    return Library(root, capsys)
