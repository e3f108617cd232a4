"""Sources of numbers travel through sentences, into the page and out of the terminal."""

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sim.report.sources import Source, as_html, plain, sourced

ROW = Source(table="differences.csv", row={"scenario": "team", "group": "80+"}, numbers=("mean", "low/abs(mean)"))


def test_a_source_names_file_row_and_numbers() -> None:
    assert str(ROW) == "differences.csv?scenario=team&group=80%2B#mean,low/abs(mean)"
    assert str(Source(table="manifest.json", numbers=("years",))) == "manifest.json#years"


def test_a_sentence_carries_its_sources_to_the_page_and_not_to_the_terminal() -> None:
    sentence = "Cost {cost}, & no <more>.".format(cost=sourced("−3 [−4; −2]", ROW))
    assert plain(sentence) == "Cost −3 [−4; −2], & no <more>."
    assert as_html(sentence) == Markup(
        'Cost <data data-from="differences.csv?scenario=team&amp;group=80%2B#mean,low/abs(mean)">−3 [−4; −2]</data>, '
        "&amp; no &lt;more&gt;."
    )


def test_what_has_no_source_stays_as_it_is() -> None:
    assert sourced("3", None) == "3"
    for value in ("plain <b>", 3, None, Markup("<b>ready</b>")):
        assert as_html(value) is value


@given(st.lists(st.tuples(st.text("ab<&\"'", max_size=5), st.text("0123−;% ", min_size=1, max_size=5)), max_size=4))
def test_any_sentence_comes_out_of_the_terminal_as_it_went_in(pieces: list[tuple[str, str]]) -> None:
    sentence = "".join(before + sourced(number, ROW) for before, number in pieces)
    assert plain(sentence) == "".join(before + number for before, number in pieces)
    assert str(as_html(sentence)).count("<data ") == len(pieces)
