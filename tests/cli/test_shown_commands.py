"""What `compare`, `run`, `validate` and `report` show and leave, around fake runs."""

import json
from pathlib import Path

import pandas as pd
import pytest
from cli_fakes import fake_work

from sim.cli import run as run_command
from sim.cli.batch_request import Request
from sim.cli.batch_run import make_runs, sign
from sim.cli.compare import compare, show
from sim.cli.main import run
from sim.cli.validate import validate


def request(command: str, out: Path, *names: str, replications: int = 2) -> Request:
    return Request(
        command=command,
        scenarios=names,
        replications=replications,
        seed=1,
        jobs=1,
        out=out,
        quiet=True,
        arguments=(command,),
    )


def test_compare_shows_the_table_and_report_builds_it_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    finished = compare(request("compare", out, "baseline", "team"), fake_work)
    show(finished, "en")
    printed = capsys.readouterr()
    assert printed.err == "", "quiet"
    assert "report.html" in printed.out
    for aim in ("HEALTH", "EXPERIENCE", "COST", "STAFF"):
        assert aim in printed.out
    assert finished.exit_code == 0
    first = {path.name: path.read_bytes() for path in [out / "report.html", *(out / "figures").iterdir()]}
    assert len(first) > 5
    (out / "report.html").unlink()
    with pytest.raises(SystemExit) as end:
        run(["report", str(out)])
    assert end.value.code == 0
    again = {path.name: path.read_bytes() for path in [out / "report.html", *(out / "figures").iterdir()]}
    assert again == first
    (out / "differences.csv").write_text("scenario\nteam\n")
    with pytest.raises(SystemExit) as end:
        run(["report", str(out)])
    assert end.value.code == 2
    assert "is missing" in capsys.readouterr().err


def test_nothing_to_compare_when_every_run_of_the_baseline_fails(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_FAILS_IN", "baseline")
    finished = compare(request("compare", tmp_path / "out", "baseline", "team"), fake_work)
    show(finished, "en")
    assert "nothing to compare" in capsys.readouterr().out
    assert finished.exit_code == 3
    assert set(pd.read_csv(tmp_path / "out" / "outcomes.csv")["scenario"]) == {"team"}
    assert not (tmp_path / "out" / "differences.csv").exists()


def test_page_terminal_and_differences_say_that_runs_are_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FAKE_FAILS_IN", "mdt")
    monkeypatch.setenv("COLUMNS", "200")
    finished = compare(request("compare", tmp_path / "out", "baseline", "mdt", "team"), fake_work)
    show(finished, "en")
    said = "Runs are missing: 2 of 6 failed (Multi-professional team 2) and are in no table and no figure."
    assert said in " ".join(capsys.readouterr().out.split())
    assert said in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert set(pd.read_csv(tmp_path / "out" / "differences.csv")["scenario"]) == {"team"}
    assert finished.exit_code == 3


def test_one_replication_has_no_interval(tmp_path: Path) -> None:
    compare(request("compare", tmp_path / "out", "baseline", "team", replications=1), fake_work)
    differences = pd.read_csv(tmp_path / "out" / "differences.csv")
    assert set(differences["n"]) == {1}
    assert differences[["low", "high"]].isna().all().all()


def test_run_keeps_tables_without_comparison(tmp_path: Path) -> None:
    finished = make_runs(request("run", tmp_path / "out", "mdt"), fake_work)
    sign(finished)
    assert run_command.summary(finished).startswith("2 runs: mdt; 59,085 people, 2 years after 1 years of warm-up.")
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names == {
        "manifest.json",
        "outcomes.csv",
        "distributions.csv",
        "runs.parquet",
        "runs",
        "scenarios",
    }


def test_validate_sets_the_model_beside_published_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    out = tmp_path / "out"
    assert validate(request("validate", out, "baseline"), "sv", as_json=True, work=fake_work) == 0
    rows = json.loads(capsys.readouterr().out)
    table = pd.read_csv(out / "validation.csv")
    assert [row["target"] for row in rows] == table["target"].tolist()
    held = table[table["n"] > 0]
    inside = (held["simulated"] >= held["low"]) & (held["simulated"] <= held["high"])
    assert held["inside"].astype(str).tolist() == inside.astype(str).tolist()
    assert inside.nunique() == 2
    validate(request("validate", out, "baseline"), "sv", as_json=False, work=fake_work)
    printed = capsys.readouterr().out
    assert "Socialstyrelsen" in printed
    assert f"{inside.sum()} av {len(held)} ligger i det publicerade spannet." in printed
