"""What the report says of sensitivity: from the runs themselves, from an analysis beside them, or why not."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from page_examples import a_sensitivity, comparison

from sim.report.build import sensitivity_beside
from sim.report.facts import read_facts
from sim.report.influence import influence
from sim.report.results import Results, read_results
from sim.report.words import Words, words_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("influence")
    comparison(made)
    return made


@pytest.fixture(scope="module")
def results(folder: Path) -> Results:
    return read_results(folder)


def _with(results: Results, **fit: object) -> Words:
    return words_for(replace(results, correlations=None, facts=replace(results.facts, fit=fit, ensemble={})), "en")


def test_the_strongest_come_first_and_what_fails_the_test_is_not_called_clear(results: Results) -> None:
    found = influence(words_for(results, "en"))
    assert found.grid is not None and len(found.paragraphs) == 2
    rows = [(row.heading, row.cells[0].text, row.cells[1].text) for row in found.grid.rows if not row.section]
    assert rows[0] == ("gap.loss_scale", "−0.61 [−0.81; −0.41]", "yes")
    assert rows[1] == ("gap.chase_minutes", "+0.25 [+0.05; +0.45]", "no")
    assert found.command.startswith("mellanrum sensitivity team --against baseline --method morris --place vastra_v")


def test_says_why_the_runs_tell_nothing(results: Results) -> None:
    few = influence(_with(results, used=7, sets=200, parameters=["gap.loss_scale"], digest="0"))
    assert few.grid is None and "used 7 parameter sets" in few.paragraphs[0] and "fewer than 30" in few.paragraphs[0]
    assert "All runs had the same parameters" in influence(_with(results)).paragraphs[0]
    nothing = replace(results, differences=results.differences.iloc[:0], facts=read_facts({}))
    assert influence(words_for(nothing, "en")).command == ""


def test_an_analysis_in_the_folder_is_told(results: Results, folder: Path, tmp_path: Path) -> None:
    assert sensitivity_beside(tmp_path) is None
    a_sensitivity(tmp_path / "sensitivity", "morris")
    (sentence,) = influence(words_for(results, "en"), sensitivity_beside(tmp_path)).found
    assert "Days with unmet need" in sentence and "means.patient_coordinator.caseload" in sentence
    assert pd.read_csv(tmp_path / "sensitivity" / "sensitivity.csv")["measure"].nunique() == 4
