import re
from string import Formatter

import pytest

from sim.core.vocabulary import DISTANCE_LABELS, Profession, WorkKind, label
from sim.outcomes.outcome import AIMS, all_outcomes
from sim.report.texts import LANGUAGES, read_texts
from sim.report.verdict import Verdict

OPTIONAL = ("unit.", "short.")


def _required(lang):
    return {key: text for key, text in read_texts(lang).entries.items() if not key.startswith(OPTIONAL)}


def _blanks(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_the_same_texts_with_the_same_blanks():
    english, swedish = _required("en"), _required("sv")
    assert set(english) == set(swedish)
    for key, text in english.items():
        assert _blanks(text) == _blanks(swedish[key]), key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_closed_lists_are_named_in_full(lang):
    text = read_texts(lang)
    members = [
        *(f"profession.{label(one)}" for one in Profession),
        *(f"work_kind.{label(one)}" for one in WorkKind),
        *(f"distance.{number}" for number in range(len(DISTANCE_LABELS))),
        *(f"need_group.{number}" for number in range(1, 6)),
        *(f"aim.{aim}" for aim in AIMS),
        *(f"verdict.{one.value}" for one in Verdict),
    ]
    assert [key for key in members if not text.entries.get(key)] == []


def test_every_unit_of_an_outcome_is_translated():
    units = {outcome.unit for outcome in all_outcomes().values()}
    swedish = read_texts("sv").entries
    assert [unit for unit in sorted(units) if f"unit.{unit}" not in swedish] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headline_outcomes_have_a_name_that_fits_beside_a_figure(lang):
    entries = read_texts(lang).entries
    names = {
        one.id: entries.get(f"short.{one.id}", one.label_sv if lang == "sv" else one.label_en)
        for one in all_outcomes().values()
        if one.headline
    }
    assert {name: text for name, text in names.items() if len(text) > 27} == {}


def test_the_code_asks_for_no_text_that_is_missing(pytestconfig):
    sources = sorted((pytestconfig.rootpath / "sim" / "report").rglob("*.py"))
    page = pytestconfig.rootpath / "sim" / "report" / "templates" / "report.html"
    asked = set()
    for path in [*sources, page]:
        asked |= set(re.findall(r'\btext\(\s*"([a-z_.]+)"', path.read_text(encoding="utf-8")))
    assert len(asked) > 60
    assert sorted(asked - set(_required("en"))) == []


def test_unknown_language_and_missing_text_say_so():
    with pytest.raises(ValueError, match="'de' is not a language"):
        read_texts("de")
    with pytest.raises(KeyError, match="no such text"):
        read_texts("en")("no such text")
