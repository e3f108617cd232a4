from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from matplotlib.text import Text

from sim.report.build import FIGURES
from sim.report.figures import overview, style
from sim.report.figures.sensitivity_rows import row_label
from sim.report.figures.style import Drawn
from sim.report.words import words_for

CASES = [(name, lang) for name in FIGURES for lang in ("en", "sv")]


@pytest.fixture(scope="module")
def drawn(full):
    cache: dict[tuple[str, str], Drawn] = {}

    def get(name, lang):
        if (name, lang) not in cache:
            found = FIGURES[name](words_for(full, lang))
            with style.house_style():
                found.figure.canvas.draw()
            cache[name, lang] = found
        return cache[name, lang]

    return get


def _panels(figure):
    return [axes for axes in figure.axes if axes.get_visible()]


def _shown(labels):
    return [label for label in labels if label.get_visible() and label.get_text().strip()]


def _overlap(one, other):
    return min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5 and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_labels_titles_and_sizes(drawn, name, lang):
    found = drawn(name, lang)
    assert found.title and any(letter.isdigit() for letter in found.alt)
    for axes in _panels(found.figure):
        assert axes.get_xlabel().strip()
        assert axes.get_ylabel().strip() or all(not label.get_text().isdigit() for label in axes.get_yticklabels())
    for text in found.figure.findobj(Text):
        assert not text.get_text() or text.get_fontsize() >= 9.0
    assert found.figure.get_figwidth() == style.WIDTH_INCHES
    assert found.figure.get_figheight() <= 10.2


def _texts(figure):
    texts = [figure._suptitle, *figure.legends[0].get_texts(), figure.legends[0].get_title()]
    for axes in _panels(figure):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = [tick for tick in axis.get_major_ticks() if low - 1e-9 <= tick.get_loc() <= high + 1e-9]
            texts += [*(tick.label1 for tick in ticks), axis.label]
        texts += [axes.title, *axes.texts]
    return _shown(texts)


def _assert_no_clash(figure):
    renderer = figure.canvas.get_renderer()
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in _texts(figure)]
    assert len(boxes) > 5
    for text, box in boxes:
        assert box.x0 >= figure.bbox.x0 - 1 and box.x1 <= figure.bbox.x1 + 1, text
        assert box.y0 >= figure.bbox.y0 - 1 and box.y1 <= figure.bbox.y1 + 1, text
    clashes = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if _overlap(one, other)]
    assert clashes == []


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_text_overlaps_another_or_leaves_the_page(drawn, name, lang):
    _assert_no_clash(drawn(name, lang).figure)


LONG = (
    "Dagens splittrade vård och omsorg",
    "Multiprofessionellt team med mobil akutinsats",
    "Sammanhållen journalföring",
    "Fast vårdkontakt som samordnar",
    "Gemensam finansiering",
    "Alla fyra tillsammans",
)


@pytest.mark.parametrize("name", FIGURES)
def test_long_names_of_scenarios_do_not_overlap(full, name):
    titles = {scenario: {"sv": title} for scenario, title in zip(full.scenarios, LONG, strict=True)}
    words = words_for(replace(full, facts=replace(full.facts, scenarios=titles)), "sv")
    figure = FIGURES[name](words).figure
    with style.house_style():
        figure.canvas.draw()
    _assert_no_clash(figure)


def test_overview_puts_better_to_the_right_whatever_the_good_direction(full):
    fewer, more = (
        full.difference("all_four", "unmet_need_days"),
        full.difference("all_four", "usual_provider_gp"),
    )
    assert fewer.mean < 0 < more.mean
    assert overview._gain(fewer, fewer.mean) > 0 and overview._gain(more, more.mean) > 0
    assert overview.squeeze(-25.0) == -5.0


def _luminance(paint):
    parts = [int(paint[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_two_scenarios_share_colour_marker_or_line():
    places = range(len(style.OKABE_ITO))
    assert len({style.marker(place) for place in places}) == len(places)
    assert len({style.colour(place) for place in places}) == len(places)
    assert len({style.line(place) for place in places}) == len(places)


def test_kinds_of_work_next_to_each_other_differ_in_grey_or_hatch():
    from sim.report.figures.staff_time import _PAINTS

    for (one, hatch), (other, next_hatch) in pairwise(_PAINTS.values()):
        assert hatch != next_hatch or abs(_luminance(one) - _luminance(other)) > 0.15


def test_labels_break_at_spaces_and_inside_words_that_are_too_long():
    assert style.wrap("Team", 12) == "Team"
    assert style.wrap("Sammanhållen journalföring", 12) == "Sammanhållen\njournal-\nföring"
    assert style.wrap("per 1\u202f000 personår", 6) == "per\n1\u202f000\npers-\nonår"


def test_names_of_parameters_are_broken_where_a_reader_would() -> None:
    assert row_label("needs.base_rate_per_year[acute_symptom]") == "needs.base_rate_per_year\n[acute_symptom]"
    assert row_label("needs.chronic_factor*") == "needs.chronic_factor*"
    long = "means.patient_coordinator.minutes_per_patient_week"
    assert row_label(long) == "means.patient_coordinator.\nminutes_per_patient_week"
    assert row_label(f"{long}[nurse]") == "means.patient_coordinator.\nminutes_per_patient_week\n[nurse]"
