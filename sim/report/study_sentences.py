"""Say in plain words what each study published, what it gives in the model, and what that is made of."""

from __future__ import annotations

import math

from sim.report.sources import Source, sourced
from sim.report.study_results import Figure, Studies
from sim.report.words import Words

PUBLISHED = ("published_low", "published_high")
"""Columns of the published range."""


def written(figure: Figure, value: float, words: Words, *, effect: bool = False) -> str:
    """Return a reported number for a reader: a change or share in per cent, or a difference with its unit.

    `effect` says that it is what the means does: of a level, how much more it is than without.
    """
    number = words.number
    if not math.isfinite(value):
        return number.plain(value)
    if figure.estimator == "difference":
        return f"{number.signed(value, 1)} {words.text.unit('days')}"
    if figure.estimator == "share":
        if effect and figure.design != "survey":
            return words.text("study.points", points=number.signed(100.0 * value, 0))
        return number.percent(value)
    return number.percent(value if figure.estimator == "relative_change" else value - 1.0, signed=True)


def span(figure: Figure, low: float, high: float, words: Words) -> str:
    """Return a range of reported numbers."""
    return words.text("study.span", low=written(figure, low, words), high=written(figure, high, words))


def sentence(figure: Figure, words: Words) -> str:
    """Say what was published, what the same design gives here, what the means does, and what the rest is made of."""
    outcome = outcome_name(figure, words)
    published = sourced(span(figure, *figure.published[1:], words), figure.reported(*PUBLISHED))
    if not figure.told:
        return words.text("study.untold", outcome=outcome, published=published)
    said = words.text(
        "study.said" if figure.as_published else "study.said_other",
        outcome=outcome,
        published=published,
        design=words.text.name("design", figure.design),
        model=sourced(written(figure, figure.simulated[0], words), figure.reported("simulated")),
        interval=sourced(span(figure, *figure.simulated[1:], words), figure.reported("low", "high")),
        verdict=words.text("study.inside" if figure.inside else "study.outside"),
    )
    truth = sourced(written(figure, figure.truth[0], words, effect=True), truth_source(figure))
    said += " " + words.text(_about_truth(figure), truth=truth)
    parts = figure.worth_naming()
    if not parts:
        return said + " " + words.text("study.no_rest")
    named = [
        words.text(
            "study.part",
            part=words.text(f"part.{name}.{_kind(figure)}"),
            size=sourced(part_size(figure, part, words), part_source(figure, name)),
        )
        for name, part in parts.items()
    ]
    return said + " " + words.text("study.rest", parts="; ".join(named))


def outcome_name(figure: Figure, words: Words) -> str:
    """Return what a reader calls the outcome of a study, as a heading."""
    name = words.text.name("study_outcome", figure.outcome)
    return name[:1].upper() + name[1:]


def part_size(figure: Figure, part: float, words: Words) -> str:
    """Return a part of a figure as what it alone would show."""
    if figure.is_ratio:
        return words.number.percent(figure.as_change(part), signed=True)
    if figure.estimator == "share":
        return words.text("study.points", points=words.number.signed(100.0 * part, 0))
    return written(figure, part, words)


def truth_source(figure: Figure) -> Source | None:
    """Return where the number stands of what the means truly does; None where nothing could be told.

    Points are a hundred times a share.
    """
    if not math.isfinite(figure.truth[0]):
        return None
    if figure.estimator == "share" and figure.design != "survey":
        return figure.stands("100*true_effect")
    return figure.reported("true_effect")


def part_source(figure: Figure, name: str) -> Source:
    """Return where a part stands, as `part_size` shows it."""
    if figure.is_ratio:
        return figure.stands(f"expm1(part_{name})")
    return figure.stands(f"100*part_{name}" if figure.estimator == "share" else f"part_{name}")


def _about_truth(figure: Figure) -> str:
    if figure.design == "survey":
        return "study.truth_survey"
    return "study.truth_exposure" if figure.design == "cross_section" else "study.truth"


def _kind(figure: Figure) -> str:
    """Return whose words describe the parts of a design."""
    if figure.design in ("randomised", "randomised_before_consent"):
        return "trial"
    if figure.design in ("survey", "own_log", "interrupted_time_series"):
        return figure.design
    return "other"


def counted(studies: Studies, words: Words) -> str:
    """Say how many figures lie in the published range, of those whose study had this design."""
    told = [figure for figure in studies.figures if figure.inside is not None and figure.as_published]
    return words.text("study.counted", inside=sum(bool(figure.inside) for figure in told), told=len(told))
