"""What must hold in every run, as functions that return what is wrong (nothing wrong = an empty list)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from engine_runs import Columns, Live

from sim.care.episode import State
from sim.core.vocabulary import CLOSING_EVENTS, ContactFlag, EpisodeEvent, Mode, PlaceEvent, Profession, StayEvent

_SECOND = 1 / 86_400


def wrong_state(live: Live) -> list[str]:
    """Look at the state of a run between two days."""
    w, e = live.world, live.world.episodes
    wrong = []
    queue = live.system.sessions.queue.episode
    on_way = live.system.intake.waiting()
    on_way = on_way[e.state[on_way] == State.ON_ITS_WAY]
    if len(np.unique(queue)) != len(queue):
        wrong.append("an episode stands twice in the queue")
    if len(np.unique(on_way)) != len(on_way):
        wrong.append("an episode is twice on its way")
    if len(np.intersect1d(queue[e.state[queue] == State.QUEUED], on_way)):
        wrong.append("an episode is in the queue and on its way")
    if not ((w.frailty >= 0) & (w.frailty <= 0.95 + 1e-9)).all():
        wrong.append(f"frailty outside 0-0.95: {w.frailty.min()} {w.frailty.max()}")
    if (w.frailty_lost < -1e-9).any():
        wrong.append("more function healed than was lost")
    share = w.information.share
    if not ((share >= 0) & (share <= 1)).all():
        wrong.append(f"information outside 0-1: {share.min()} {share.max()}")
    if (w.unmet_loss < -1e-6).any():
        wrong.append(f"negative loss of utility: {w.unmet_loss.min()}")
    state, person = e.state[: e.count], e.person[: e.count]
    has_open = np.bincount(person[state != State.CLOSED], minlength=len(w.alive)) > 0
    if (np.abs(w.unmet_loss[~has_open]) > 1e-6).any():
        wrong.append("loss of utility without an open episode")
    beds = live.system.hospital.beds
    if beds.count > beds.capacity:
        wrong.append("more people in beds than there are beds")
    if not (np.isfinite(share).all() and np.isfinite(w.frailty).all() and np.isfinite(w.recent_use).all()):
        wrong.append("a number that is none")
    return wrong


def wrong_contacts(live: Live, contacts: Columns) -> list[str]:
    """Check that every contact has a person, a staff member of its station, and a moment in opening hours."""
    stations, wrong = live.world.stations, []
    first, staff, station = stations.first_staff, contacts["staff"], contacts["station"].astype(np.int64)
    if not ((staff >= first[station]) & (staff < first[station + 1])).all():
        wrong.append("a contact by staff of another station")
    if not ((contacts["person"] >= 0) & (contacts["person"] < len(live.world.population))).all():
        wrong.append("a contact without a person")
    if (contacts["profession"] != stations.facts.profession[station]).any():
        wrong.append("a contact by another profession than its station's")
    for column in ("direct_minutes", "reading_in_minutes", "documentation_minutes", "travel_minutes", "wait_days"):
        if (contacts[column] < -1e-6).any() or not np.isfinite(contacts[column]).all():
            wrong.append(f"negative or missing {column}")
    time = contacts["time_days"]
    for s, calendar in enumerate(stations.calendars):
        for t in time[station == s].tolist():
            day = int(t)
            session = calendar.session(day)
            if session is None:
                wrong.append(f"{stations.facts.name[s]} has a contact on a closed day, {t}")
                continue
            opens = calendar.to_calendar(day, np.array(session))
            if not opens[0] - _SECOND <= t < opens[1] + _SECOND:
                wrong.append(f"{stations.facts.name[s]} has a contact outside opening hours, {t}")
    travels = contacts["travel_minutes"] > 0
    if (travels & (contacts["mode"] != Mode.HOME_VISIT)).any():
        wrong.append("travel to a contact that is no home visit")
    return wrong


def wrong_bookings(live: Live, contacts: Columns) -> list[str]:
    """Check that nobody on the staff has two planned contacts at once on the working clock.

    Contacts are booked as with a stranger; minutes of reading saved come off the next session's start.
    """
    stations, wrong = live.world.stations, []
    parameters = live.world.register["contact.reading_in_familiarity_saving"].value
    assert isinstance(parameters, float)
    left = 1.0 - parameters * contacts["familiarity"].astype(float)
    saved = contacts["reading_in_minutes"] * (1.0 / left - 1.0)
    planned = np.flatnonzero((contacts["flags"] & (ContactFlag.ACUTE | ContactFlag.JOINT)) == 0)
    minutes = sum(contacts[f"{kind}_minutes"][planned].astype(float) for kind in _KINDS)
    free_at: dict[int, tuple[float, int]] = defaultdict(lambda: (0.0, 0))
    order = np.lexsort((contacts["time_days"][planned], contacts["staff"][planned]))
    for i in order.tolist():
        row = planned[i]
        s, staff, t = int(contacts["station"][row]), int(contacts["staff"][row]), float(contacts["time_days"][row])
        start = float(stations.calendars[s].to_working(int(t), np.array([t]))[0])
        free, day = free_at[staff]
        too_soon = (free - start) * live.rates[s]
        if too_soon > _ROUNDING_MINUTES:
            lately = (contacts["station"] == s) & (contacts["time_days"] >= day) & (contacts["time_days"] < int(t))
            too_soon -= saved[lately].sum() / len(stations.queues[s].free_at)
        if too_soon > _ROUNDING_MINUTES:
            wrong.append(f"{stations.facts.name[s]}: staff {staff} has two contacts at once at {t}, {too_soon} minutes")
        free_at[staff] = start + minutes[i] / live.rates[s], int(t)
    return wrong


_ROUNDING_MINUTES = 0.05
"""Familiarity fades a little between the morning, when a session is planned, and the contact."""
_KINDS = ("direct", "reading_in", "documentation", "travel")


def wrong_stays(live: Live, stays: Columns) -> list[str]:
    """Check the order of moments in each stay, one open stay per person, and beds."""
    wrong: list[str] = []
    moments: dict[int, list[int]] = defaultdict(list)
    open_stay: dict[int, int] = {}
    occupied, beds = 0, live.system.hospital.beds.capacity
    for person, stay, event in zip(
        stays["person"].tolist(), stays["stay"].tolist(), stays["event"].tolist(), strict=True
    ):
        moments[stay].append(event)
        if event == StayEvent.ADMITTED:
            if person in open_stay:
                wrong.append(f"person {person} has two open stays")
            open_stay[person] = stay
            occupied += 1
        elif event in (StayEvent.DISCHARGED, StayEvent.DIED):
            if open_stay.pop(person, None) != stay:
                wrong.append(f"person {person} leaves another stay than the open one")
            occupied -= 1
        if not 0 <= occupied <= beds:
            wrong.append(f"{occupied} people in {beds} beds")
    may_be = (
        [StayEvent.DECIDED, StayEvent.ADMITTED, StayEvent.READY, StayEvent.DISCHARGED],
        [StayEvent.DECIDED, StayEvent.ADMITTED, StayEvent.READY, StayEvent.DIED],
        [StayEvent.DECIDED, StayEvent.ADMITTED, StayEvent.DIED],
    )
    for stay, events in moments.items():
        if not any(events == list(whole[: len(events)]) for whole in may_be):
            wrong.append(f"stay {stay} goes {events}")
    return wrong


def wrong_waits_for_bed(live: Live, tables: Mapping[str, Columns]) -> list[str]:
    """Check that each person to be admitted is decided on as they leave, and gets a bed, dies, or is in line."""
    wrong: list[str] = []
    stays, leaves, hospital = tables["stays"], tables["ed_departures"], live.system.hospital
    decided, admitted = (stays["event"] == event for event in (StayEvent.DECIDED, StayEvent.ADMITTED))
    left = zip(leaves["time_days"][leaves["admitted"]], leaves["person"][leaves["admitted"]], strict=True)
    if sorted(left) != sorted(zip(stays["time_days"][decided], stays["person"][decided], strict=True)):
        wrong.append("who leaves the emergency department for a bed is not who is decided on")
    never = decided & ~np.isin(stays["stay"], stays["stay"][admitted])
    waiting = stays["person"][never & live.world.alive[stays["person"]]]
    if not live.world.in_hospital[waiting].all():
        wrong.append("somebody waits for a bed no more, and has had none")
    queue = len(hospital.beds.queue)
    # Beds that are to be closed stand in the same line.
    if len(waiting) > queue or (len(waiting) < queue and not live.world.disturbances.spans):
        wrong.append(f"{len(waiting)} people wait for a bed, and {queue} stand in line")
    return wrong


def wrong_short_term_stays(moves: Columns) -> list[str]:
    """Check that people move in and out of short-term places by turns."""
    wrong: list[str] = []
    inside: set[int] = set()
    for person, event in zip(moves["person"].tolist(), moves["event"].tolist(), strict=True):
        if (event == PlaceEvent.MOVED_IN) == (person in inside):
            wrong.append(f"person {person} is in two places, or leaves none")
        inside ^= {person}
    return wrong


def wrong_stays_elsewhere(moves: Columns, stays: Columns) -> list[str]:
    """Check that whoever is cared for elsewhere has one place only, and none while in a hospital bed."""
    wrong = wrong_short_term_stays(moves)
    began: dict[int, float] = {}
    periods: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for person, time, event in zip(*(moves[n].tolist() for n in ("person", "time_days", "event")), strict=True):
        if event == PlaceEvent.MOVED_IN:
            began[person] = time
        else:
            periods[person].append((began.pop(person), time))
    for person, time in began.items():
        periods[person].append((time, np.inf))
    admitted = stays["event"] == StayEvent.ADMITTED
    for person, time in zip(stays["person"][admitted].tolist(), stays["time_days"][admitted].tolist(), strict=True):
        if any(start <= time < end for start, end in periods[person]):
            wrong.append(f"person {person} is in a hospital bed and in a place elsewhere at {time}")
    return wrong


def wrong_episodes(episodes: Columns) -> list[str]:
    """Check that each episode is born once, closed at most once, and silent afterwards."""
    wrong: list[str] = []
    history: dict[int, list[int]] = defaultdict(list)
    rows = zip(episodes["episode"].tolist(), episodes["event"].tolist(), strict=True)
    for episode, event in rows:
        history[episode].append(event)
    for episode, events in history.items():
        if events[0] != EpisodeEvent.BORN or events.count(EpisodeEvent.BORN) != 1:
            wrong.append(f"episode {episode} is not born first and once: {events}")
        closings = [i for i, event in enumerate(events) if event in CLOSING_EVENTS]
        if closings and closings != [len(events) - 1]:
            wrong.append(f"episode {episode} goes on after its end: {[EpisodeEvent(x).name for x in events]}")
    return wrong


def wrong_after_death(tables: dict[str, Columns]) -> list[str]:
    """Check that nothing happens to people who are dead, and that nobody dies twice."""
    deaths, wrong = tables["deaths"], []
    if len(np.unique(deaths["person"])) != len(deaths["person"]):
        wrong.append("somebody dies twice")
    died = {int(p): float(t) for p, t in zip(deaths["person"], deaths["time_days"], strict=True)}
    for name in ("contacts", "visits", "ed_arrivals", "ed_departures", "acute_turns", "handovers", "health", "stays",
                 "short_term_stays", "stays_elsewhere", "pushes", "relatives"):  # fmt: skip
        table = tables[name]
        at_end = np.zeros(len(table["person"]), bool)
        if name == "stays":
            at_end = table["event"] == StayEvent.DIED
        died_at = np.array([died.get(int(p), np.inf) for p in table["person"]])
        late = (table["time_days"] > died_at + 1e-9) & ~at_end
        if late.any():
            i = int(np.flatnonzero(late)[0])
            wrong.append(
                f"{int(late.sum())} rows of {name} after death: {table['person'][i]} died {died_at[i]}, "
                f"row at {table['time_days'][i]}"
            )
    return wrong


def wrong_visits(live: Live, visits: Columns) -> list[str]:
    """Check that roster visits come from staff of the right unit."""
    stations, wrong = live.world.stations, []
    station, staff = visits["station"].astype(np.int64), visits["staff"]
    first = stations.first_staff
    if not ((staff >= first[station]) & (staff < first[station + 1])).all():
        wrong.append("a visit by staff of another station")
    if not np.isin(visits["profession"], (Profession.HOME_HELP_WORKER, Profession.HOME_NURSE)).all():
        wrong.append("a roster visit by somebody else than home care")
    serves = live.world.stations.of_person[visits["person"], visits["profession"]]
    if (serves != station).any():
        wrong.append("a visit from another municipality")
    return wrong
