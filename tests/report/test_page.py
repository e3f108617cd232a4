import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from report_factory import PRINCIPALS

from sim.report.build import FIGURES
from sim.report.grids import group_grid
from sim.report.headline import AIMS, headline
from sim.report.results import read_results
from sim.report.words import words_for

VOID = {"meta", "img", "br", "hr", "link"}


class Page(HTMLParser):
    """Read a page into headings, images and tables of rows of cell texts; complain about unclosed tags."""

    def __init__(self, text):
        super().__init__()
        self.open, self.headings, self.images, self.tables, self.attributes = [], [], [], [], []
        self.captions, self.heads = 0, []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.attributes.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            self.images.append(dict(attrs))
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("th", "td"):
            self.tables[-1][-1].append(["", ""])
        if tag == "caption":
            self.captions += 1

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if {"td", "th"} & set(self.open[-2:]):
            self.tables[-1][-1][-1]["small" in self.open] += data


@pytest.fixture(params=["en", "sv"], scope="module")
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def page(pages, lang):
    return Page(pages[lang])


def _numbers(text, lang):
    plain = text.replace("\u2212", "-").replace("+", "")
    plain = plain.replace("\u202f", "").replace(",", ".") if lang == "sv" else plain.replace(",", "")
    return [(float(found), len(found.partition(".")[2])) for found in re.findall(r"-?\d+(?:\.\d+)?", plain)]


def _same(written, value):
    number, places = written
    return number == pytest.approx(value, abs=0.501 * 10.0**-places)


def test_every_number_of_the_triple_aim_table_is_that_of_the_csv(page, pages, lang):
    words = words_for(read_results(Path(pages["folder"])), lang)
    results = words.results
    outcomes = [outcome for aim in AIMS for outcome in headline(aim, words)]
    rows = [row for row in page.tables[1][1:] if len(row) > 1]
    assert len(rows) == len(outcomes) >= 25
    for row, outcome in zip(rows, outcomes, strict=True):
        assert row[0][0].strip() == words.outcome(outcome)
        for scenario, (text, small) in zip(results.compared, row[2:], strict=True):
            difference = results.difference(scenario, outcome)
            assert _same(_numbers(row[1][0], lang)[0], difference.baseline_mean)
            mean, percent = _numbers(text, lang)
            assert _same(mean, difference.mean)
            assert _same(percent, 100.0 * difference.mean / difference.baseline_mean)
            low, high = _numbers(small, lang)
            assert _same(low, difference.low) and _same(high, difference.high)
            assert text.startswith(difference.verdict.symbol) and words.verdict(difference) in small


def test_groups_and_principals_have_their_tables(page):
    # Main outcomes, triple aim, need group, municipality, equity, payers, principal, four more on money and value,
    # published, and the items of CHEERS.
    assert len(page.tables) == 13
    principals = [row[0][0].strip() for row in page.tables[6]]
    assert "Region Värmland" in principals and "Årjäng" in principals


def test_page_stands_alone_and_runs_nothing(pages, lang):
    text = pages[lang]
    assert "<script" not in text and "http://" not in text and "https://" not in text
    assert not re.search(r'(src|href)="(?!data:|#)', text)
    assert "url(" not in text and "@import" not in text


def test_page_is_accessible(page, lang):
    attributes = page.attributes
    assert ("html", {"lang": lang}) in attributes
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.images) == len(FIGURES)
    assert all(image["alt"].strip() and any(map(str.isdigit, image["alt"])) for image in page.images)
    assert all(found.get("scope") for tag, found in attributes if tag == "th")
    assert page.captions == len(page.tables)


def test_text_colours_have_contrast(pages):
    style = re.search(r"<style>(.*?)</style>", pages["en"], re.S).group(1)
    colours = re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", style)
    assert len(colours) >= 5
    for colour in colours:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        assert 1.05 / (luminance + 0.05) >= 5.0, colour


def test_preventable_share_command_and_limits_are_there(pages, lang):
    text = pages[lang]
    assert text.count("49%" if lang == "en" else "49\u202f%") >= 2
    assert "mellanrum compare --replications 8" in text
    assert text.index("<h1>") < text.index('class="lead"') < text.index("<h2 ")


def test_user_text_is_escaped(tmp_path):
    import json

    from report_factory import SCENARIOS, write_folder

    from sim.report.html import render

    folder = write_folder(tmp_path, scenarios=SCENARIOS[:2], replications=2, distributions=False)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["scenarios"]["team"]["title"]["en"] = "<script>alert(1)</script>"
    (folder / "manifest.json").write_text(json.dumps(manifest))
    assert "<script" not in render(words_for(read_results(folder), "en"), {})


def test_principals_stand_in_the_order_of_the_place(full):
    rows = group_grid(("cost_sek",), "principal", words_for(full, "en")).rows
    assert [row.heading for row in rows[1:]] == [full.group_title(name, "en") for name in PRINCIPALS]
