"""Every page of every command, in both languages: valid HTML, reachable parts, nothing from outside, contrast."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import pytest
import wcag_contrast_ratio
from drawn_pages import DrawnPages
from page_examples import EXAMPLES, builders
from page_reader import read_page, words_of

from sim.report.cheers import read_items
from sim.report.figures import panels, style
from sim.report.html import SECTIONS, stylesheet
from sim.report.texts import LANGUAGES

NAMES = [name for examples in EXAMPLES.values() for name in examples]
LEAST_CONTRAST = 4.5
"""WCAG 2.2, 1.4.3, level AA."""


def test_every_page_has_an_example() -> None:
    missing = set(builders()) - set(EXAMPLES)
    assert not missing, f"no example of the pages of {sorted(missing)}: add one to tests/report/page_examples.py"


@pytest.fixture(params=[(name, lang) for name in NAMES for lang in LANGUAGES], ids="-".join)
def page(request: pytest.FixtureRequest, drawn_pages: DrawnPages) -> tuple[str, str]:
    name, lang = request.param
    return (drawn_pages.folder(lang) / name / "report.html").read_text(encoding="utf-8"), lang


def _texts(tree: Element, tag: str) -> list[str]:
    return [words_of(one).strip() for one in tree.iter(tag)]


def test_a_page_is_valid_and_its_parts_can_be_reached(page: tuple[str, str]) -> None:
    text, lang = page
    tree = read_page(text)
    assert tree.get("lang") == lang
    ids = [one.attrib["id"] for one in tree.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids))
    links = [one.attrib["href"] for one in tree.iter("a")]
    assert links and {link[:1] for link in links} == {"#"} and {link[1:] for link in links} <= set(ids)
    labels = {one.attrib["aria-labelledby"] for one in tree.iter() if "aria-labelledby" in one.attrib}
    assert labels <= set(ids)
    # The first thing a keyboard comes to leads past the contents; the parts are landmarks.
    body = tree.find("body")
    assert body is not None and [one.tag for one in body] == ["a", "header", "nav", "main", "footer"]
    assert body[0].get("href") == "#main"
    contents = [one.get("href", "")[1:] for one in body[2].iter("a")]
    assert contents == [one.attrib["id"] for one in tree.iter("h2")]


def test_headings_go_down_step_by_step_and_say_something(page: tuple[str, str]) -> None:
    tree = read_page(page[0])
    levels = [int(one.tag[1]) for one in tree.iter() if isinstance(one.tag, str) and re.fullmatch("h[1-6]", one.tag)]
    assert levels[0] == 1 and levels.count(1) == 1 and levels.count(2) >= 3
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(words_of(one).strip() for tag in ("h1", "h2", "h3") for one in tree.iter(tag))


def test_tables_have_captions_and_heads_and_figures_their_words(page: tuple[str, str]) -> None:
    tree = read_page(page[0])
    for table in tree.iter("table"):
        assert table[0].tag == "caption" and words_of(table[0]).strip()
        heads = list(table.iter("th"))
        assert {one.get("scope") for one in heads} <= {"col", "row", "rowgroup"} and len(heads) >= 2
        assert all(words_of(one).strip() for one in heads)
        width = len(list(next(table.iter("tr"))))
        for row in table.iter("tr"):
            assert sum(int(cell.get("colspan", "1")) for cell in row) <= width
    for figure in tree.iter("figure"):
        picture = next(figure.iter("img"))
        assert len(picture.attrib["alt"]) > 30 and re.search(r"\d", picture.attrib["alt"])
        assert int(picture.attrib["width"]) > 300 and words_of(next(figure.iter("figcaption"))).strip()
    # What can be moved sideways can be so with a keyboard, and says what it is.
    boxes = [one for one in tree.iter("div") if "wide" in one.get("class", "").split()]
    assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in boxes)
    assert len(boxes) == len(list(tree.iter("table"))) + len(list(tree.iter("figure")))


def test_a_page_needs_nothing_from_outside_and_runs_nothing(page: tuple[str, str]) -> None:
    text = page[0]
    tree = read_page(text)
    assert not {"script", "link", "iframe", "object", "embed", "form", "video"} & {one.tag for one in tree.iter()}
    assert not [name for one in tree.iter() for name in one.attrib if name.startswith("on")]
    assert all(one.attrib["src"].startswith("data:image/svg+xml;base64,") for one in tree.iter("img"))
    assert "url(" not in text and "@import" not in text and "\ue000" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_says_where_it_holds_each_of_the_28_items_of_cheers(drawn_pages: DrawnPages, lang: str) -> None:
    items = read_items()
    assert [one["number"] for one in items] == list(range(1, 29))
    assert {one["section"] for one in items} <= {*SECTIONS, ""}
    tree = read_page((drawn_pages.folder(lang) / "comparison" / "report.html").read_text(encoding="utf-8"))
    table = next(one for one in tree.iter("table") if one.get("class") == "cheers")
    rows = list(table.iter("tr"))[1:]
    assert len(rows) == 28
    for row, item in zip(rows, items, strict=True):
        title, how = item[lang]["title"], item[lang]["how"]
        assert (words_of(row[1]), words_of(row[3])) == (title, how) and len(how) > 20
        links = [one.attrib["href"] for one in row.iter("a")]
        assert links == ([f"#{item['section']}"] if item["section"] else [])


def _colours(css: str, name: str) -> set[str]:
    return set(re.findall(rf"(?<![-\w]){name}: (#[0-9a-f]{{3,6}})", css))


def _parts(colour: str) -> tuple[float, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))


def contrast(one: str, other: str) -> float:
    return float(wcag_contrast_ratio.rgb(_parts(one), _parts(other)))


def test_every_colour_of_text_can_be_read_on_every_ground() -> None:
    css = str(stylesheet())
    texts, grounds = _colours(css, "color"), _colours(css, "background")
    assert len(texts) >= 6 and len(grounds) >= 3
    low = {(one, other): contrast(one, other) for one in texts for other in grounds}
    assert {pair: ratio for pair, ratio in low.items() if ratio < LEAST_CONTRAST} == {}


def test_marks_that_carry_a_verdict_stand_out_from_the_page() -> None:
    # WCAG 1.4.11: parts of a figure that are needed to understand it, at least 3 to 1.
    colours = {paint for paint, _, _ in panels.MARKS.values()} | {style.BLACK, style.GREY}
    assert {one: contrast(one, "#ffffff") for one in colours if contrast(one, "#ffffff") < 3.0} == {}
