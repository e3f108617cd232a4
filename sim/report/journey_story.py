"""Tell one person's year in plain words: who it is, how the person was chosen, and the year in both worlds."""

from __future__ import annotations

from sim.analysis.journey_spans import ENROLLED
from sim.report.journey_results import Journey
from sim.report.journey_words import date, listed
from sim.report.statement import what_was_run
from sim.report.words import Words

_SERVICES = ("home_help", "home_nursing", "special_housing")
_SELDOM = ("staff_work", "relatives_time", "enrolled", "left", "eligible")
"""Events that do not tell two years apart: bookkeeping, and help that has not done anything yet."""


def what_was_told(words: Words) -> list[str]:
    """Return a sentence each on place, time, runs and luck."""
    facts = words.results.facts
    runs = words.text("run.runs", n=facts.replications or 0)
    return [words.text("journey.runs") if said == runs else said for said in what_was_run(words, compared=False)]


def about(journey: Journey, words: Words) -> list[str]:
    """Return who the person is, how the person was chosen, and what one person can tell."""
    traits, text = journey.said["traits"], words.text
    services = [text(f"journey.{one}") for one in _SERVICES if traits[one]]
    return [
        text(
            "journey.person",
            person=journey.said["person"],
            sex=text("journey.female" if traits["female"] else "journey.male"),
            age=int(traits["age_years"]),
            place=words.group("municipality", str(traits["municipality"])),
            group=text.name("need_group", str(traits["need_group"])),
        ),
        text("journey.services", services=listed(services)) if services else text("journey.no_services"),
        *_chosen(journey, words),
        text("journey.illustration"),
    ]


def _chosen(journey: Journey, words: Words) -> list[str]:
    said, rule, number = journey.said, journey.said["rule"], words.number
    change = rule["change"]
    value = said["value"]
    told = [
        words.text(
            f"journey.chosen.{rule['who']}",
            candidates=number.count(said["candidates"]),
            value="" if value is None else number.short(round(abs(value), 1)),
            change=words.text(f"journey.change.{change}"),
            unit=words.text(f"journey.unit.{change}"),
        )
    ]
    if rule["need_group"] is not None:
        told.append(words.text("journey.chosen_among", group=rule["need_group"]))
    elif rule["who"] == "typical":
        told.append(words.text("journey.chosen_complex"))
    return told


def year(journey: Journey, world: str, words: Words) -> list[str]:
    """Return the year in one world, a sentence each on contacts, gaps, hospital, home care, help and cost."""
    told = [_brief(journey, world, words), _gaps(journey, world, words), _hospital(journey, world, words)]
    if journey.value(world, "roster_visits"):
        told.append(_home_care(journey, world, words))
    if world != journey.worlds[0]:
        told += _help(journey, world, words)
    told.append(_cost(journey, world, words))
    for day in journey.happened(world, "death")["day"].tolist():
        told.append(words.text("journey.died", date=date(day - 1, words)))
    return told


def _count(journey: Journey, world: str, measure: str, words: Words) -> str:
    return words.number.count(journey.value(world, measure))


def _brief(journey: Journey, world: str, words: Words) -> str:
    named = {
        "contacts": "contacts", "staff": "staff_met", "physicians": "physicians_met", "units": "units_met",
        "principals": "principals_met", "handovers": "handovers", "lost": "handovers_lost",
        "disputed": "handovers_disputed",
    }  # fmt: skip
    values = {blank: _count(journey, world, measure, words) for blank, measure in named.items()}
    return words.text("journey.brief", **values)


def _gaps(journey: Journey, world: str, words: Words) -> str:
    phases = {one: words.number.count(journey.value(world, "phase_days", one)) for one in journey.groups("phase_days")}
    return words.text(
        "journey.unmet", unmet=_count(journey, world, "unmet_days", words), on_its_way=phases["on_its_way"],
        dispute=phases["dispute"], lost=phases["lost"], waiting=phases["waiting"],
    )  # fmt: skip


def _hospital(journey: Journey, world: str, words: Words) -> str:
    return words.text(
        "journey.hospital",
        ed=_count(journey, world, "ed_visits", words),
        stays=_count(journey, world, "admissions", words),
        days=_count(journey, world, "hospital_days", words),
        delayed=_count(journey, world, "delayed_days", words),
    )


def _home_care(journey: Journey, world: str, words: Words) -> str:
    weeks = journey.of(journey.weeks, world).groupby("week")[["visits", "staff"]].sum()
    usual = weeks[weeks["visits"] > 0].mean()
    return words.text(
        "journey.home_care",
        visits=_count(journey, world, "roster_visits", words),
        staff=_count(journey, world, "roster_staff", words),
        week=words.number.short(round(float(usual["visits"]), 1)),
        faces=words.number.short(round(float(usual["staff"]), 1)),
    )


def _help(journey: Journey, world: str, words: Words) -> list[str]:
    told = []
    for row in journey.lasted(world, ENROLLED).to_dict("records"):
        means = words.text.name("means_short", str(row["what"]))
        if row["began_before"]:
            told.append(words.text("journey.taken_in_before", means=means))
        else:
            told.append(words.text("journey.taken_in", means=means, date=date(row["start_day"], words)))
    return told or [words.text("journey.not_taken_in")]


def _cost(journey: Journey, world: str, words: Words) -> str:
    by_principal = {one: journey.value(world, "cost_sek", one) for one in journey.groups("cost_sek")}
    named = [f"{words.group('principal', one)} {words.number.count(sek)}" for one, sek in by_principal.items() if sek]
    return words.text("journey.cost", sek=words.number.count(journey.value(world, "cost_sek")), named=listed(named))


def alike_until(journey: Journey, words: Words) -> str:
    """Return until when the two years are alike."""
    first = first_difference(journey)
    if first is None:
        return words.text("journey.always_alike")
    return words.text("journey.alike", date=date(max(first - 1, 0), words))


def first_difference(journey: Journey) -> int | None:
    """Return the day of the year (0 = its first) on which the two years part; None when they never do."""
    kept = ["clock", "event", "what", "principal", "unit", "profession", "staff", "to_unit", "to_profession"]
    lists = []
    for world in journey.worlds:
        own = journey.of(journey.events, world)
        own = own[~own["event"].isin(_SELDOM)]
        told = own[kept].astype(object).where(own[kept].notna(), None)
        lists.append(list(zip(own["day"].tolist(), told.itertuples(index=False), strict=True)))
    one, other = lists
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return int(min(mine[0], theirs[0])) - 1
    longer = one[len(other) :] or other[len(one) :]
    return int(longer[0][0]) - 1 if longer else None
