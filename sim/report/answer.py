"""Answer the planner's question in three sentences, written from the differences and nothing else."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sim.analysis.judgement import judgement
from sim.report.headline import AIMS, headline
from sim.report.results import Difference
from sim.report.verdict import Verdict
from sim.report.words import Words, write_difference

_NAMED = 4
_NOT_TOLD = {Verdict.UNCLEAR, Verdict.UNCHANGED, Verdict.NEGLIGIBLE}
_CLEAR = {Verdict.BETTER, Verdict.WORSE, Verdict.CHANGED}


def answer(words: Words) -> list[str]:
    """Return what is clearly better, what is clearly worse, and what cannot be told."""
    if not words.results.compared:
        return [words.text("sure.nothing_compared")]
    found = [
        difference
        for aim in AIMS
        for outcome in headline(aim, words)
        for scenario in words.results.compared
        if (difference := words.results.difference(scenario, outcome))
    ]
    if words.results.replications < 2:
        return [
            words.text("answer.one_replication"),
            _largest_untested(found, words),
            words.text("answer.run_more"),
        ]
    return [
        _clear(found, Verdict.BETTER, words),
        _clear(found, Verdict.WORSE, words),
        _cannot_be_told(found, words),
    ]


def _size(difference: Difference) -> float:
    relative = difference.relative(difference.mean)
    return abs(relative) if math.isfinite(relative) else 0.0


def _named(difference: Difference, words: Words) -> str:
    """Name one difference in per cent of the level, or as it is when the level is zero."""
    written, percent = write_difference(difference, words), words.number.percent
    ends = [percent(difference.relative(end), signed=True) for end in (difference.low, difference.high)]
    in_percent = difference.baseline_mean != 0.0
    return words.text(
        "answer.one" if difference.has_interval else "answer.one_untested",
        outcome=_inside_a_sentence(words.outcome(difference.outcome)),
        scenario=words.scenario(difference.scenario),
        change=written.relative if in_percent else f"{written.mean} {written.unit}",
        interval=f"[{'; '.join(ends)}]" if in_percent else written.interval,
    )


def _clear(found: Sequence[Difference], verdict: Verdict, words: Words) -> str:
    """Return the largest clear change of each aim, largest in per cent first."""
    clear = [difference for difference in found if difference.verdict is verdict]
    if not clear:
        return words.text(f"answer.no_{verdict.value}")
    largest = []
    for aim in AIMS:
        of_aim = [difference for difference in clear if difference.aim == aim]
        if of_aim:
            largest.append(f"{words.text(f'aim.{aim}').lower()}: {_named(max(of_aim, key=_size), words)}")
    return words.text(f"answer.{verdict.value}", clear=len(clear), compared=len(found), named="; ".join(largest))


def _cannot_be_told(found: Sequence[Difference], words: Words) -> str:
    """Return how many comparisons are unclear, which outcomes are so in every scenario, and false alarms."""
    unclear = [difference for difference in found if difference.verdict is Verdict.UNCLEAR]
    outcomes = dict.fromkeys(difference.outcome for difference in found)
    verdicts = {outcome: {row.verdict for row in found if row.outcome == outcome} for outcome in outcomes}
    never = [outcome for outcome, seen in verdicts.items() if Verdict.UNCLEAR in seen and seen <= _NOT_TOLD]
    clear = sum(difference.verdict in _CLEAR for difference in found)
    tiny = sum(difference.verdict is Verdict.NEGLIGIBLE for difference in found)
    said = words.text(
        "answer.unclear" if never else "answer.unclear_none_throughout",
        unclear=len(unclear),
        compared=len(found),
        named=", ".join(_inside_a_sentence(words.outcome(outcome)) for outcome in never[:_NAMED])
        + (" " + words.text("answer.and_more", n=len(never) - _NAMED) if len(never) > _NAMED else ""),
    )
    if clear:
        said += " " + words.text(
            "answer.false_alarms", clear=clear, alarms=words.number.percent(judgement().clear_level)
        )
    if tiny:
        said += " " + words.text("answer.negligible", n=tiny)
    return said


def _inside_a_sentence(name: str) -> str:
    """Begin with a small letter, but leave abbreviations as they are."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _largest_untested(found: Sequence[Difference], words: Words) -> str:
    largest = sorted(found, key=_size, reverse=True)[:_NAMED]
    return words.text("answer.untested", named="; ".join(_named(difference, words) for difference in largest))
