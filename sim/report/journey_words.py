"""Say dates, days and actors of one person's year in the reader's language."""

from __future__ import annotations

from sim.analysis.journey_events import month_and_day
from sim.report.words import Words


def date(day: float, words: Words) -> str:
    """Return a day of the year (0 = its first) as day and month."""
    month, of_month = month_and_day(int(day))
    return words.text("journey.date", day=of_month, month=words.text.name("month", str(month)))


def days(value: float, words: Words) -> str:
    """Return a time as a person would say it, in whole days."""
    if 0 < value < 1:
        return words.text("journey.under_a_day")
    whole = round(value)
    return words.text("journey.one_day") if whole == 1 else words.text("journey.days", n=words.number.count(whole))


def who(profession: str, words: Words) -> str:
    """Return a profession in the middle of a sentence."""
    name = words.text.name("profession", profession)
    return name[:1].lower() + name[1:]


def listed(parts: list[str]) -> str:
    """Return parts as a list in a sentence."""
    return ", ".join(parts)
