"""Answer the planner's question in three sentences, written from the tables by rule and from nothing else.

One sentence on people with complex needs, one on everybody, one on what it costs and who pays. Which outcomes and
which scenario they speak of is fixed before any run (answer.yaml), so that nothing is picked for what came out.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.analysis.judgement import judgement
from sim.analysis.value_settings import CASH, FULL
from sim.report.grids import Grid, Row, difference_cell
from sim.report.headline import AIMS, headline
from sim.report.main_outcomes import EVERYBODY, WHOM, leading_scenario, main_differences, main_outcomes
from sim.report.results import Difference
from sim.report.sources import sourced
from sim.report.value_words import held, sum_of_money
from sim.report.verdict import Verdict
from sim.report.words import Words, difference_source, write_difference

_NAMED = 4
_NOT_TOLD = {Verdict.UNCLEAR, Verdict.UNCHANGED, Verdict.NEGLIGIBLE}
_CLEAR = {Verdict.BETTER, Verdict.WORSE, Verdict.CHANGED}


def answer(words: Words) -> list[str]:
    """Return three sentences: people with complex needs, everybody, cost and payers; one when nothing was compared."""
    if not words.results.compared:
        return [words.text("sure.nothing_compared")]
    scenario = leading_scenario(words)
    said = [_about(whom, scenario, words) for whom in WHOM]
    if words.results.replications < 2:
        return [words.text("answer.one_replication"), *filter(None, said)]
    return [sentence for sentence in [*said, _money(scenario, words)] if sentence]


def _about(whom: str, scenario: str, words: Words) -> str:
    """Return the sentence on some people in the main outcomes; empty when the tables hold none of them."""
    found = main_differences(scenario, whom, words)
    if not found:
        return ""
    kinds = [difference.verdict for difference in found]
    key = "clear" if _CLEAR & set(kinds) else "nothing"
    if Verdict.UNTESTED in kinds:
        key = "untested"
    return words.text(
        f"answer.{key}",
        whom=words.text(f"answer.whom.{whom}"),
        scenario=words.scenario(scenario),
        baseline=words.scenario(words.results.facts.baseline),
        better=kinds.count(Verdict.BETTER),
        worse=kinds.count(Verdict.WORSE),
        outcomes=len(kinds),
        named="; ".join(named(difference, words) for difference in found),
    )


def named(difference: Difference, words: Words) -> str:
    """Name one difference in per cent of the level, or as it is when the level is zero, with interval and verdict."""
    written, percent = write_difference(difference, words), words.number.percent
    change, interval = f"{written.mean} {written.unit}", written.interval
    numbers = ["mean", "low", "high"]
    if difference.baseline_mean != 0.0:
        change = written.relative
        ends = [percent(difference.relative(end), signed=True) for end in (difference.low, difference.high)]
        interval = f"[{'; '.join(ends)}]"
        numbers = [f"{number}/abs(baseline_mean)" for number in numbers]
    return words.text(
        "answer.one" if difference.has_interval else "answer.one_untested",
        outcome=_inside_a_sentence(words.outcome(difference.outcome)),
        change=sourced(change, difference_source(difference, numbers[0])),
        interval=sourced(interval, difference_source(difference, *numbers[1:])),
        verdict=_in_words(difference, words),
    )


def _in_words(difference: Difference, words: Words) -> str:
    """Return the verdict; where zero is outside the interval and yet nothing is clear, say that the test decides."""
    excludes_zero = difference.low > 0.0 or difference.high < 0.0
    if difference.verdict is Verdict.UNCLEAR and excludes_zero:
        return words.text("answer.fails_test")
    return words.text(f"verdict_long.{difference.verdict.value}")


def _money(scenario: str, words: Words) -> str:
    """Return the sentence on cost in the whole place, in full and in cash, and on who pays after transfers."""
    value, cost = held(words), words.results.difference(scenario, "cost_sek")
    row = value.all_payers(scenario, FULL) if value is not None else None
    if value is None or row is None or cost is None:
        return "" if cost is None else words.text("answer.cost_alone", named=named(cost, words))
    cash = value.all_payers(scenario, CASH)
    payers = [
        words.text("answer.payer", payer=words.text(f"whose.{payer}"), money=sum_of_money(own, words))
        for payer in ("region", "municipality")
        if (own := value.all_payers(scenario, FULL, payer)) is not None
    ]
    return words.text(
        "answer.cost",
        scenario=words.scenario(scenario),
        full=sum_of_money(row, words),
        verdict=_in_words(cost, words),
        cash="–" if cash is None else sum_of_money(cash, words),
        payers=", ".join(payers) or words.text("answer.payers_unknown"),
    )


def answer_grid(words: Words) -> Grid | None:
    """Return every scenario's main outcomes, for people with complex needs and for everybody."""
    heads, rows = [words.outcome(outcome) for outcome in main_outcomes().values()], list[Row]()
    for whom, (group_by, group) in WHOM.items():
        own = []
        for scenario in words.results.compared:
            found = [
                words.results.difference(scenario, outcome, group_by, group) for outcome in main_outcomes().values()
            ]
            if any(found):
                cells = tuple(difference_cell(difference, words) for difference in found)
                own.append(Row(heading=words.scenario(scenario), cells=cells))
        if own:
            rows += [Row(heading=words.text(f"answer.heading.{whom}"), section=True), *own]
    if not rows:
        return None
    units = [words.text.unit(words.registry[outcome].unit) for outcome in main_outcomes().values()]
    head = (words.text("value.head.scenario"), *(f"{head}, {unit}" for head, unit in zip(heads, units, strict=True)))
    return Grid(caption=words.text("answer.grid"), head=head, rows=tuple(rows))


def all_comparisons(words: Words) -> str:
    """Return how many of all comparisons for everybody are clear, may be false alarms, or cannot be told."""
    found = [
        difference
        for aim in AIMS
        for outcome in headline(aim, words)
        for scenario in words.results.compared
        if (difference := words.results.difference(scenario, outcome, *EVERYBODY))
    ]
    if not found or words.results.replications < 2:
        return ""
    return _cannot_be_told(found, words)


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
