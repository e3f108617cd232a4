from itertools import combinations, pairwise

import pytest
from matplotlib.text import Text

from sim.report.build import FIGURES
from sim.report.figures import overview, style
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
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > 0.5
        and min(one.y1, other.y1) - max(one.y0, other.y0) > 0.5
    )


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


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_text_overlaps_another_or_leaves_the_page(drawn, name, lang):
    figure = drawn(name, lang).figure
    renderer = figure.canvas.get_renderer()
    texts = []
    for axes in _panels(figure):
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            ticks = [tick for tick in axis.get_major_ticks() if low - 1e-9 <= tick.get_loc() <= high + 1e-9]
            texts += [tick.label1 for tick in ticks]
            texts.append(axis.label)
        texts += [axes.title, *axes.texts]
    texts += [figure._suptitle, *figure.legends[0].get_texts(), figure.legends[0].get_title()]
    boxes = [(text.get_text(), text.get_window_extent(renderer)) for text in _shown(texts)]
    boxes = [(text, box) for text, box in boxes if box.width > 0]
    page = figure.bbox
    assert len(boxes) > 5
    for text, box in boxes:
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, text
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, text
    clashes = [(a, b) for (a, one), (b, other) in combinations(boxes, 2) if _overlap(one, other)]
    assert clashes == []


def test_overview_puts_better_to_the_right_whatever_the_good_direction(full):
    fewer, more = full.difference("all_four", "unmet_need_days"), full.difference("all_four", "usual_provider_gp")
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
