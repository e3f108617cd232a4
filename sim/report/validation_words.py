"""Say in words how many published figures the model meets, which it misses, and why that may be."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.figures.beside import both
from sim.report.validation_results import Beside, Validation
from sim.report.words import Words

COUNTED = ("fit", "held_out", "plausibility", "association", "assumption")


def counts(found: Validation, words: Words) -> list[str]:
    """Return a sentence for each group of figures: inside x of y (per cent)."""
    said = []
    for group in COUNTED:
        rows = [row for row in found.rows if row.counted_as == group and row.inside is not None]
        if rows:
            said.append(words.text(f"validation.count.{group}", **_share(rows, words)))
    return said


def _share(rows: Sequence[Beside], words: Words) -> dict[str, object]:
    inside = sum(bool(row.inside) for row in rows)
    return {"met": inside, "held": len(rows), "share": words.number.percent(inside / len(rows))}


def how_intervals_are_made(found: Validation, words: Words) -> str:
    """Return what the simulated intervals hold: chance only, or a fitted ensemble's parameters too."""
    facts = found.results.facts
    said = [
        words.text("validation.fitted", sets=facts.ensemble.get("sets") or facts.fit.get("used"))
        if found.is_fitted
        else words.text("validation.not_fitted")
    ]
    if facts.sample_share is not None and facts.sample_share < 1.0:
        said.append(words.text("validation.sample", share=words.number.percent(facts.sample_share)))
    return " ".join(said)


def why_missed(row: Beside, words: Words) -> str:
    """Return the likely reason for a miss, as judged in the data, and whether chance could do it too."""
    said = []
    if row.overlaps:
        said.append(words.text("validation.chance"))
    if row.reason:
        said.append(f"{words.text(f'reason.{row.reason_kind}')}: {row.reason}")
    elif not said:
        said.append(words.text("validation.no_reason"))
    return " ".join(said)


def where(row: Beside, words: Words) -> str:
    """Return the verdict on a figure in a word."""
    if row.inside is None:
        return words.text("published.not_simulated")
    if row.inside:
        return words.text("published.within")
    return words.text("published.below" if row.simulated < row.low else "published.above")


def misses(found: Validation, words: Words) -> list[str]:
    """Return a sentence on each figure that is missed, with its likely reason."""
    return [
        words.text(
            "validation.miss",
            what=row.called(words),
            where=where(row, words),
            both=both(row, words),
            counted=words.text.name("counted", row.counted_as),
            why=why_missed(row, words),
        )
        for row in found.missed
    ]
