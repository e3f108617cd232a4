import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from report_factory import SCENARIOS, write_folder

from sim.report.build import FIGURES, build_report
from sim.report.html import render
from sim.report.results import read_results
from sim.report.words import words_for


def _bytes(folder: Path) -> dict[str, bytes]:
    made = [folder / "report.html", *sorted((folder / "figures").iterdir())]
    return {str(path.relative_to(folder)): path.read_bytes() for path in made}


def _small(folder: Path, **wanted: object) -> Path:
    folder.mkdir(exist_ok=True)
    return write_folder(folder, **({"scenarios": SCENARIOS[:2], "replications": 3} | wanted))


def test_same_tables_give_the_same_bytes_whatever_the_folder_and_the_time(tmp_path):
    first = _small(tmp_path / "first")
    shutil.copytree(first, tmp_path / "second")
    manifest = json.loads((first / "manifest.json").read_text())
    manifest["time"] = {"seconds": 1.0}
    (tmp_path / "second" / "manifest.json").write_text(json.dumps(manifest))
    build_report(first, lang="en")
    build_report(tmp_path / "second", lang="en")
    made = _bytes(first)
    assert made == _bytes(tmp_path / "second")
    assert sorted(made) == sorted(
        ["report.html", *(f"figures/{name}.{ending}" for name in FIGURES for ending in ("svg", "png"))]
    )


def test_one_replication_of_one_scenario_without_optional_tables(tmp_path):
    folder = _small(tmp_path, replications=1, distributions=False, validation=False)
    (folder / "figures").mkdir()
    (folder / "figures" / "continuity.svg").write_text("of an earlier build")
    build_report(folder, lang="en")
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert "With one replication nothing can be called clearly better" in page
    assert "no interval" in page
    assert "The model beside published figures" not in page
    names = {path.stem for path in (folder / "figures").iterdir()}
    assert names == set(FIGURES) - {"continuity", "lead_time", "concentration"}


def test_a_bare_manifest_is_enough_and_what_is_missing_is_said(tmp_path):
    folder = _small(tmp_path, distributions=False, validation=False)
    (folder / "manifest.json").write_text("{}")
    page = render(words_for(read_results(folder), "sv"), {})
    assert "anges inte i den här körningens manifest" in page
    assert "Samordning av vård och omsorg: vad skulle ändras" in page


def test_a_failed_run_is_named_without_its_traceback(tmp_path):
    folder = _small(tmp_path, distributions=False, validation=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    failure = {"scenario": "team", "replication": 2, "error": "ran out of beds", "traceback": "Traceback ..."}
    (folder / "manifest.json").write_text(json.dumps(manifest | {"failures": [failure]}))
    page = render(words_for(read_results(folder), "en"), {})
    assert "team, 2: ran out of beds" in page and "Traceback" not in page


def test_missing_tables_and_columns_are_named(tmp_path):
    folder = _small(tmp_path)
    table = pd.read_csv(folder / "differences.csv")
    table.drop(columns="low").to_csv(folder / "differences.csv", index=False)
    with pytest.raises(ValueError, match=r"differences\.csv: column low is missing"):
        build_report(folder, lang="en")
    (folder / "outcomes.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"outcomes\.csv"):
        build_report(folder, lang="en")


@pytest.mark.parametrize("empty", [True, False])
def test_the_baseline_alone_is_described_and_nothing_claimed(tmp_path, empty):
    folder = _small(tmp_path, validation=False)
    for name in ("outcomes", "distributions"):
        table = pd.read_csv(folder / f"{name}.csv")
        table[table["scenario"] == "baseline"].to_csv(folder / f"{name}.csv", index=False)
    differences = pd.read_csv(folder / "differences.csv")
    (folder / "differences.csv").unlink()
    if empty:
        differences.iloc[:0].to_csv(folder / "differences.csv", index=False)
    words = words_for(read_results(folder), "en")
    page = render(words, {})
    assert page.count("Nothing was compared") == 2
    assert page.count("<tbody>") == page.count("</tbody>") and "better" not in page.split("</style>")[1].lower()
    drawn = {name for name, draw in FIGURES.items() if draw(words) is not None}
    assert drawn == {"continuity", "lead_time", "concentration", "staff_time"}
