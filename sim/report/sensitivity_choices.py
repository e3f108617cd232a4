"""Say in plain sentences whether unknowns change which choice is best, and what to find out first."""

from __future__ import annotations

from sim.report.numbers import decimals_for
from sim.report.sensitivity_results import TORNADO, Decision, SensitivityRead, information_source, ranking_source
from sim.report.sensitivity_sentences import SIZE, criterion_name, share_at, size
from sim.report.sources import sourced
from sim.report.words import Words

_NAMED = 3
_TELLS = 0.1
"""A share of sets that changes by less is not worth a sentence."""


def about_ranking(decision: Decision, found: SensitivityRead, words: Words) -> str:
    """Say which scenario is best in how many sets, and which parameter changes that most."""
    name = criterion_name(decision, words)
    if found.method == TORNADO:
        return f"{name}: {_best_at_ends(decision, found, words)}"
    shares = found.shares(decision, "all")[""]
    ranked = sorted(shares, key=lambda one: -shares[one])
    listed = "; ".join(
        f"{words.scenario(one)} {share_at(shares[one], ranking_source(decision, '', 'all', one), words)}"
        for one in ranked
    )
    said = [words.text("sensitivity.best_in", shares=listed)]
    low, high = found.shares(decision, "low"), found.shares(decision, "high")
    best = ranked[0]
    change = {one: high[one][best] - low[one][best] for one in low}
    most = max(change, key=lambda one: abs(change[one]), default="")
    if most and abs(change[most]) >= _TELLS:
        values = {
            end: share_at(found_at[most][best], ranking_source(decision, most, end, best), words)
            for end, found_at in (("low", low), ("high", high))
        }
        said.append(words.text("sensitivity.decides", scenario=words.scenario(best), parameter=most, **values))
    elif low:
        said.append(words.text("sensitivity.none_decides"))
    return f"{name}: " + " ".join(said)


def _best_at_ends(decision: Decision, found: SensitivityRead, words: Words) -> str:
    start = found.shares(decision, "start")[""]
    best = _best(start)
    ends = {end: words.text(f"sensitivity.end_{end}") for end in ("low", "high")}
    changes = [
        words.text("sensitivity.then_best", scenario=words.scenario(other), parameter=parameter, end=ends[end])
        for end in ("low", "high")
        for parameter, shares in found.shares(decision, end).items()
        if shares[best] == 0.0 and shares[other := _best(shares)] == 1.0
    ]  # fmt: skip
    share = share_at(start[best], ranking_source(decision, "", "start", best), words)
    said = words.text("sensitivity.best_at_start", scenario=words.scenario(best), share=share)
    if not changes:
        return said + " " + words.text("sensitivity.always_best")
    more = "" if len(changes) <= _NAMED else " " + words.text("sensitivity.more", count=len(changes) - _NAMED)
    return said + " " + words.text("sensitivity.changes", changes="; ".join(changes[:_NAMED])) + more


def _best(shares: dict[str, float]) -> str:
    return max(shares, key=lambda one: shares[one])


def about_information(decision: Decision, found: SensitivityRead, words: Words) -> str:
    """Say what knowing more would be worth, and what to find out first."""
    worth = found.worth(decision)
    unit, name = words.text.unit(decision.unit), criterion_name(decision, words)
    whole = worth[""]
    if float(whole["high"]) <= 0.0:
        return f"{name}: {words.text('sensitivity.nothing_to_learn')}"
    clear = sorted(
        (row for key, row in worth.items() if key and str(row["clear"]) == "True" and float(row["value"]) > 0.0),
        key=lambda row: -float(row["value"]),
    )
    places = decimals_for(float(whole["high"]))
    least, most = (
        sourced(words.number.plain(float(whole[end]), places), information_source(whole, end))
        for end in ("value", "high")
    )
    said = [words.text("sensitivity.all_known", least=least, most=most, unit=unit)]
    if clear:
        listed = "; ".join(
            f"{row['parameter']} ({sourced(size(row, words, signed=False), information_source(row, *SIZE))})"
            for row in clear[:_NAMED]
        )
        said.append(words.text("sensitivity.measure_first", listed=listed, clear=len(clear), parameters=len(worth) - 1))
    else:
        said.append(words.text("sensitivity.nothing_first", parameters=len(worth) - 1))
    return f"{name}: " + " ".join(said)
