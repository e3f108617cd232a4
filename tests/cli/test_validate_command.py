"""`mellanrum validate`: levels, effects, patterns and own figures in tables, a page and figures, in both languages."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from cli_fakes import fake_work

from calibration.study_outcomes import OUTCOMES as STUDY_OUTCOMES
from sim.batch.jobs import Wanted
from sim.cli.batch_request import Request
from sim.cli.main import run
from sim.cli.validate import validate
from sim.config.scenario import Scenario
from sim.outcomes.patterns import UNITS
from sim.report.texts import read_texts
from sim.report.validation_results import read_validation

ROOT = Path(__file__).resolve().parents[2]
STUDY = """\
title: A small trial
source: made for the test
scenario: phone_care_coach
design: randomised
share_offered: 0.5
subjects: {found: frequent_use, of: ed_visits, at_least: 1, within_days: 90, recruitment_days: 28}
follow_up_days: 91
warmup_years: 0.3
results:
  - {target: coach_ed_visits, outcome: ed_visits, estimator: rate_ratio}
note: none
"""


def work_with_patterns(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make a fake run that leaves patterns too: one with a published range, one without."""
    rows = [("high_region_cost_still", "1", 0.2 + 1e-3 * (seed % 7)), ("stays_a_year", "3+", 2e-4)]
    return {**fake_work(scenario, seed, wanted), "patterns": pd.DataFrame(rows, columns=["pattern", "group", "value"])}


def request(out: Path, **changes: object) -> Request:
    asked = Request(
        command="validate", scenarios=("baseline",), replications=2, seed=1, jobs=1, out=out, quiet=True,
        arguments=("validate",),
    )  # fmt: skip
    return replace(asked, **changes)  # type: ignore[arg-type]  # names of fields


@pytest.fixture
def one_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trial.yaml").write_text(STUDY)
    (tmp_path / "other_design.yaml").write_text(STUDY + "as_published: false\n")
    files = {name: tmp_path / f"{name}.yaml" for name in ("trial", "other_design")}
    monkeypatch.setattr("calibration.study_file.study_files", lambda: files)


def mellanrum(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        run(list(arguments))
    return int(end.value.code or 0)


@pytest.mark.usefixtures("one_study")
def test_effects_stand_beside_levels_and_the_page_holds_all(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    out = tmp_path / "out"
    asked = request(out, sample=0.02)
    assert validate(asked, "en", as_json=False, work=work_with_patterns, effects=True) == 0
    printed = " ".join(capsys.readouterr().out.split())
    table = pd.read_csv(out / "validation.csv", keep_default_na=False)
    effect = table[table["kind"] == "effect"].iloc[0]
    assert (effect["target"], effect["study"], effect["area"]) == ("coach_ed_visits", "trial", "effects")
    assert set(table["used_for"]) == {"fit", "held_out", "plausibility"}
    # What was not published by that design stands for no published figure, and is not run.
    assert pd.read_csv(out / "studies" / "studies.csv")["study"].unique().tolist() == ["trial"]
    for figure in ("levels", "published_effects", "patterns"):
        assert (out / "figures" / f"{figure}.svg").is_file() and (out / "figures" / f"{figure}.png").is_file()
    page = (out / "report.html").read_text(encoding="utf-8")
    for told in (page, printed):
        assert "Held out: " in told and "For the fit: " in told
        assert "no published figure" in told
    missed = read_validation(out).missed
    assert missed
    assert all(row.reason for row in missed)
    assert missed[0].reason in page
    # The page comes again from the tables alone, in Swedish without a word of English about counts.
    assert mellanrum("report", str(out), "--lang", "sv") == 0
    swedish = (out / "report.html").read_text(encoding="utf-8")
    assert "Hållna utanför: " in swedish and "Held out" not in swedish


def test_counts_said_are_those_of_the_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    validate(request(out), "en", as_json=False, work=work_with_patterns)
    printed = capsys.readouterr().out
    table = pd.read_csv(out / "validation.csv", keep_default_na=False)
    told = table[(table["inside"] != "") & (table["apart"] == "")]
    for use, words in (("fit", "For the fit"), ("held_out", "Held out")):
        own = told[told["used_for"] == use]
        assert len(own), use
        assert f"{words}: {(own['inside'] == 'True').sum()} of {len(own)} inside" in printed
    page = (out / "report.html").read_bytes()
    assert mellanrum("report", str(out)) == 0
    assert (out / "report.html").read_bytes() == page


def test_patterns_are_judged_where_something_is_published(tmp_path: Path) -> None:
    out = tmp_path / "out"
    validate(request(out), "en", as_json=True, work=work_with_patterns)
    table = pd.read_csv(out / "patterns.csv", keep_default_na=False).set_index("pattern")
    assert table.loc["high_region_cost_still", "inside"] == "True"
    assert table.loc["stays_a_year", "inside"] == ""


def test_over_an_ensemble_the_interval_is_that_of_the_sets(tmp_path: Path) -> None:
    sets = tmp_path / "sets.csv"
    sets.write_text("worsening.preventable_share\n0.4\n0.5\n0.6\n")
    out = tmp_path / "out"
    validate(request(out, ensemble=sets, replications=2), "en", as_json=True, work=work_with_patterns)
    row = pd.read_csv(out / "validation.csv").set_index("target").loc["ed_visits"]
    runs = pd.read_csv(out / "outcomes.csv")
    own = runs[(runs["outcome"] == "ed_visits_per_1000") & (runs["group_by"] == "all")]
    means = own.groupby(own["replication"] // 2)["value"].mean().to_numpy()
    assert row["n"] == 3
    # Where a fourth set would lie: t with 2 degrees of freedom.
    half = 4.302653 * means.std(ddof=1) * np.sqrt(1 + 1 / 3)
    assert (row["sim_low"], row["sim_high"]) == pytest.approx((means.mean() - half, means.mean() + half), rel=1e-5)
    assert "vary over 3 sets" in (out / "report.html").read_text(encoding="utf-8")
    assert (out / "parameter_sets.csv").is_file()


@pytest.mark.usefixtures("one_study")
def test_studies_are_run_in_every_set(tmp_path: Path) -> None:
    sets = tmp_path / "sets.csv"
    sets.write_text("worsening.preventable_share\n0.3\n0.7\n")
    out = tmp_path / "out"
    asked = request(out, ensemble=sets, replications=1, sample=0.02)
    assert validate(asked, "en", as_json=True, work=work_with_patterns, effects=True) == 0
    row = pd.read_csv(out / "validation.csv").set_index("target").loc["coach_ed_visits"]
    by_set = pd.read_csv(out / "studies" / "studies.csv")
    assert by_set["parameter_set"].tolist() == [0, 1]
    assert row["n"] == 2
    assert by_set["simulated"].nunique() == 2


def test_the_worked_example_of_the_guide(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    guide = (ROOT / "docs" / "local_data.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```csv\n(.*?)```", guide, re.S)
    path = tmp_path / "my_figures.csv"
    path.write_text(example, encoding="utf-8")
    out = tmp_path / "out"
    validate(request(out), "en", as_json=True, work=fake_work, own=path)
    rows = {row["target"]: row for row in json.loads(capsys.readouterr().out)}
    assert "ed_visits" not in rows, "the own figure has taken its place"
    assert rows["own_ed_visits"]["published"] == pytest.approx(1000 * 10_150 / 59_085)
    assert rows["own_home_help_hours"]["published"] == pytest.approx(31_000 / 1_370)
    assert rows["own_admissions"]["high"] / rows["own_admissions"]["published"] == pytest.approx(1.15)
    assert rows["own_ed_visits_municipality_arvika"]["group"] == "arvika"
    assert {row["used_for"] for name, row in rows.items() if name.startswith("own_")} <= {"fit", "held_out"}
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "10,150 visits a year over 59,085 inhabitants" in page


def test_a_template_is_written_once_and_reads_as_utf_8(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "my.csv"
    assert mellanrum("validate", "--template", str(path)) == 0
    assert path.read_text(encoding="utf-8-sig").startswith("figure;group_by;group;")
    capsys.readouterr()
    assert mellanrum("validate", "--template", str(path)) == 2
    assert "exists already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "figure;group_by;group;total\ned_visit;all;all;5\n",
            "my.csv:2: figure: unknown figure ed_visit; did you mean",
        ),
        ("figure;group_by;group;total\ned_visits;all;all;121212-1212\n", "looks like a personal identity number"),
        ("", "is empty"),
    ],
)
def test_a_wrong_file_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, says: str
) -> None:
    path = tmp_path / "my.csv"
    path.write_text(content)
    code = mellanrum("validate", "--levels-only", "--targets", str(path), "--out", str(tmp_path / "out"))
    assert code == 2
    assert says in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_time_cannot_be_given_for_studies(capsys: pytest.CaptureFixture[str]) -> None:
    assert mellanrum("validate", "--years", "1") == 2
    assert "add --levels-only" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "sv"])
def test_every_pattern_and_study_outcome_has_words(lang: str) -> None:
    text = read_texts(lang)
    for pattern in UNITS:
        assert text(f"pattern.{pattern}")
    for outcome in STUDY_OUTCOMES:
        assert text(f"study_outcome.{outcome}")


@pytest.mark.usefixtures("one_study")
def test_where_a_fit_is_every_replication_is_another_of_its_sets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.config.fit.fits_folder", lambda: tmp_path)
    (tmp_path / "vastra_varmland").mkdir()
    (tmp_path / "vastra_varmland" / "ensemble.csv").write_text("worsening.preventable_share\n0.3\n0.7\n0.5\n")
    out = tmp_path / "out"
    asked = request(out, fitted=True, sample=0.02)
    assert validate(asked, "en", as_json=True, work=work_with_patterns, effects=True) == 0
    table = pd.read_csv(out / "validation.csv").set_index("target")
    assert table.loc["ed_visits", "n"] == table.loc["coach_ed_visits", "n"] == 2
    assert pd.read_csv(out / "studies" / "studies.csv")["parameter_set"].tolist() == [0, 1]
    assert "vary over 2 sets" in (out / "report.html").read_text(encoding="utf-8")
