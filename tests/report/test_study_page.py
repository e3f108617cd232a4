"""The page of studies and the section on evidence: what a reader is told, in both languages, from tables alone."""

import json
import math
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from sim.report.evidence import evidence
from sim.report.figures import study as picture
from sim.report.results import Results
from sim.report.sources import plain
from sim.report.study_page import build_study_report
from sim.report.study_results import read_studies
from sim.report.study_sentences import counted, sentence
from sim.report.texts import LANGUAGES
from sim.report.words import words_for

ROW = {
    "study": "near_care", "design": "before_after", "target": "a", "outcome": "ed_visits",
    "estimator": "relative_change",
    "published": None, "published_low": -0.8, "published_high": -0.5, "simulated": -0.4, "low": -0.5, "high": -0.3,
    "inside": False, "true_effect": -0.2, "true_low": -0.25, "true_high": -0.15, "reported_without_effect": -0.25,
    "share_not_by_means": 0.56, "spill_over": None, "people": 100, "people_compared": 0, "replications": 1,
    "kind": "change", "strength": "weak", "verified": True, "source": "Report 003", "as_published": True,
    "level_change": None, "slope_change": None, "part_effect": math.log(0.8), "part_regression": math.log(0.75),
    "part_selection": 0.0, "part_spill_over": 0.0, "part_definition": 0.0,
}  # fmt: skip
LEVEL = ROW | {
    "study": "the_log", "design": "own_log", "outcome": "no_ed_visit", "estimator": "share", "published": 0.94,
    "published_low": 0.89, "published_high": 0.99, "simulated": 0.93, "low": 0.9, "high": 0.96, "inside": True,
    "true_effect": 0.75, "true_low": 0.7, "true_high": 0.8, "part_effect": 0.75, "part_regression": 0.0,
    "part_definition": 0.18,
}  # fmt: skip
UNTOLD = ROW | {
    "study": "the_log", "design": "own_log", "simulated": None, "low": None, "high": None, "inside": None,
    "true_effect": None, "part_effect": None, "part_regression": None,
}  # fmt: skip
DAYS = ROW | {
    "study": "stay", "design": "randomised", "outcome": "mean_stay", "estimator": "difference", "published": -0.73,
    "published_low": -1.33, "published_high": -0.12, "simulated": 0.1, "low": -0.4, "high": 0.6, "true_effect": -0.1,
    "true_low": -0.2, "true_high": 0.0, "part_effect": -0.1, "part_regression": 0.0, "part_selection": 0.2,
    "as_published": False,
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pd.DataFrame([ROW, LEVEL, UNTOLD, DAYS]).to_csv(tmp_path / "studies.csv", index=False)
    about = {"near_care": {"title": "Near care in place", "title_sv": "Nära vård på plats"}}
    manifest = {"command": "mellanrum study", "studies": about, "preventable_share": {"declared": 0.5}}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    return tmp_path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_holds_every_study_and_no_network(folder: Path, lang: str) -> None:
    build_study_report(folder, lang=lang)
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert ("Near care in place" if lang == "en" else "Nära vård på plats") in page
    assert "http://" not in page.replace("http://www.w3.org", "")
    assert page.count("<figure") == 4
    drawn = ("studies", "study_near_care", "study_the_log", "study_stay")
    names = {path.name for path in (folder / "figures").iterdir()}
    assert names == {f"{one}.{end}" for one in drawn for end in ("svg", "png")}
    first = (folder / "figures" / "studies.svg").read_bytes()
    build_study_report(folder, lang=lang)
    assert (folder / "figures" / "studies.svg").read_bytes() == first


def test_a_sentence_says_what_was_published_what_came_out_what_is_true_and_what_the_rest_is(folder: Path) -> None:
    studies = read_studies(folder)
    words = words_for(studies.results, "en")
    fall, level, untold, days = (plain(sentence(figure, words)) for figure in studies.figures)
    assert fall == (
        "Emergency visits: published −80% to −50%; the same design (before and after) gives −40% in the model "
        "(−50% to −30%), outside the published range. What the means does to the same people: −20%. The rest is what "
        "would have come anyway: regression to the mean, and growing older: −25%."
    )
    assert "What the means does to the same people: +75 percentage points." in level
    assert "a level counts those too who would have managed without: +18 percentage points" in level
    assert "too few people or events" in untold
    assert "by another design; this one (randomised trial) would have given +0.1 days" in days
    assert "chance between the groups: +0.2 days" in days
    assert counted(studies, words).startswith("1 of 2 figures")


def test_the_bars_of_a_figure_lead_from_the_true_effect_to_what_is_reported(folder: Path) -> None:
    studies = read_studies(folder)
    words = words_for(studies.results, "en")
    drawn = picture.draw("near_care", studies, words)
    assert drawn is not None
    bars = drawn.figure.axes[0].patches
    published, regression = bars[0], bars[1]
    assert published.get_x() == pytest.approx(math.log(0.2))
    assert regression.get_x() == pytest.approx(math.log(0.8))
    assert regression.get_x() + regression.get_width() == pytest.approx(math.log(0.6))


def row(scenario: str, outcome: str, strength: str, covers: str = "all") -> dict[str, object]:
    return {
        "scenario": scenario, "means": "mdt; mobile_response", "covers": covers, "outcome": outcome,
        "strength": strength, "verified": strength != "assumption", "type": "before_after", "unit": "rate_ratio",
        "published": 0.77, "published_low": 0.69, "published_high": 0.86, "cites": "Reinius 2013",
    }  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_comparison_says_which_effects_rest_on_what(full: Results, lang: str) -> None:
    first, second, *others = full.compared
    table = pd.DataFrame(
        [
            row(first, "bed_days_per_1000", "weak", "part"),
            row(first, "ed_visits_per_1000", "weak"),
            row(first, "ed_visits_per_1000", "strong"),
            row(second, "ed_visits_per_1000", "assumption"),
        ]
    )
    words = words_for(replace(full, evidence=table), lang)
    said = evidence(words)
    assert said is not None
    assert said.grid is not None
    assert len(said.points) == 3
    if lang == "en":
        assert "1 of" in said.points[0]
        assert "with strong evidence" in said.points[0]
        assert said.points[2].startswith("No study found in the reports or beside them: ")
        assert all(words.scenario(one) in said.points[2] for one in others)
    strengths = [one.cells[0].text for one in said.grid.rows if not one.section]
    assert strengths == [words.text(f"strength.{one}") for one in ("strong", "weak", "weak", "assumption")]
    assert "23" in said.grid.rows[1].cells[1].text
    level = row(first, "ed_visits_per_1000", "weak") | {"unit": "share", "published": 0.94}
    of_level = evidence(words_for(replace(full, evidence=pd.DataFrame([level])), lang))
    assert of_level is not None
    assert of_level.grid is not None
    assert ("nothing compared" if lang == "en" else "inget jämfört") in of_level.grid.rows[1].cells[1].text


def test_without_the_table_nothing_is_said(full: Results) -> None:
    assert evidence(words_for(replace(full, evidence=None), "en")) is None
