"""Say in words how far systems can be ranked, and which cannot be told apart."""

from __future__ import annotations

from sim.report.league_results import League
from sim.report.line_numbers import in_groups
from sim.report.tables import Row
from sim.report.words import Words

_MOST_NAMED = 5


def what_ranks_mean(words: Words) -> str:
    """Return how far a rank can be told, and how surely."""
    return words.text("league.ranks_fitted" if words.results.facts.fit else "league.ranks")


def about_ranks(league: League, words: Words) -> list[str]:
    """Return, per outcome, which systems may be best, how many cannot be told from today's care, and pairs settled."""
    if league.results.replications < 2:
        return [words.text("league.one_replication")]
    return [_one(outcome, league, words) for outcome in league.outcomes]


def _one(outcome: str, league: League, words: Words) -> str:
    today, *others = (league.row(system, outcome) for system in league.systems)
    rows = [today, *others]
    best = [row for row in sorted(rows, key=lambda row: int(row["position"])) if int(row["rank_low"]) == 1]
    better = sum(str(today["scenario"]) in _names(row["certainly_better_than"]) for row in others)
    worse = sum(str(today["scenario"]) in _names(row["certainly_worse_than"]) for row in others)
    settled = sum(len(_names(row["certainly_better_than"])) for row in rows)
    titles = [words.scenario(str(row["scenario"])) for row in best]
    named = ", ".join(titles[:_MOST_NAMED])
    if len(titles) > _MOST_NAMED:
        named += " " + words.text("answer.and_more", n=len(titles) - _MOST_NAMED)
    return words.text(
        "league.best" if len(best) > 1 else "league.one_best",
        outcome=words.outcome(outcome),
        named=named,
        count=len(best),
        better=better,
        worse=worse,
        open=len(others) - better - worse,
        settled=settled,
        pairs=len(rows) * (len(rows) - 1) // 2,
    )


def open_ranks(row: Row, words: Words) -> str:
    """Write the ranks that the runs leave open: `rank 3`, or `rank 2–7`."""
    low, high = int(row["rank_low"]), int(row["rank_high"])
    return words.text("league.one_rank", rank=low) if low == high else words.text("league.rank", low=low, high=high)


def _names(joined: str) -> list[str]:
    return [name for name in str(joined).split("; ") if name]


def what_it_rests_on(league: League, words: Words) -> list[str]:
    """Return a sentence per system on its source, what is inferred there and what the model could not express."""
    said = []
    for system in league.systems[1:]:
        about = league.stands_for.get(system)
        if not about:
            continue
        kind = words.text.name("kind", str(about["kind"]))
        lines = in_groups(about["lines"])
        line = words.text("league.rests", system=words.scenario(system), kind=kind, report=about["report"], lines=lines)
        for key in ("target_group", "inferred", "not_expressed"):
            if key in about:
                line += " " + words.text(f"league.{key}", text=str(about[key][words.lang]).strip().rstrip("."))
        said.append(line)
    return said
