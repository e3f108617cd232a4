"""Draw what each means changes on average, and what pairs change beyond that, with intervals."""

from __future__ import annotations

from sim.report.factorial_results import Factorial
from sim.report.figures import style
from sim.report.figures.panels import frame, marked, panel_grid, strength, verdict_marks
from sim.report.figures.style import Drawn
from sim.report.interplay import verdict_of, written
from sim.report.words import Words

_COLUMNS = 3
MOST_MEANS, MOST_PAIRS = 12, 10
_LABEL_LETTERS = 28


def draw(found: Factorial, words: Words) -> Drawn:
    """Draw a panel per outcome: main effects above, pairs below, by the numbers of their means."""
    shown = strongest_means(found)
    numbers = {means: list(found.titles).index(means) + 1 for means in shown}
    pairs = _strongest_pairs(found, shown)
    names = [style.wrap(f"{numbers[means]} {found.title(means, words.lang)}", _LABEL_LETTERS) for means in shown]
    rows = {float(place): name for place, name in enumerate(names)}
    start = len(rows) + 0.6
    rows |= {start + place: f"{numbers[a]} × {numbers[b]}" for place, (a, b) in enumerate(pairs)}
    with style.house_style():
        bands = -(-len(found.outcomes) // _COLUMNS)
        each = max(0.2, *(0.11 + 0.16 * (name.count("\n") + 1) for name in names))
        height = each * (len(shown) + len(pairs) + 0.6) + 0.95
        figure = style.new_figure(min(1.3 + bands * height, 10.2))
        panels = panel_grid(figure, len(found.outcomes), min(_COLUMNS, len(found.outcomes)))
        present = set()
        for place, (axes, outcome) in enumerate(zip(panels, found.outcomes, strict=True)):
            effects = found.effects[found.effects["outcome"] == outcome].set_index("means")
            both = found.interactions[found.interactions["outcome"] == outcome].set_index(["first", "second"])
            drawn = [(row, effects.loc[means]) for row, means in zip(rows, shown, strict=False)]
            drawn += [(start + at, both.loc[pair]) for at, pair in enumerate(pairs)]
            for at, row in drawn:
                kind = verdict_of(row)
                present.add(kind)
                marked(axes, float(row["mean"]), float(row["low"]), float(row["high"]), at, kind)
            if pairs:
                axes.axhline(start - 0.8, color=style.GREY, linewidth=0.6)
            unit = str(effects["unit"].iloc[0])
            frame(axes, words, outcome, unit, rows, first=place % _COLUMNS == 0)
        title = words.text("figure.effects.title")
        style.set_title(figure, title)
        left_out = len(found.titles) - len(shown)
        note = words.text("figure.effects.legend") + (
            " " + words.text("figure.effects.strongest", means=len(shown), pairs=len(pairs)) if left_out else ""
        )
        style.legend_below(figure, verdict_marks(words, list(present)), title=style.wrap(note, 88))
        return Drawn(figure=figure, title=title, alt=_alt(found, words))


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
    """Return the pairs of the shown means that lie furthest from zero in any outcome, in the order of the design."""
    table = found.interactions
    table = table[table["first"].isin(shown) & table["second"].isin(shown)]
    if not len(table):
        return []
    ranked = table.assign(strength=strength(*(table[end].to_numpy() for end in ("mean", "low", "high"))))
    order = ranked.groupby(["first", "second"], sort=False)["strength"].max()
    kept = set(order.sort_values(ascending=False, kind="stable").index[:MOST_PAIRS])
    return [(str(a), str(b)) for a, b in order.index if (a, b) in kept]


def _alt(found: Factorial, words: Words) -> str:
    said = []
    for outcome in found.outcomes:
        rows = found.effects[found.effects["outcome"] == outcome].to_dict("records")
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
