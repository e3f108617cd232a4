"""Draw one person's year as a calendar, today above and with the means below, with the same lanes in both."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from sim.analysis.journey_events import month_and_day
from sim.analysis.journey_spans import DELAYED, ELSEWHERE, ENROLLED, HOSPITAL, NEED, PHASES, SHORT_TERM
from sim.report.figures import style
from sim.report.figures.journey_lanes import Lanes, all_lanes, bar_rows
from sim.report.figures.style import Drawn
from sim.report.journey_results import Journey
from sim.report.words import Words

_LANE_INCHES, _AROUND_INCHES, _LEGEND_INCHES = 0.19, 0.45, 1.4
_NEED_INCHES, _NEEDS_INCHES = 0.085, 1.7
"""Height of a need, and of all of them at most."""
_HEADING = 0.9
"""Height of a principal's name, in lanes."""
_VISIT_HEIGHT = 0.8
_STAY = "#56B4E9"
_FACES = {
    "unseen": ("white", "", style.GREY),
    "waiting": (style.LIGHT, "", style.GREY),
    "dispute": ("#E69F00", "xxxx", style.BLACK),
    "on_its_way": ("#0072B2", "", "#0072B2"),
    "lost": (style.BLACK, "", style.BLACK),
}
"""Paint, hatch and edge of each phase of a need."""


@dataclass(frozen=True, slots=True)
class _Room:
    """How the lanes share a panel: needs take the first `needs` thin rows, lanes follow below."""

    lanes: Lanes
    needs: int

    @property
    def need_height(self) -> float:
        """Height of a row of needs, in lanes."""
        return min(_NEED_INCHES, _NEEDS_INCHES / self.needs) / _LANE_INCHES

    @property
    def top(self) -> float:
        """Height that the needs take, in lanes."""
        return self.needs * self.need_height + 0.4

    def at(self, lane: tuple[str, str]) -> float:
        """Return the middle of a lane."""
        return self.top + self.lanes.above(self.lanes.place(lane), _HEADING) + 0.5

    @property
    def bottom(self) -> float:
        """Height of needs and lanes together, in lanes."""
        return self.top + self.lanes.height(_HEADING)

    @property
    def inches(self) -> float:
        """Height of a panel."""
        return self.bottom * _LANE_INCHES + _AROUND_INCHES


def draw(journey: Journey, words: Words, alt: str) -> Drawn:
    """Return the two calendars; `alt` tells the same in words."""
    rows = {world: bar_rows(journey.lasted(world, NEED)) for world in journey.worlds}
    room = _Room(all_lanes(journey, words), max([1, *(max(found.values()) + 1 for found in rows.values() if found)]))
    scenario = words.scenario(journey.worlds[1])
    with style.house_style():
        figure = style.new_figure(2 * room.inches + _LEGEND_INCHES)
        panels = figure.subplots(2, 1, sharex=True)
        most = max([1.0, *journey.weeks["visits"].astype(float).tolist()])
        for axes, world in zip(panels, journey.worlds, strict=True):
            _needs(axes, journey, world, rows[world], room)
            _stays(axes, journey, world, room)
            _handovers(axes, journey, world, room)
            _contacts(axes, journey, world, room)
            _visits(axes, journey, world, room, most, words)
            _frame(axes, journey, room, words)
            axes.set_title(words.scenario(world), fontweight="bold", loc="left")
        panels[-1].set_xlabel(words.text("journey.figure.axis"))
        title = words.text("journey.figure.title", scenario=scenario)
        style.set_title(figure, title)
        style.legend_below(figure, _legend(journey, words), title=words.text("journey.figure.legend"), columns=3)
        return Drawn(figure=figure, title=title, alt=alt)


def _needs(axes: Axes, journey: Journey, world: str, rows: dict[int, int], room: _Room) -> None:
    for phase in PHASES:
        own = journey.lasted(world, phase)
        own = own[own["episode"].isin(list(rows))]
        paint, hatch, edge = _FACES[phase]
        axes.barh(
            [(rows[one] + 0.5) * room.need_height for one in own["episode"].tolist()],
            own["days"], left=own["start_day"], height=0.72 * room.need_height,
            color=paint, hatch=hatch, edgecolor=edge, linewidth=0.3, zorder=2,
        )  # fmt: skip


def _stays(axes: Axes, journey: Journey, world: str, room: _Room) -> None:
    for kind, lane in ((HOSPITAL, HOSPITAL), (DELAYED, HOSPITAL), (SHORT_TERM, SHORT_TERM), (ELSEWHERE, ELSEWHERE)):
        own = journey.lasted(world, kind)
        if len(own):
            hatch = "////" if kind == DELAYED else ""
            paint = "white" if kind == DELAYED else _STAY
            axes.barh(
                room.at((lane, "")), own["days"].clip(lower=0.8), left=own["start_day"], height=0.6,
                color=paint, hatch=hatch, edgecolor=style.BLACK, linewidth=0.5, zorder=3,
            )  # fmt: skip
    for row in journey.lasted(world, ENROLLED).to_dict("records"):
        at = room.at((ENROLLED, str(row["what"])))
        axes.barh(at, row["days"], left=row["start_day"], height=0.4, color=style.BETTER, zorder=2)
    arrivals = journey.happened(world, "ed_arrival")["day"]
    if len(arrivals):
        axes.plot(
            arrivals - 0.5, [room.at(("emergency", ""))] * len(arrivals), "X", color=style.WORSE, markersize=5, zorder=4
        )


def _handovers(axes: Axes, journey: Journey, world: str, room: _Room) -> None:
    """Draw each hand-over as a line from lane to lane; a lost one goes nowhere."""
    for row in journey.happened(world, "handover").to_dict("records"):
        ends = [(row["profession"], row["principal"]), (row["to_profession"], row["to_principal"])]
        if not all(room.lanes.has(end) for end in ends):
            continue
        start, arrival = row["day"] - 0.5, row["day"] - 0.5 + row["days"]
        low, high = (room.at(end) for end in ends)
        if "lost" in row["note"].split():
            half = (low + high) / 2
            axes.plot([start, start + 2], [low, half], ":", color=style.BLACK, linewidth=1.0, zorder=2)
            axes.plot([start + 2], [half], "x", color=style.BLACK, markersize=5, markeredgewidth=1.3, zorder=4)
        else:
            axes.plot([start, arrival], [low, high], "-", color="#0072B2", linewidth=0.7, alpha=0.7, zorder=2)


def _contacts(axes: Axes, journey: Journey, world: str, room: _Room) -> None:
    own = journey.happened(world, "contact")
    solved = ~own["note"].str.split().apply(lambda words: "not_met" in words) if len(own) else own["day"] > 0
    for rows, face in ((own[solved], style.BLACK), (own[~solved], "white")):
        kept = [row for row in rows.to_dict("records") if room.lanes.has((row["profession"], row["principal"]))]
        axes.plot(
            [row["day"] - 0.5 for row in kept],
            [room.at((row["profession"], row["principal"])) for row in kept],
            "o", markersize=3.2, markerfacecolor=face, markeredgecolor=style.BLACK, markeredgewidth=0.7, zorder=4,
        )  # fmt: skip


def _visits(axes: Axes, journey: Journey, world: str, room: _Room, most: float, words: Words) -> None:
    """Draw roster visits as a bar a week, and say how many come by how many people."""
    weeks = journey.of(journey.weeks, world)
    for profession in sorted(set(weeks["profession"])):
        own = weeks[weeks["profession"] == profession]
        at = room.at((f"roster_{profession}", ""))
        axes.bar(
            (own["week"] - 1) * 7 + 3.5, -own["visits"] / most * _VISIT_HEIGHT, bottom=at + 0.45, width=6.2,
            color="#CC79A7", linewidth=0, zorder=2,
        )  # fmt: skip
        usual = own[own["visits"] > 0][["visits", "staff"]].mean()
        said = words.text(
            "journey.figure.weekly", visits=words.number.count(float(usual["visits"])),
            staff=words.number.count(float(usual["staff"])),
        )  # fmt: skip
        axes.annotate(said, (1.0, at), xycoords=("axes fraction", "data"), xytext=(3, 0), textcoords="offset points",
                      va="center", fontsize=style.FONT_POINTS)  # fmt: skip


def _frame(axes: Axes, journey: Journey, room: _Room, words: Words) -> None:
    """Name the lanes and the months; a line parts the needs from the lanes, and one principal from the next."""
    last = float(journey.said["year_days"])
    axes.set_xlim(0, last)
    axes.set_ylim(room.bottom, 0)
    places = [room.needs * room.need_height / 2, *(room.at(lane) for lane in room.lanes.names)]
    axes.set_yticks(places, [words.text("journey.figure.needs"), *room.lanes.names.values()])
    axes.tick_params(axis="y", length=0)
    for number, heading in room.lanes.headings.items():
        begins = room.top + room.lanes.above(number, _HEADING)
        begins -= _HEADING if heading else 0.0
        axes.axhline(begins, color=style.GREY, linewidth=0.8, zorder=0)
        axes.annotate(heading, (0, begins + 0.1), xycoords=("axes fraction", "data"), xytext=(-4, 0),
                      textcoords="offset points", ha="right", va="top", fontweight="bold")  # fmt: skip
    starts = [day for day in range(int(last) + 1) if month_and_day(day)[1] == 1]
    middles = [(a + min(b, last)) / 2 for a, b in zip(starts, [*starts[1:], last], strict=True)]
    names = [words.text.name("month", str(month_and_day(day)[0]))[:3] for day in starts]
    axes.set_xticks(starts, [""] * len(starts))
    axes.set_xticks(middles, names, minor=True)
    axes.tick_params(axis="x", which="minor", length=0, labelbottom=True)
    axes.grid(axis="x", which="major")


def _legend(journey: Journey, words: Words) -> list[Artist]:
    """Return the marks that occur in either calendar."""
    found: list[Artist] = []
    for phase in PHASES:
        if (journey.spans["kind"] == phase).any():
            paint, hatch, edge = _FACES[phase]
            label = words.text(f"journey.phase.{phase}")
            found.append(Patch(facecolor=paint, hatch=hatch, edgecolor=edge, linewidth=0.5, label=label))
    handovers = journey.events[journey.events["event"] == "handover"]
    lost = handovers["note"].str.contains("lost")
    found += [_dot(style.BLACK, words.text("journey.figure.met")), _dot("white", words.text("journey.figure.not_met"))]
    if not lost.all():
        found.append(Line2D([], [], color="#0072B2", linewidth=1.0, label=words.text("journey.figure.handover")))
    if lost.any():
        label = words.text("journey.figure.handover_lost")
        found.append(Line2D([], [], color=style.BLACK, linestyle=":", marker="x", label=label))
    if len(journey.weeks):
        found.append(Patch(facecolor="#CC79A7", label=words.text("journey.figure.visits")))
    for kind, paint, hatch, key in ((HOSPITAL, _STAY, "", "in_bed"), (DELAYED, "white", "////", "ready")):
        if (journey.spans["kind"] == kind).any():
            label = words.text(f"journey.figure.{key}")
            found.append(Patch(facecolor=paint, hatch=hatch, edgecolor=style.BLACK, linewidth=0.5, label=label))
    return found


def _dot(face: str, label: str) -> Line2D:
    return Line2D(
        [], [], color=style.BLACK, marker="o", linewidth=0, markersize=4, markerfacecolor=face, label=label
    )  # fmt: skip
