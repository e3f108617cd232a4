"""Give every figure one look that survives grey print and colour blindness."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import matplotlib as mpl
import numpy.typing as npt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import Formatter, MaxNLocator

from sim.report.results import Difference
from sim.report.sources import plain

WIDTH_INCHES = 6.9
"""Printed width on A4 with 17 mm margins, so that 9 points on screen are 9 points on paper."""
FONT_POINTS = 9.0
TITLE_POINTS = 11.0
_ROW_LABEL_LETTERS = 24
_LETTER_INCHES, _LEGEND_MARK_INCHES = 0.078, 0.55

BLACK, GREY, LIGHT = "#000000", "#595959", "#D9D9D9"
BETTER, WORSE = "#009E73", "#D55E00"
OKABE_ITO = ("#595959", "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#000000", "#56B4E9", "#D55E00")
"""Okabe & Ito (2008) colours, ordered so that neighbours differ in grey; the first is for the baseline."""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
LineStyle = Literal["-", "--", "-.", ":"] | tuple[float, tuple[int, ...]]
LINES: tuple[LineStyle, ...] = (
    "-",
    "--",
    "-.",
    ":",
    (0.0, (5, 1, 1, 1, 1, 1)),
    (0.0, (8, 2)),
    (0.0, (1, 1)),
    (0.0, (3, 3)),
)

SETTINGS = {
    "font.family": "DejaVu Sans",
    "font.size": FONT_POINTS,
    "axes.titlesize": FONT_POINTS,
    "axes.labelsize": FONT_POINTS,
    "xtick.labelsize": FONT_POINTS,
    "ytick.labelsize": FONT_POINTS,
    "legend.fontsize": FONT_POINTS,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.axisbelow": True,
    "axes.grid": False,
    "grid.color": LIGHT,
    "grid.linewidth": 0.6,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "svg.hashsalt": "mellanrum",
    "svg.fonttype": "path",
    "path.simplify": False,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A finished figure, what is seen in one sentence, and its main numbers in words."""

    figure: Figure
    title: str
    alt: str

    def __post_init__(self) -> None:
        """Take out where its numbers stand: an alternative text is read aloud."""
        object.__setattr__(self, "alt", plain(self.alt))


@contextmanager
def house_style() -> Iterator[None]:
    """Apply the look to everything drawn and saved inside, untouched by the user's own settings."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)  # type: ignore[arg-type]  # stubs list every key as a literal
        yield


def new_figure(height_inches: float) -> Figure:
    """Return an empty figure of the page's width that never touches a display."""
    figure = Figure(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def set_title(figure: Figure, title: str) -> None:
    """Write the figure's sentence above everything, broken to the width."""
    figure.suptitle(textwrap.fill(title, 70), x=0.01, ha="left", fontsize=TITLE_POINTS, fontweight="bold")


def legend_below(figure: Figure, handles: Sequence[Artist], *, columns: int = 3, title: str | None = None) -> None:
    """Put one legend for all panels under them, never over data; long names take fewer columns."""
    legend = figure.legend(
        handles=list(handles),
        loc="outside lower left",
        ncols=_legend_columns([str(handle.get_label()) for handle in handles], columns),
        title=title,
        alignment="left",
        handletextpad=0.5,
        columnspacing=1.4,
        borderaxespad=0.2,
    )
    legend.get_title().set_fontsize(FONT_POINTS)


def _legend_columns(names: Sequence[str], most: int) -> int:
    """Return the largest number of columns, filled one after the other, that fits the width."""
    for columns in range(min(most, len(names)), 1, -1):
        rows = -(-len(names) // columns)
        widest = [max(map(len, names[first : first + rows])) for first in range(0, len(names), rows)]
        if sum(_LEGEND_MARK_INCHES + _LETTER_INCHES * letters for letters in widest) <= WIDTH_INCHES:
            return columns
    return 1


def wrap(label: str, width: int) -> str:
    """Break a label into lines of at most `width` letters, with a hyphen inside words that are longer."""
    words: list[str] = []
    for word in label.split(" "):
        while len(word) > width:
            # Halves rather than a full line and a stump: no stray three letters.
            cut = min(width - 1, (len(word) + 1) // 2)
            words.append(word[:cut] + "-")
            word = word[cut:]
        words.append(word)
    return textwrap.fill(" ".join(words), width, break_long_words=False, break_on_hyphens=False)


def row_labels(names: Sequence[str]) -> list[str]:
    """Return names broken to stand beside a row."""
    return [wrap(name, _ROW_LABEL_LETTERS) for name in names]


def row_inches(names: Sequence[str]) -> float:
    """Return the height of a row that the longest of the broken names fits into."""
    return 0.11 + 0.16 * max(label.count("\n") + 1 for label in row_labels(names))


def colour(position: int) -> str:
    """Return the colour of the scenario or kind at `position`."""
    return OKABE_ITO[position % len(OKABE_ITO)]


def marker(position: int) -> str:
    """Return the marker of the scenario or kind at `position`."""
    return MARKERS[position % len(MARKERS)]


def line(position: int) -> LineStyle:
    """Return the line style of the scenario at `position`; the baseline's is solid."""
    return LINES[position % len(LINES)]


def scenario_marks(names: Sequence[str], *, first: int = 1) -> list[Line2D]:
    """Return legend entries for scenarios drawn with `colour` and `marker`, counted from `first`."""
    return [
        Line2D([], [], color=colour(place), marker=marker(place), markersize=5, linewidth=1.5, label=name)
        for place, name in enumerate(names, start=first)
    ]


def dot_with_interval(axes: Axes, difference: Difference, scale: float, at: float, place: int) -> None:
    """Draw a difference times `scale` at height `at`, with its interval when it has one."""
    paint = colour(place)
    if difference.has_interval:
        ends = sorted((difference.low * scale, difference.high * scale))
        axes.plot(ends, [at, at], color=paint, linewidth=1.5, solid_capstyle="butt", zorder=2)
    axes.plot([difference.mean * scale], [at], color=paint, marker=marker(place), markersize=5, zorder=3)


class NumberTicks(Formatter):
    """Write tick labels in the reader's language with no more decimals than the ticks need."""

    def __init__(self, write: Callable[[float, int], str]) -> None:
        self._write = write
        self._decimals = 0

    def set_locs(self, locs: Sequence[float] | npt.NDArray[Any]) -> None:
        """Choose the decimals from all ticks together."""
        enough = (places for places in range(6) if all(abs(at - round(at, places)) < 1e-9 for at in locs))
        self._decimals = next(enough, 6)

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the label of the tick at `x`."""
        return self._write(x, self._decimals)


def number_ticks(axis: Axis, write: Callable[[float, int], str], *, most: int = 5) -> None:
    """Give an axis at most `most` intervals between round ticks, written by `write`."""
    axis.set_major_locator(MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(NumberTicks(write))


def zero_line(axes: Axes, *, vertical: bool = True) -> None:
    """Mark where nothing differs from the baseline."""
    draw = axes.axvline if vertical else axes.axhline
    draw(0.0, color=GREY, linewidth=0.9, zorder=1)


def to_svg(figure: Figure) -> bytes:
    """Return the figure as SVG: the same figure gives the same bytes."""
    return _save(figure, "svg", {"Date": None, "Creator": None})


def to_png(figure: Figure) -> bytes:
    """Return the figure as PNG with 200 dots per inch: the same figure gives the same bytes."""
    return _save(figure, "png", {"Software": None})


def _save(figure: Figure, kind: str, metadata: dict[str, str | None]) -> bytes:
    stream = io.BytesIO()
    with house_style():
        figure.savefig(stream, format=kind, dpi=200, metadata=metadata)
    return stream.getvalue()
