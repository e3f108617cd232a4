"""Figures of designs and leagues: nothing overlaps, everything is told by shape and in words."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from interplay_factory import LONG, factorial, league

from sim.report.figures import effects, shapley, style
from sim.report.figures import league as league_figure
from sim.report.figures.panels import MARKS
from sim.report.words import words_for

FOUR = {"a": -6.0, "b": -2.0, "c": 1.0, "d": 0.0}
MANY = {f"m{number:02d}": -float(number % 5) for number in range(16)}


def _design(full, kind):
    if kind == "many":
        return factorial(full, MANY, resolution=4)
    return factorial(full, FOUR, {("a", "b"): 5.0})


def _league(full):
    titles = dict(zip(full.scenarios, (*LONG, *LONG), strict=False))
    facts = replace(full.facts, scenarios={name: {"en": title, "sv": title} for name, title in titles.items()})
    return league(replace(full, facts=facts))


def _figure(full, name, lang):
    if name == "league":
        found = _league(full)
        return league_figure.draw(found, words_for(found.results, lang))
    kind, _, figure = name.partition("-")
    draw = {"effects": effects.draw, "shapley": shapley.draw}[figure]
    return draw(_design(full, kind), words_for(full, lang))


def _texts(figure):
    yield from (figure._suptitle, *figure.legends[0].get_texts(), figure.legends[0].get_title())
    for axes in (axes for axes in figure.axes if axes.get_visible()):
        yield from (axes.title, *axes.texts)
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            yield axis.label
            for tick in axis.get_major_ticks():
                if low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    yield from (tick.label1, tick.label2)


def _seen(figure):
    with style.house_style():
        figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    shown = [text for text in _texts(figure) if text.get_visible() and text.get_text().strip()]
    return [(text, text.get_window_extent(renderer)) for text in shown]


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("name", ["four-effects", "four-shapley", "many-effects", "many-shapley", "league"])
def test_no_text_overlaps_another_or_leaves_the_page(full, name, lang):
    drawn = _figure(full, name, lang)
    assert drawn.title and any(letter.isdigit() for letter in drawn.alt)
    seen = _seen(drawn.figure)
    assert len(seen) > 20
    for text, box in seen:
        assert text.get_fontsize() >= 9.0
        assert box.x0 >= -1 and box.x1 <= drawn.figure.bbox.x1 + 1, text.get_text()
        assert box.y0 >= -1 and box.y1 <= drawn.figure.bbox.y1 + 1, text.get_text()
    real = [(text.get_text(), box) for text, box in seen]
    clashes = [
        (a, b)
        for (a, one), (b, other) in combinations(real, 2)
        if min(one.x1, other.x1) - max(one.x0, other.x0) > 1.0 and min(one.y1, other.y1) - max(one.y0, other.y0) > 1.0
    ]
    assert clashes == []


def test_same_tables_give_the_same_bytes(full):
    one, two = (style.to_svg(_figure(full, "four-effects", "en").figure) for _ in range(2))
    assert one == two


def test_of_very_many_means_the_strongest_are_shown_and_that_is_said(full):
    found = _design(full, "many")
    assert len(effects.strongest_means(found)) == effects.MOST_MEANS
    assert "m00" not in effects.strongest_means(found) and "m04" in effects.strongest_means(found)
    figure = effects.draw(found, words_for(full, "en")).figure
    assert "Shown are the 10 means and 5 pairs furthest from zero" in " ".join(
        figure.legends[0].get_title().get_text().split()
    )


def test_verdicts_and_cells_are_told_apart_without_colour():
    assert len({shape for _, shape, _ in MARKS.values()}) == len(MARKS)
    signs = [sign for sign, _ in league_figure._SIGNS.values()]
    assert len(set(signs)) == len(signs) == 4


def test_every_stated_cell_is_drawn(full):
    found = _league(full)
    figure = league_figure.draw(found, words_for(found.results, "en")).figure
    drawn = [text.get_text() for text in figure.axes[0].texts]
    wanted = [
        league_figure._SIGNS[value][0] for one in found.systems[1:] for value in found.cells(one).values() if value
    ]
    assert sorted(drawn) == sorted(wanted) and len(drawn) > 50
