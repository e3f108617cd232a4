"""Draw what each means changes on average, and what pairs change beyond that, with intervals."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from sim.report.factorial_results import Factorial
from sim.report.figures import style
from sim.report.figures.panels import frame, marked, one_line, panel_grid, strength, verdict_marks
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of, written
from sim.report.tables import Row
from sim.report.verdict import Verdict
from sim.report.words import Words

_COLUMNS = 3
MOST_MEANS, MOST_PAIRS = 10, 10
_LABEL_LETTERS = 28
_FEW, _PAIRS_OF_MANY = 6, 5
"""Up to this many means names may take several lines; of more only few pairs find room."""


def draw(found: Factorial, words: Words) -> Drawn:
    """Draw a panel per outcome: main effects above, pairs below, by the numbers of their means."""
    shown = strongest_means(found)
    pairs = _strongest_pairs(found, shown)
    names, both = _names(found, shown, pairs, words)
    start = len(names) + 0.6
    rows = {float(place): name for place, name in enumerate(names)}
    rows |= {start + place: name for place, name in enumerate(both)}
    with style.house_style():
        bands = -(-len(found.outcomes) // _COLUMNS)
        each = max(0.2, *(0.11 + 0.16 * (name.count("\n") + 1) for name in names))
        height = each * (len(shown) + len(pairs) + 0.6) + 0.95
        figure = style.new_figure(min(1.3 + bands * height, 10.2))
        panels = panel_grid(figure, len(found.outcomes), min(_COLUMNS, len(found.outcomes)))
        present: set[Verdict] = set()
        for place, (axes, outcome) in enumerate(zip(panels, found.outcomes, strict=True)):
            effects, of_pairs = found.by_means("effects", outcome), found.by_pair(outcome)
            drawn = [effects[means] for means in shown] + [of_pairs[pair] for pair in pairs]
            present |= {_dot(axes, at, row) for at, row in zip(rows, drawn, strict=True)}
            if pairs:
                axes.axhline(start - 0.8, color=style.GREY, linewidth=0.6)
            frame(axes, words, outcome, str(drawn[0]["unit"]), rows, first=place % _COLUMNS == 0)
        title = words.text("figure.effects.title")
        style.set_title(figure, title)
        style.legend_below(figure, verdict_marks(words, present), title=_note(found, shown, pairs, words))
        return Drawn(figure=figure, title=title, alt=_alt(found, words))


def _names(
    found: Factorial, shown: Sequence[str], pairs: Sequence[tuple[str, str]], words: Words
) -> tuple[list[str], list[str]]:
    """Return the names of means, numbered as in the design, and of pairs by those numbers."""
    numbers = {means: number for number, means in enumerate(found.titles, start=1)}
    names = row_names([f"{numbers[means]} {found.title(means, words.lang)}" for means in shown])
    mixed = {pair for pair, row in found.by_pair(found.outcomes[0]).items() if row["mixed_with"]}
    marks = ["*" if pair in mixed else "" for pair in pairs]
    both = [f"{numbers[a]} × {numbers[b]}{mark}" for (a, b), mark in zip(pairs, marks, strict=True)]
    return names, both


def row_names(names: Sequence[str]) -> list[str]:
    """Return names for rows: broken when there are few, shortened to one line when there are many."""
    if len(names) <= _FEW:
        return [style.wrap(name, _LABEL_LETTERS) for name in names]
    return [one_line(name, _LABEL_LETTERS) for name in names]


def _dot(axes: Axes, at: float, row: Row) -> Verdict:
    kind = verdict_of(row)
    marked(axes, float(row["mean"]), float(row["low"]), float(row["high"]), at, kind)
    return kind


def _note(found: Factorial, shown: Sequence[str], pairs: Sequence[tuple[str, str]], words: Words) -> str:
    note = words.text("figure.effects.legend")
    count = len(found.titles)
    if len(shown) < count or len(pairs) < count * (count - 1) // 2:
        note += " " + words.text("figure.effects.strongest", means=len(shown), pairs=len(pairs))
    if any(row["mixed_with"] for row in found.rows("interactions", found.outcomes[0])):
        note += " " + words.text("figure.effects.mixed")
    return style.wrap(note, 88)


def strongest_means(found: Factorial) -> list[str]:
    """Return the means in the order of the design; of very many only those furthest from zero in any outcome."""
    names = list(found.titles)
    if len(names) <= MOST_MEANS:
        return names
    table = found.effects.assign(strength=strength(*(found.effects[end].to_numpy() for end in ("mean", "low", "high"))))
    order = table.groupby("means")["strength"].max().sort_values(ascending=False, kind="stable")
    kept = set(order.index[:MOST_MEANS])
    return [name for name in names if name in kept]


def _strongest_pairs(found: Factorial, shown: list[str]) -> list[tuple[str, str]]:
    """Return the pairs of the shown means that lie furthest from zero in any outcome, in the order of the design.

    Of pairs that the design cannot tell apart one stands for all.
    """
    table = found.interactions
    table = table[table["first"].isin(shown) & table["second"].isin(shown)]
    if not len(table):
        return []
    ranked = table.assign(strength=strength(*(table[end].to_numpy() for end in ("mean", "low", "high"))))
    order = ranked.groupby(["first", "second"], sort=False)["strength"].max()
    mixed = {pair: str(row["mixed_with"]).split("; ") for pair, row in found.by_pair(found.outcomes[0]).items()}
    kept: set[tuple[str, str]] = set()
    told: set[str] = set()
    for first, second in order.sort_values(ascending=False, kind="stable").index:
        if f"{first} x {second}" not in told:
            kept.add((first, second))
            told.update(mixed[first, second])
    strongest = [pair for pair in order.sort_values(ascending=False, kind="stable").index if pair in kept]
    most = set(strongest[: MOST_PAIRS if len(shown) <= _FEW else _PAIRS_OF_MANY])
    return [(str(a), str(b)) for a, b in order.index if (a, b) in most]


def _alt(found: Factorial, words: Words) -> str:
    said = []
    for outcome in found.outcomes:
        rows = found.rows("effects", outcome)
        most = max(rows, key=lambda row: abs(float(row["mean"])))
        said.append(
            words.text(
                "figure.effects.alt",
                outcome=words.outcome(outcome),
                means=found.title(str(most["means"]), words.lang),
                effect=written(most, words),
            )
        )
    return " ".join(said)
