"""`mellanrum study`: same bytes whatever the number of processes, one message for what is wrong."""

import json
from pathlib import Path

import pandas as pd
import pytest

from sim.cli.main import run
from sim.cli.study_words import number, sentence, span

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
  - {target: coach_hospitalisation, outcome: bed_days, estimator: relative_change}
note: none
"""


@pytest.fixture
def trial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "trial.yaml").write_text(STUDY)
    return tmp_path


def mellanrum(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        run(list(arguments))
    return int(end.value.code or 0)


def test_one_process_and_two_leave_the_same_bytes(trial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    common = ("study", "trial.yaml", "--sample", "0.02", "--replications", "2", "--quiet")
    assert mellanrum(*common, "--jobs", "1", "--out", "one", "--store", "shared_1") == 0
    printed = capsys.readouterr().out
    assert mellanrum(*common, "--jobs", "2", "--out", "two", "--store", "shared_2", "--json") == 0
    assert (trial / "one" / "studies.csv").read_bytes() == (trial / "two" / "studies.csv").read_bytes()
    rows = json.loads(capsys.readouterr().out)
    assert [row["outcome"] for row in rows] == ["ed_visits", "bed_days"]
    assert rows[0]["replications"] == 2
    assert rows[0]["low"] < rows[0]["simulated"] < rows[0]["high"]
    assert "published 0.69 to 0.86" in printed
    receipt = json.loads((trial / "one" / "manifest.json").read_text())
    assert receipt["status"] == "done"
    assert receipt["runs"] == {"done": 2, "reused": 0, "failed": 0}
    assert receipt["studies"]["trial"]["design"] == "randomised"
    assert (trial / "one" / "scenarios" / "trial.without.resolved.yaml").is_file()
    assert "A small trial" in (trial / "one" / "report.html").read_text(encoding="utf-8")
    assert (trial / "one" / "figures" / "study_trial.svg").is_file()
    assert mellanrum("report", "one", "--lang", "sv") == 0
    assert "Publicerade studier" in (trial / "one" / "report.html").read_text(encoding="utf-8")
    # What has been made is used again, and gives the same.
    assert mellanrum(*common, "--jobs", "1", "--out", "three", "--store", "shared_1") == 0
    assert json.loads((trial / "three" / "manifest.json").read_text())["runs"]["reused"] == 2
    assert (trial / "three" / "studies.csv").read_bytes() == (trial / "one" / "studies.csv").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("design: randomised", "design: randomized", "trial.yaml:4: design: should be"),
        ("of: ed_visits", "of: visits", "trial.yaml:6: subjects.of: should be"),
        ("outcome: ed_visits", "outcome: ed_visit", "trial.yaml:10: results[1].outcome: unknown outcome ed_visit; did"),
        ("target: coach_ed", "target: coch_ed", "trial.yaml:10: results[1].target: no such published effect: did you"),
        ("estimator: rate_ratio", "estimator: odds_ratio", "trial.yaml:10: results[1].estimator: the published effect"),
        ("share_offered: 0.5\n", "", "share_offered below 1 goes with"),
        ("warmup_years: 0.3", "warmup_years: 0.1", "90 days before people are found do not fit"),
        ("follow_up_days: 91\n", "", "follow_up_days: is missing; add it"),
        ("design: randomised\n", "design: survey\n", "share_offered below 1 goes with"),
        (
            "design: randomised\nshare_offered: 0.5\n",
            "design: survey\n",
            "answers goes with the design survey, and must",
        ),
        ("design: randomised\n", "design: randomised\nconsent_share: 0.5\n", "consent_share goes with the design"),
        ("design: randomised\n", "design: randomised\nassigned_by: municipality\n", "share_offered below 1 goes with"),
        ("note: none", "note: none\nanswers: {asked: staff, share: 0.5}", "professions goes with asked: staff"),
        ("estimator: rate_ratio", "meant: visits, estimator: rate_ratio", "results[1].meant: unknown outcome visits"),
        ("note: none", "note: none\nnotes: two", "trial.yaml:13: notes: unknown key; remove it"),
        ("scenario: phone_care_coach", "scenario: phone_coach", "phone_coach: unknown scenario; did you mean"),
        ("follow_up_days: 91", "follow_up_days: long", "trial.yaml:7: follow_up_days: should be a valid number"),
    ],
)
def test_a_wrong_study_is_refused_in_one_line(
    trial: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, says: str
) -> None:
    assert old in STUDY
    (trial / "trial.yaml").write_text(STUDY.replace(old, new, 1))
    assert mellanrum("study", "trial.yaml", "--out", "out") == 2
    captured = capsys.readouterr()
    assert says in captured.err
    assert len(captured.err.splitlines()) == 1
    assert captured.out == ""
    assert not (trial / "out").exists()


def test_an_unknown_study_is_refused(trial: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mellanrum("study", "coach_stokholm") == 2
    assert "did you mean coach_stockholm?" in capsys.readouterr().err
    assert mellanrum("study", "trial.yaml", "trial.yaml") == 2
    assert "given 2 times" in capsys.readouterr().err
    assert mellanrum("study", "--all", "trial.yaml") == 2
    assert "--all: leave it out" in capsys.readouterr().err


def test_figures_are_written_as_they_are_read() -> None:
    assert [number(-0.123, how) for how in ("relative_change", "rate_ratio", "difference")] == [
        "-12 %",
        "-0.12",
        "-0.12",
    ]
    assert (number(0.94, "share"), number(float("nan"), "share")) == ("94 %", "-")
    assert span(0.69, 0.86, "rate_ratio") == "0.69 to 0.86"


def test_a_sentence_says_what_the_figure_is_made_of() -> None:
    row = {
        "study": "near_care", "outcome": "bed_days", "estimator": "relative_change", "design": "before_after",
        "published_low": -0.8, "published_high": -0.5, "inside": False, "simulated": -0.3, "true_effect": -0.1,
        "reported_without_effect": -0.22,
    }  # fmt: skip
    assert sentence(row) == (
        "near_care, bed_days: published -80 % to -50 %; the same design in the model gives -30 %; to the same people "
        "the means does -10 %; without any effect the study would have reported -22 %."
    )
    assert "too few" in sentence(pd.Series(row | {"inside": None}).to_dict())
