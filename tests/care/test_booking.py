"""Hold stations and calendars to what must be true of any queue and any opening hours."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.care import booking
from sim.care.booking import MINUTES_PER_DAY, ROUND_THE_CLOCK, Calendar, Station
from sim.config.place import Hours

OFFICE = Calendar(Hours(days=("mon", "tue", "wed", "thu", "fri"), open_hour=8.0, close_hour=17.0))
MIDWEEK = Calendar(Hours(days=("tue", "thu"), open_hour=9.5, close_hour=12.0))
CALENDARS = [OFFICE, MIDWEEK, ROUND_THE_CLOCK]
FOREVER = float("inf")

minutes = st.integers(1, 120).map(float)
moments = st.integers(0, 600).map(float)
rates = st.sampled_from([1.0, 0.5, 0.25])


@dataclass(frozen=True)
class Case:
    """A station already partly booked, and requests in order of arrival."""

    free_at: list[float]
    rate: float
    arrivals: list[float]
    work: list[float]
    until: float

    def station(self) -> Station:
        station = Station(len(self.free_at), self.rate)
        station.free_at = list(self.free_at)
        return station


@st.composite
def cases(draw: st.DrawFn) -> Case:
    n = draw(st.integers(0, 25))
    return Case(
        free_at=draw(st.lists(moments, min_size=1, max_size=12)),
        rate=draw(rates),
        arrivals=sorted(draw(st.lists(moments, min_size=n, max_size=n))),
        work=draw(st.lists(minutes, min_size=n, max_size=n)),
        until=draw(st.one_of(moments, st.just(FOREVER))),
    )


@dataclass(frozen=True)
class MatchedCase(Case):
    """The same, where some patients know a server."""

    preferred: list[int]
    preferred_work: list[float]
    patience: list[float]

    def serve(self, station: Station) -> tuple[list[int], list[float], list[int]]:
        return station.serve_matched(
            self.arrivals, self.work, self.preferred, self.preferred_work, self.patience, self.until
        )


@st.composite
def matched_cases(draw: st.DrawFn) -> MatchedCase:
    case = draw(cases())
    n = len(case.arrivals)
    same = {"min_size": n, "max_size": n}
    return MatchedCase(
        free_at=case.free_at,
        rate=case.rate,
        arrivals=case.arrivals,
        work=case.work,
        until=case.until,
        preferred=draw(st.lists(st.integers(-1, len(case.free_at) - 1), **same)),
        preferred_work=draw(st.lists(minutes, **same)),
        patience=draw(st.lists(st.sampled_from([0.0, 30.0, 240.0, FOREVER]), **same)),
    )


def one_by_one(case: Case) -> tuple[list[float], list[int]]:
    """Serve the plain way: look at all servers for every request, take the first free."""
    free_at = list(case.free_at)
    starts, servers = [], []
    for arrival, work in zip(case.arrivals, case.work, strict=True):
        server = min(range(len(free_at)), key=lambda s: (free_at[s], s))
        start = max(free_at[server], arrival)
        if start >= case.until:
            break
        free_at[server] = start + work / case.rate
        starts.append(start)
        servers.append(server)
    return starts, servers


def assert_one_thing_at_a_time(
    case: Case, starts: list[float], servers: list[int], work: list[float], after: list[float]
) -> None:
    """Each server's pieces of work follow one another, after what was booked before, and end in `free_at`."""
    for server, booked in enumerate(case.free_at):
        busy_until = booked
        for start, its, length in sorted(zip(starts, servers, work, strict=True)):
            if its == server:
                assert start >= busy_until
                busy_until = start + length / case.rate
        assert after[server] == busy_until


# serve


@given(cases())
@settings(max_examples=300, deadline=None)
def test_serve_equals_looking_at_all_servers_each_time(case: Case) -> None:
    assert case.station().serve(case.arrivals, case.work, case.until) == one_by_one(case)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_starts_lie_between_arrival_and_the_end_in_order_of_arrival(case: Case) -> None:
    starts, servers = case.station().serve(case.arrivals, case.work, case.until)
    assert len(starts) == len(servers) <= len(case.arrivals)
    assert all(a <= s < case.until for a, s in zip(case.arrivals, starts, strict=False))
    assert starts == sorted(starts)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_no_server_does_two_things_at_once_and_no_work_is_lost(case: Case) -> None:
    station = case.station()
    starts, servers = station.serve(case.arrivals, case.work, case.until)
    assert_one_thing_at_a_time(case, starts, servers, case.work[: len(starts)], station.free_at)


@given(cases())
@settings(max_examples=200, deadline=None)
def test_nobody_waits_while_somebody_is_free(case: Case) -> None:
    """Work conservation: until the start of whoever waits, every server is taken."""
    starts, servers = case.station().serve(case.arrivals, case.work, FOREVER)
    for i, (arrival, start) in enumerate(zip(case.arrivals, starts, strict=True)):
        if start > arrival:
            free_at = list(case.free_at)
            for j in range(i):
                free_at[servers[j]] = starts[j] + case.work[j] / case.rate
            assert min(free_at) == start


@given(cases(), moments)
@settings(max_examples=200, deadline=None)
def test_one_more_server_never_makes_anybody_start_later(case: Case, free: float) -> None:
    few, _ = case.station().serve(case.arrivals, case.work, FOREVER)
    larger = Station(len(case.free_at) + 1, case.rate)
    larger.free_at = [*case.free_at, free]
    many, _ = larger.serve(case.arrivals, case.work, FOREVER)
    assert all(m <= f for m, f in zip(many, few, strict=True))


@given(cases(), st.integers(1, 300))
@settings(max_examples=200, deadline=None)
def test_batches_give_the_same_starts_as_all_at_once(case: Case, length: int) -> None:
    """What has not started when the batch ends waits for the next one, in front."""
    whole = case.station().serve(case.arrivals, case.work, FOREVER)
    station, done, starts, servers = case.station(), 0, [], []
    for until in range(length, 100_000, length):
        if done == len(case.arrivals):
            break
        known = [i for i in range(done, len(case.arrivals)) if case.arrivals[i] < until]
        some = station.serve([case.arrivals[i] for i in known], [case.work[i] for i in known], until)
        starts, servers, done = starts + some[0], servers + some[1], done + len(some[0])
    assert (starts, servers) == whole


def test_serve_refuses_arrivals_without_work() -> None:
    for n in (1, 5):
        with pytest.raises(ValueError, match="zip"):
            Station(2).serve([0.0] * n, [1.0] * (n - 1), FOREVER)


# serve_matched


@given(cases())
@settings(max_examples=100, deadline=None)
def test_without_preference_matching_is_first_come_first_served(case: Case) -> None:
    n = len(case.arrivals)
    matched = case.station().serve_matched(case.arrivals, case.work, [-1] * n, [1.0] * n, [FOREVER] * n, case.until)
    starts, servers = one_by_one(case)
    assert matched == (list(range(len(starts))), starts, servers)


@given(matched_cases())
@settings(max_examples=300, deadline=None)
def test_matched_starts_lie_between_arrival_and_the_end_one_thing_at_a_time(case: MatchedCase) -> None:
    station = case.station()
    taken, starts, servers = case.serve(station)
    assert taken == sorted(set(taken))
    assert all(case.arrivals[i] <= start < case.until for i, start in zip(taken, starts, strict=True))
    met_known = [starts_with_known(case, i, taken, starts, servers) for i in taken]
    work = [(case.preferred_work if known else case.work)[i] for i, known in zip(taken, met_known, strict=True)]
    assert_one_thing_at_a_time(case, starts, servers, work, station.free_at)


@given(matched_cases())
@settings(max_examples=300, deadline=None)
def test_large_stations_serve_just_as_small_ones(case: MatchedCase) -> None:
    plain, large = case.station(), case.station()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(booking, "_MANY_SERVERS", 0)
        in_heap = case.serve(large)
    assert in_heap == case.serve(plain)
    assert large.free_at == plain.free_at


def free_before(case: MatchedCase, i: int, taken: list[int], starts: list[float], servers: list[int]) -> list[float]:
    """Return when each server is free just before request `i` is looked at."""
    station = case.station()
    for j, start, server in zip(taken, starts, servers, strict=True):
        if j < i:
            free = station.free_at
            first = max(min(free), case.arrivals[j])
            known = case.preferred[j] == server and free[server] <= first + case.patience[j]
            free[server] = start + (case.preferred_work if known else case.work)[j] / case.rate
    return station.free_at


def starts_with_known(case: MatchedCase, i: int, taken: list[int], starts: list[float], servers: list[int]) -> bool:
    """Tell whether the server patient `i` knows is free within the patience."""
    free = free_before(case, i, taken, starts, servers)
    wanted = case.preferred[i]
    return wanted >= 0 and free[wanted] <= max(min(free), case.arrivals[i]) + case.patience[i]


@given(matched_cases())
@settings(max_examples=300, deadline=None)
def test_the_known_server_is_met_if_and_only_if_free_within_the_patience(case: MatchedCase) -> None:
    taken, starts, servers = case.serve(case.station())
    for i, start, server in zip(taken, starts, servers, strict=True):
        free = free_before(case, i, taken, starts, servers)
        if starts_with_known(case, i, taken, starts, servers):
            assert server == case.preferred[i]
        else:
            assert server == free.index(min(free))
        assert start == max(free[server], case.arrivals[i])


def matched(free_at: list[float], patience: float, until: float = 540.0) -> tuple[list[int], list[float], list[int]]:
    """Serve one patient who arrives at 10, wants server 1 (20 minutes) and else takes 30 minutes."""
    station = Station(len(free_at))
    station.free_at = list(free_at)
    return station.serve_matched([10.0], [30.0], [1], [20.0], [patience], until)


def test_matching_by_hand() -> None:
    assert matched([0.0, 5.0], patience=0.0) == ([0], [10.0], [1])  # both free: the known one
    assert matched([0.0, 40.0], patience=29.0) == ([0], [10.0], [0])  # would have to wait 30
    assert matched([0.0, 40.0], patience=30.0) == ([0], [40.0], [1])
    assert matched([0.0, 600.0], patience=60.0) == ([0], [10.0], [0])  # the known one is away
    assert matched([0.0, 600.0], patience=FOREVER) == ([], [], [])  # rather another session
    assert matched([540.0, 560.0], patience=FOREVER) == ([], [], [])  # nobody has time today


def test_who_waits_for_a_known_server_does_not_hold_up_the_others() -> None:
    station = Station(2)
    station.free_at = [0.0, 700.0]
    served = station.serve_matched([0, 0], [30.0] * 2, [1, -1], [30.0] * 2, [FOREVER, 0.0], 540.0)
    assert served == ([1], [0.0], [0])


# Work that comes in between


@given(cases(), moments, minutes)
def test_acute_work_starts_at_once_and_pushes_what_was_booked(case: Case, moment: float, length: float) -> None:
    station = case.station()
    server = station.break_in(moment, length)
    assert case.free_at[server] == min(case.free_at)
    assert station.free_at[server] == max(case.free_at[server], moment) + length / case.rate
    others = [s for s in range(len(case.free_at)) if s != server]
    assert [station.free_at[s] for s in others] == [case.free_at[s] for s in others]


@given(cases(), moments, minutes)
def test_load_on_all_adds_up_and_makes_nobody_start_earlier(case: Case, moment: float, length: float) -> None:
    loaded, plain = case.station(), case.station()
    loaded.add_load(moment, length)
    added = [f - max(b, moment) for f, b in zip(loaded.free_at, case.free_at, strict=True)]
    assert sum(added) * case.rate == pytest.approx(length)
    assert max(added) == pytest.approx(min(added))
    later, _ = loaded.serve(case.arrivals, case.work, FOREVER)
    sooner, _ = plain.serve(case.arrivals, case.work, FOREVER)
    assert all(late >= soon for late, soon in zip(later, sooner, strict=True))


def test_load_on_one_server_pushes_that_ones_work_only() -> None:
    station = Station(2, rate=0.5)
    station.add_load(100.0, 30.0, server=1)
    assert station.free_at == [0.0, 160.0]
    assert station.serve([100.0, 100.0], [10.0, 10.0], FOREVER) == ([100.0, 120.0], [0, 0])


def test_an_absent_server_starts_nothing_before_coming_back() -> None:
    station = Station(2)
    station.absent_until(0, 300.0)
    assert station.serve([0.0] * 3, [60.0] * 3, 540.0) == ([0.0, 60.0, 120.0], [1, 1, 1])
    station.absent_until(1, 100.0)  # what is booked beyond that moment stays booked
    assert station.free_at == [300.0, 180.0]


def test_backlog_is_what_is_booked_beyond_the_moment() -> None:
    station = Station(3)
    station.free_at = [10.0, 100.0, 130.0]
    assert station.backlog_minutes(60.0) == 40.0 + 70.0
    assert station.backlog_minutes(500.0) == 0.0


# Calendar


@pytest.mark.parametrize("calendar", CALENDARS)
def test_sessions_follow_one_another_without_gap_on_the_working_clock(calendar: Calendar) -> None:
    sessions = [calendar.session(day) for day in range(28)]
    opened = [session for session in sessions if session is not None]
    assert len(opened) == 4 * calendar.weekly_sessions
    assert opened[0][0] == 0.0
    assert all(one[1] == following[0] for one, following in pairwise(opened))
    for day, session in enumerate(sessions):
        assert calendar.sessions_before(day) == sum(s is not None for s in sessions[:day])
        if session is not None:
            assert session[1] - session[0] == calendar.session_minutes


def test_weekends_are_closed_and_day_zero_is_a_monday() -> None:
    assert OFFICE.session(4) == (4 * 540.0, 5 * 540.0)
    assert OFFICE.session(5) is None
    assert OFFICE.session(6) is None
    assert OFFICE.session(7) == (5 * 540.0, 6 * 540.0)
    assert MIDWEEK.session(0) is None
    assert MIDWEEK.session(1) == (0.0, 150.0)
    assert ROUND_THE_CLOCK.session(6) == (6 * 1440.0, 7 * 1440.0)


@given(st.sampled_from(CALENDARS), st.integers(0, 800), st.lists(st.floats(0, 1), max_size=10))
@settings(deadline=None)
def test_working_and_calendar_time_are_each_others_inverse(calendar: Calendar, day: int, shares: list[float]) -> None:
    session = calendar.session(day)
    if session is None:
        return
    working = session[0] + np.array(shares) * calendar.session_minutes
    times = calendar.to_calendar(day, working)
    assert ((times >= day) & (times <= day + 1)).all()
    assert calendar.to_working(day, times) == pytest.approx(working, abs=1e-6)


@given(
    st.sampled_from(CALENDARS),
    st.integers(0, 800),
    st.lists(st.floats(-30, 1, exclude_max=True), max_size=10),
)
@settings(deadline=None)
def test_the_working_clock_stands_still_while_closed(calendar: Calendar, day: int, offsets: list[float]) -> None:
    times = np.sort(day + np.array(offsets))
    working = calendar.to_working(day, times)
    assert (np.diff(working) >= 0).all()
    start = calendar.sessions_before(day) * calendar.session_minutes
    session = calendar.session(day) or (start, start)
    assert ((working >= session[0]) & (working <= session[1])).all()


def test_closed_hours_by_hand() -> None:
    saturday_noon, tuesday_evening, tuesday_ten = 5.5, 1 + 20 / 24, 1 + 10 / 24
    assert OFFICE.to_working(5, np.array([saturday_noon])).tolist() == [5 * 540.0]
    assert OFFICE.to_working(1, np.array([0.2, tuesday_ten, tuesday_evening])) == pytest.approx(
        [540.0, 540.0 + 120.0, 2 * 540.0]
    )
    assert OFFICE.to_calendar(1, np.array([540.0 + 120.0])) == pytest.approx([tuesday_ten])
    assert ROUND_THE_CLOCK.to_working(1, np.array([1.5])) == pytest.approx([1.5 * MINUTES_PER_DAY])
