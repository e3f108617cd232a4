"""Build the page of `mellanrum journey`: one person's year, today and with the means, as story, calendar, numbers."""

from __future__ import annotations

from pathlib import Path

from sim.report.figures import journey as figure
from sim.report.grids import Cell, Grid, Row
from sim.report.journey_needs import stories
from sim.report.journey_results import Journey, read_journey
from sim.report.journey_story import about, alike_until, what_was_told, year
from sim.report.sections import Section, write_page
from sim.report.words import Words, words_for


def build_journey_report(folder: Path, *, lang: str) -> None:
    """Write the figure and `report.html` from the tables in `folder`."""
    journey = read_journey(folder)
    words = words_for(journey.results, lang)
    title = words.text("journey.title", scenario=words.scenario(journey.worlds[1]))
    drawn = figure.draw(journey, words, in_words(journey, words))
    write_page(folder, title, _sections(journey, words), {"journey": drawn}, words)


def _sections(journey: Journey, words: Words) -> list[Section]:
    (today, beside), text = journey.worlds, words.text
    scenario = words.scenario(beside)
    told = stories(journey, words)
    return [
        Section(
            title=text("section.question"),
            paragraphs=[text("journey.question", scenario=scenario)],
            points=what_was_told(words),
        ),
        Section(title=text("journey.who_title"), paragraphs=about(journey, words)),
        Section(title=text("journey.today_title"), points=year(journey, today, words)),
        Section(
            title=text("journey.with_title", scenario=scenario),
            paragraphs=[alike_until(journey, words)],
            points=year(journey, beside, words),
        ),
        Section(
            title=text("journey.calendar_title"),
            paragraphs=[text("journey.calendar_note")],
            pictures=["journey"],
            wide=True,
        ),
        *([Section(title=text("journey.needs_title"), paragraphs=told)] if told else []),
        Section(title=text("journey.numbers_title"), grids=[summary_grid(journey, words)]),
        Section(title=text("section.limits"), paragraphs=[text("journey.limits"), text("rests_on")]),
    ]


def in_words(journey: Journey, words: Words) -> str:
    """Return what the calendar shows, for those who cannot see it."""
    today, beside = journey.worlds
    return words.text(
        "journey.figure.alt",
        today=" ".join(year(journey, today, words)),
        scenario=words.scenario(beside),
        with_it=" ".join([alike_until(journey, words), *year(journey, beside, words)]),
    )


def summary_grid(journey: Journey, words: Words) -> Grid:
    """Return the year in numbers: a row a measure, today and with the means, and the difference."""
    rows = []
    for row in journey.summary.to_dict("records"):
        one, other = float(row["without"]), float(row["with"])
        if row["group"] != "all" and not one and not other:
            continue
        places = 0 if max(abs(one), abs(other)) >= 10 or (one == round(one) and other == round(other)) else 1
        cells = (
            words.number.plain(one, places),
            words.number.plain(other, places),
            words.number.signed(other - one, places),
        )
        heading = measure_name(str(row["measure"]), str(row["group"]), words)
        rows.append(Row(heading=heading, cells=tuple(Cell(text=cell) for cell in cells)))
    scenario = words.scenario(journey.worlds[1])
    head = ("", words.text("journey.today"), scenario, words.text("journey.difference"))
    return Grid(caption=words.text("journey.table", scenario=scenario), head=head, rows=tuple(rows))


def measure_name(measure: str, group: str, words: Words) -> str:
    """Return what a reader calls a measure of the summary, or its part for a principal or a phase."""
    name = words.text(f"journey.measure.{measure}")
    if group == "all":
        return name
    part = words.text(f"journey.phase.{group}") if measure == "phase_days" else words.group("principal", group)
    return words.text("journey.by", measure=name, group=part)
