"""Every number on the page of a comparison is that of the tables: read back, row by row, in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import pandas as pd
import pytest
from page_examples import comparison
from page_reader import (
    cells_without_data,
    is_as_it_stands,
    numbers_in,
    numbers_of,
    passes_when_altered,
    read_page,
    sourced,
    without_data,
    words_of,
)

from sim.analysis.judgement import judgement
from sim.report.build import sensitivity_beside
from sim.report.html import render
from sim.report.main_outcomes import main_outcomes
from sim.report.results import read_results
from sim.report.texts import LANGUAGES, read_texts
from sim.report.words import words_for


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("read_back")
    comparison(made)
    return made


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, folder: Path) -> tuple[Element, str]:
    """The page without its figures, whose numbers the tables hold too."""
    words = words_for(read_results(folder), request.param)
    return read_page(render(words, {}, sensitivity_beside(folder))), request.param


def test_every_number_that_names_its_row_is_what_stands_there(page: tuple[Element, str], folder: Path) -> None:
    tree, lang = page
    found = list(sourced(tree))
    tables = {one.attrib["data-from"].partition("?")[0] for one in found}
    assert len(found) > 400
    assert {name.partition("#")[0] for name in tables} == {
        "manifest.json",
        *("differences.csv", "equity.csv", "validation.csv", "evidence.csv", "parameter_correlations.csv"),
        *("value.csv", "acceptability.csv", "who_pays.csv", "time_freed.csv", "budget_impact.csv", "payback.csv"),
    }
    wrong = [(words_of(one), one.attrib["data-from"]) for one in found if not is_as_it_stands(one, folder, lang)]
    assert wrong == []


def test_a_number_that_is_altered_does_not_pass(page: tuple[Element, str], folder: Path) -> None:
    tree, lang = page
    assert [altered for one in sourced(tree) for altered in passes_when_altered(one, folder, lang)] == []


def _names(folder: Path, lang: str) -> list[str]:
    """Return the names and sources that tables and texts hold, the longest first."""
    results = read_results(folder)
    texts = [*results.facts.scenarios.values(), *results.facts.groups.values(), *results.facts.summaries.values()]
    held = {title[lang] for title in texts if lang in title} | set(read_texts(lang).entries.values())
    for name, columns in (("validation", ("source", "note")), ("evidence", ("cites",))):
        table = pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)
        held |= {cell for column in columns for cell in table[column]}
    return sorted(filter(None, held), key=len, reverse=True)


def test_no_cell_holds_a_number_that_names_no_row(page: tuple[Element, str], folder: Path) -> None:
    tree, lang = page
    names, left = _names(folder, lang), []
    cheers = {
        words_of(cell) for table in tree.iter("table") if table.get("class") == "cheers" for cell in table.iter("td")
    }
    for cell in cells_without_data(tree):
        if cell in cheers:
            continue
        for name in names:
            cell = cell.replace(name, "")
        left.append(cell)
    assert len(left) > 20
    assert [cell for cell in left if re.search(r"\d", cell)] == []


def _differences(folder: Path, group_by: str, group: str, scenario: str) -> pd.DataFrame:
    table = pd.read_csv(folder / "differences.csv")
    own = table[(table["group_by"] == group_by) & (table["group"].astype(str) == group)]
    own = own[(own["scenario"] == scenario) & own["outcome"].isin(main_outcomes().values())]
    return own.set_index("outcome").loc[list(main_outcomes().values())]


def _verdicts(table: pd.DataFrame) -> list[str]:
    """Judge anew, by the words the page defines: interval, test, smallest difference."""
    said = []
    for row in table.itertuples():
        clear = (row.low > 0 or row.high < 0) and row.p_adjusted < judgement().clear_level
        good = (row.mean < 0) == (row.better == "lower")
        small = abs(row.mean) < row.smallest
        said.append(
            "unclear" if not clear or row.better == "neither" else "small" if small else "good" if good else "bad"
        )
    return said


@pytest.mark.parametrize("lang", ["en"])
def test_the_answer_claims_no_more_than_the_tables(folder: Path, lang: str) -> None:
    tree = read_page(render(words_for(read_results(folder), lang), {}))
    answer = next(one for one in tree.iter("div") if one.get("class") == "answer")
    first, second, third = list(answer)
    for sentence, group in ((first, ("complex_needs", "yes")), (second, ("all", "all"))):
        found = _verdicts(_differences(folder, *group, scenario="team"))
        counts = [int(one.value) for one in numbers_in(without_data(sentence).split(":")[0], lang)]
        said = words_of(sentence)
        if {"good", "bad"} & set(found):
            assert counts == [found.count("good"), found.count("bad"), 4]
        else:
            assert "nothing is clear" in said and counts == [4]
        assert said.count("clearly better)") == found.count("good")
        assert said.count("clearly worse)") == found.count("bad")
        # Four differences, each with its interval.
        assert len([one for one in sentence if one.tag == "data"]) == 8
    assert "million SEK a year in full" in words_of(third) and len(third) == 4


def test_prose_holds_no_number_from_nowhere(page: tuple[Element, str], folder: Path) -> None:
    """What names no row in sentences is a count, or stands in the texts or in the receipt."""
    tree, lang = page
    receipt = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    texts = " ".join(read_texts(lang).entries.values())
    allowed = {one.value for one in numbers_in(texts, lang)} | set(numbers_of(receipt))
    allowed |= {round(100.0 * value, places) for value in numbers_of(receipt) for places in (0, 1)}
    counted = range(len(main_outcomes()) * len(pd.read_csv(folder / "differences.csv")["group_by"].unique()) * 10)
    sections = [one for one in tree.iter("section") if one.get("aria-labelledby") not in ("sensitivity", "reproduce")]
    sentences = [one for section in sections for tag in ("p", "li", "dd") for one in section.iter(tag)]
    assert len(sentences) > 40
    from_nowhere = [
        (number.value, words_of(sentence))
        for sentence in sentences
        for number in numbers_in(without_data(sentence), lang)
        if number.value not in allowed and (number.places or number.value not in counted)
    ]
    assert from_nowhere == []
