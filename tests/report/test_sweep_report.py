"""What a sweep is said to show, and its figures: sentences by hand, nothing overlaps, the same bytes."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from sweep_factory import sweep_read

from sim.report.figures import style, sweep_lines, sweep_map
from sim.report.sources import plain
from sim.report.sweep_page import draw_all, line_grid, map_grid, what_is_moved
from sim.report.sweep_results import AxisRead
from sim.report.sweep_sentences import about_panel, axis_value
from sim.report.words import words_for

OUTCOMES = ("unmet_need_days", "lead_time_days", "ed_visits_per_1000", "cost_sek")
LINE = [0.0, 1.0, 2.0, 3.0, 4.0]


def turning(outcome, x, y):
    """Better at first (fewer days), worse in the end."""
    return 10.0 * (x - 2.0)


def said(sweep, lang="en"):
    return plain(about_panel(sweep.panels[0], sweep, words_for(sweep.results, lang)))


def test_where_the_sign_turns_and_from_where_on_nothing_is_gained_is_said(full):
    sweep = sweep_read(full, OUTCOMES[:1], [LINE], turning, enough=(1.0, False, 0.5))
    text = said(sweep)
    assert "against “Today's care” clearly better from 0 to 1 (−20.0 [−22.0; −18.0] at most)" in text
    assert "not clear at 2; clearly worse from 3 to 4 (+20.0" in text
    assert "The difference at 4 is clearly worse than at 0 (by +40.0" in text
    assert (
        "From 1 on nothing more is gained: no higher value is clearly better (best change after it: "
        "+0.50 [−0.50; +1.50], interval for all of them together)" in text
    )
    assert "Från 1 vinner man inget mer" in said(sweep, "sv")


@pytest.mark.parametrize(
    ("enough", "sentence"),
    [
        ((4.0, True, np.nan), "It still gains at the end: 4 is clearly better than the values before it."),
        ((0.0, False, 0.5), "No value is clearly better than the lowest, 0"),
    ],
)
def test_the_first_and_the_last_value_have_sentences_of_their_own(full, enough, sentence):
    assert sentence in said(sweep_read(full, OUTCOMES[:1], [LINE], turning, enough=enough))


def test_the_ends_are_not_called_clear_where_the_stricter_test_does_not(full):
    falling = {"enough": (0.0, False, -40.0)}
    text = said(sweep_read(full, OUTCOMES[:1], [LINE], lambda outcome, x, y: -10.0 * x, **falling))
    assert "Looked at alone, the difference at 4 is better than at 0 (by −40.0" in text
    assert "among so many values that is not clear" in text and "clearly better than at 0" not in text
    assert "No value is clearly better than the lowest, 0" in text


def test_with_one_replication_nothing_is_said(full):
    sweep = sweep_read(full, OUTCOMES[:1], [LINE], turning, n=1)
    assert said(sweep).endswith("one replication, nothing can be said.")


def test_a_map_is_summed_up_with_its_best_and_least_good_point(full):
    sweep = sweep_read(full, ("unmet_need_days",), [[1.0, 2.0], [0.5, 1.0]], lambda outcome, x, y: 10.0 * (x - 3 * y))
    text = said(sweep)
    # x - 3 y at the four points: -0.5, -2, 0.5, -1; intervals of 2 either side of ten times that.
    assert "of 4 points 3 are clearly better than “Today's care”, 1 clearly worse, 0 not clear" in text
    assert "Best: −20.0 [−22.0; −18.0] at contact persons 1, staff 1." in text
    assert "Least good: +5.00 [+3.00; +7.00] at contact persons 2, staff 0.5." in text
    assert "the sign turns inside the map" in text


def test_tables_and_sentences_hold_the_same_numbers(full):
    words = words_for(full, "en")
    sweep = sweep_read(full, OUTCOMES[:2], [LINE], turning, enough=(1.0, False, 0.5))
    grid = line_grid(sweep, words)
    assert [row.heading for row in grid.rows] == ["0", "1", "2", "3", "4"] and len(grid.head) == 3
    assert grid.rows[0].cells[0].text == "▲ −20.0 [−22.0; −18.0]" and grid.rows[0].cells[0].verdict == "better"
    assert grid.rows[4].cells[0].small == "level 120"
    two = sweep_read(full, OUTCOMES[:1], [[1.0, 2.0], [0.5, 1.0, 2.0]], lambda outcome, x, y: 100 * x + y)
    cells = [[cell.text for cell in row.cells] for row in map_grid(two.panels[0], two, words).rows]
    assert [row[0].split()[1] for row in cells] == ["+100", "+101", "+102"]
    assert cells[0][1].split()[1] == "+200"
    # The same order as in the picture: the second axis upwards, the first one across.
    assert two.grid(two.panels[0], "mean").tolist() == [[100.5, 200.5], [101.0, 201.0], [102.0, 202.0]]
    assert any("gap.loss_scale" in one for one in what_is_moved(sweep, words))
    assert any("gap.chase_minutes 15" in one for one in what_is_moved(sweep, words))


@pytest.mark.parametrize(("value", "text"), [(0.001, "0.001"), (2.5, "2.5"), (36500.0, "36,500"), (-0.125, "−0.125")])
def test_values_of_an_axis_are_written_in_full(full, value, text):
    axis = AxisRead(id="a", title={"en": "a"}, unit={"en": ""}, values=(value,), labels=())
    assert axis_value(axis, value, words_for(full, "en")) == text


GROUPS = (("all", "all"), ("complex_needs", "yes"))
MANY = [round(0.1 * step, 1) for step in range(1, 13)]


def _sweep(full, name):
    if name == "map":
        sizes = {"ed_visits_per_1000": 3000.0}
        return sweep_read(
            full,
            OUTCOMES[:3],
            [LINE, [0.5, 0.75, 1.0, 1.25]],
            lambda o, x, y: sizes.get(o, 10) * (x - y),
            groups=GROUPS,
        )
    if name == "wide":
        return sweep_read(full, OUTCOMES, [MANY, MANY], lambda o, x, y: 100 * (x - y))
    if name == "years":
        return sweep_read(
            full, OUTCOMES, [[2020.0, 2035.0, 2050.0]], lambda o, x, y: x - 2030, labels=["2020", "2035", "2050"]
        )
    if name == "factors":
        return sweep_read(full, OUTCOMES[:3], [[0.001, 0.01, 0.02, 0.04]], lambda o, x, y: 500 * x, groups=GROUPS)
    return sweep_read(full, OUTCOMES, [MANY], lambda o, x, y: 100 * (x - 0.5), groups=GROUPS)


def _texts(figure):
    yield figure._suptitle
    for legend in figure.legends:
        yield from legend.get_texts()
    for axes in (axes for axes in figure.axes if axes.get_visible()):
        yield from (axes.title, *axes.texts)
        for axis in (axes.xaxis, axes.yaxis):
            low, high = sorted(axis.get_view_interval())
            yield axis.label
            for tick in axis.get_major_ticks():
                if low - 1e-9 <= tick.get_loc() <= high + 1e-9:
                    yield from (tick.label1, tick.label2)


@pytest.mark.parametrize("lang", ["en", "sv"])
@pytest.mark.parametrize("name", ["line", "years", "factors", "map", "wide"])
def test_no_text_overlaps_another_or_leaves_the_page(full, name, lang):
    for drawn in draw_all(_sweep(full, name), words_for(full, lang)).values():
        figure = drawn.figure
        assert drawn.title and any(letter.isdigit() for letter in drawn.alt)
        with style.house_style():
            figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        shown = [text for text in _texts(figure) if text.get_visible() and text.get_text().strip()]
        seen = [(text.get_text(), text.get_fontsize(), text.get_window_extent(renderer)) for text in shown]
        assert len(seen) > 20
        for text, points, box in seen:
            assert points >= 9.0 and box.x0 >= -1 and box.x1 <= figure.bbox.x1 + 1, text
            assert box.y0 >= -1 and box.y1 <= figure.bbox.y1 + 1, text
        clashes = [
            (a, b) for (a, _, one), (b, _, two) in combinations(seen, 2)
            if min(one.x1, two.x1) - max(one.x0, two.x0) > 1.0 and min(one.y1, two.y1) - max(one.y0, two.y0) > 1.0
        ]  # fmt: skip
        assert clashes == []


def test_the_line_of_no_difference_lies_where_the_sign_turns_and_unclear_cells_are_hatched(full):
    sweep = sweep_read(full, ("unmet_need_days",), [[0.0, 1.0, 2.0], [0.0, 1.0]], lambda o, x, y: 10.0 * (x - 0.9))
    figure = sweep_map.draw(sweep, words_for(full, "en")).figure
    axes = figure.axes[0]
    (line,) = [one for one in axes.collections if hasattr(one, "levels")]
    (path,) = line.get_paths()
    assert np.allclose(path.vertices[:, 0], 0.9)
    hatched = {patch.get_xy() for patch in axes.patches if patch.get_hatch()}
    # At x = 1 the difference is 1, less than half the width of its interval.
    assert hatched == {(0.5, -0.5), (0.5, 0.5)}


def test_a_small_value_is_written_as_zero_only_where_a_figure_more_finds_no_room(full):
    words = words_for(full, "en")
    values = np.array([[0.004, 0.017], [0.031, 0.109]])
    assert sweep_map.cell_texts(values, True, words) == {
        (0, 0): "+0.004", (0, 1): "+0.017", (1, 0): "+0.031", (1, 1): "+0.109"
    }  # fmt: skip
    assert sweep_map.cell_texts(np.tile(values, 2), True, words)[0, 0] == "0.00"
    assert sweep_map.cell_texts(np.tile(values, 3), True, words) == {}
    assert sweep_map.cell_texts(np.array([[3.0, 41.0]]), True, words) == {(0, 0): "+3", (0, 1): "+41"}


def test_better_is_green_whichever_way_better_is(full):
    def colour(outcome):
        sweep = sweep_read(full, (outcome,), [[0.0, 1.0], [0.0, 1.0]], lambda o, x, y: 10.0)
        axes = sweep_map.draw(sweep, words_for(full, "en")).figure.axes[0]
        mesh = axes.collections[0]
        return tuple(round(float(part), 2) for part in mesh.to_rgba(10.0)[:3])

    assert colour("qalys") == (0.0, 0.62, 0.45) and colour("unmet_need_days") == (0.84, 0.37, 0.0)


def test_same_tables_give_the_same_bytes(full):
    words = words_for(full, "en")
    for draw, name in ((sweep_lines.draw_difference, "factors"), (sweep_map.draw, "map")):
        sweep = _sweep(full, name)
        assert style.to_svg(draw(sweep, words).figure) == style.to_svg(draw(sweep, words).figure)
