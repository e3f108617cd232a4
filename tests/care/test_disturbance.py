"""Disturbances act on capacities and gaps from their first day on, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from engine_runs import Live, different_tables, scenario, with_means, world_of
from engine_runs import choice as means_choice

from sim.care.disturbance import Disturbances
from sim.config.disturbance import KINDS, Disturbance
from sim.config.disturbance_file import disturbance_files, read_disturbance
from sim.config.scenario import Scenario
from sim.core.observation import Observation
from sim.core.vocabulary import ContactFlag, Profession, StayEvent
from sim.outcomes.table import measure_some
from sim.run import simulate

FROM, DAYS = 30.0, 42.0


def of_kind(kind: str, from_day: float = FROM, days: float = DAYS, **strengths: float) -> Disturbance:
    """Return a shipped disturbance at another time, some strengths changed."""
    shipped = read_disturbance(disturbance_files()[kind])
    changed = {name: replace(p, value=strengths.get(name, p.value)) for name, p in shipped.strengths.items()}
    return replace(shipped, from_day=from_day, days=days, strengths=changed)


def none_of(kind: str) -> Disturbance:
    """Return a disturbance whose strengths are all neutral."""
    return of_kind(kind, **{name: 1.0 if name.endswith("_factor") else 0.0 for name in KINDS[kind]})


def struck(base: Scenario, *disturbances: Disturbance) -> Scenario:
    return replace(base, disturbances=disturbances)


BASE = scenario("baseline", 0.06, 0.3, 0.1)
_RUNS: dict[Scenario | str, Observation] = {}


def calm() -> Observation:
    if "calm" not in _RUNS:
        _RUNS["calm"] = simulate(BASE, 1)
    return _RUNS["calm"]


def after(*disturbances: Disturbance) -> Observation:
    key = repr(disturbances)
    if key not in _RUNS:
        _RUNS[key] = simulate(struck(BASE, *disturbances), 1)
    return _RUNS[key]


def value(observation: Observation, outcome: str, group_by: str = "all", group: str = "all") -> float:
    table = measure_some(observation, [outcome]).set_index(["group_by", "group"])["value"]
    return float(table[group_by, group])


@pytest.mark.parametrize("kind", list(KINDS))
def test_nothing_moves_before_the_first_day_and_something_does_after(kind: str) -> None:
    disturbed, first_day = after(of_kind(kind)), calm().start_days + FROM
    moved = False
    for name, columns in disturbed.tables.items():
        usual = calm().tables[name]
        before, usual_before = columns["time_days"] < first_day, usual["time_days"] < first_day
        for column in columns:
            same = columns[column][before].tobytes() == usual[column][usual_before].tobytes()
            assert same, f"{kind} moves {name}.{column} before it begins"
        moved |= different_tables({name: columns}, {name: usual}) != []
    assert moved


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_disturbance_without_strength_changes_no_bit(kind: str) -> None:
    assert different_tables(after(none_of(kind)).tables, calm().tables) == []


def test_what_is_drawn_on_top_leaves_what_would_have_happened_anyway() -> None:
    usual = world_of(BASE)
    for kind in ("epidemic_winter", "heat_wave"):
        world = world_of(struck(BASE, of_kind(kind)))
        for before, now in ((usual.needs, world.needs), (usual.exogenous, world.exogenous)):
            assert np.isin(before.key, now.key).all() and len(np.unique(now.key)) == len(now.key)
            more = ~np.isin(now.key, before.key)
            assert more.any() and not np.any(np.diff(now.time_days) < 0)
            start = world.warmup_days + FROM
            assert ((now.time_days[more] >= start) & (now.time_days[more] < start + DAYS)).all()


def test_the_frail_fall_ill_more_often_than_the_others_by_as_much_as_asked() -> None:
    base = scenario("baseline", 0.5, 0.3, 0.1)
    strengths = {"extra_turns_share": 0.0, "extra_turns_frailty": 2.0}
    world = world_of(struck(base, of_kind("heat_wave", **strengths)))
    usual = world_of(base)
    more = len(world.exogenous.key) - len(usual.exogenous.key)
    rate = usual.scenario.parameters["worsening.exogenous_base_per_year"].value
    assert isinstance(rate, float)
    from sim.care.worsening import WorseningParameters, exogenous_rate_per_year
    from sim.core.parameter import read_group

    people = usual.population
    p = read_group(WorseningParameters, "worsening", usual.register)
    expected = (exogenous_rate_per_year(p, people) * people.acute_propensity * 2 * people.frailty).sum() * DAYS / 365
    assert more == pytest.approx(expected, abs=4 * expected**0.5)
    later = ~np.isin(world.exogenous.key, usual.exogenous.key)
    assert people.frailty[world.exogenous.person[later]].mean() > 2 * people.frailty.mean()


def test_a_harder_epidemic_has_every_case_of_the_milder_one() -> None:
    mild, hard = (
        world_of(struck(BASE, of_kind("epidemic_winter", extra_needs_share=share))).needs for share in (0.1, 0.6)
    )
    assert np.isin(mild.key, hard.key).all() and len(hard.key) > len(mild.key)


def _known(observation: Observation) -> tuple[float, float]:
    """Return mean known share of planned contacts inside and outside the disturbed time."""
    contacts, start = observation.tables["contacts"], observation.start_days + FROM
    planned = (contacts["flags"] & ContactFlag.ACUTE) == 0
    inside = (contacts["time_days"] >= start) & (contacts["time_days"] < start + DAYS)
    return float(contacts["known_share"][planned & inside].mean()), float(
        contacts["known_share"][planned & ~inside].mean()
    )


def test_in_an_outage_staff_know_less_repeat_tests_and_search_but_nothing_is_erased() -> None:
    dark = after(of_kind("it_outage"))
    inside, outside = _known(dark)
    usual_inside, usual_outside = _known(calm())
    assert inside < usual_inside - 0.1 and outside == pytest.approx(usual_outside, abs=0.02)
    for outcome in ("tests_repeated_share", "record_missing_share", "staff_hours_hassle", "lead_time_days"):
        assert value(dark, outcome) > value(calm(), outcome), outcome
    live, usual = Live(struck(BASE, of_kind("it_outage", days=60.0))), Live(BASE)
    live.run()
    usual.run()
    held, usually = (one.world.information.share.mean() for one in (live, usual))
    assert held == pytest.approx(usually, rel=0.03)


def test_shared_records_give_nothing_while_joint_systems_are_down_but_go_on_costing_time() -> None:
    shared = with_means(BASE, means_choice("integrated_records"))
    # Own records stay readable, so that all that is missing is what came from others.
    only_joint = {name: 1.0 if name.endswith("_factor") else 0.0 for name in KINDS["it_outage"]}
    dark = simulate(struck(shared, of_kind("it_outage", **{**only_joint, "joint_systems_down_share": 1.0})), 1)
    light = simulate(shared, 1)
    assert _known(light)[0] > _known(calm())[0] + 0.05
    assert _known(dark)[0] == pytest.approx(_known(calm())[0], abs=0.03)
    assert _known(dark)[1] == pytest.approx(_known(light)[1], abs=0.03)
    # Without a joint system nothing hangs on one.
    assert different_tables(
        after(of_kind("it_outage", **{**only_joint, "joint_systems_down_share": 1.0})).tables, calm().tables
    ) == []  # fmt: skip


def test_a_staff_shortage_lets_needs_wait_and_fills_weeks() -> None:
    short = after(of_kind("staff_shortage", staff_away_share=0.4))
    assert value(short, "unmet_need_days") > value(calm(), "unmet_need_days") * 1.02
    assert value(short, "overload_share") > value(calm(), "overload_share")


def test_only_the_professions_and_principals_named_are_short_of_staff() -> None:
    world = world_of(BASE)
    facts, region = world.stations.facts, world.region_principal
    principals = [one.id for one in world.place.principals]

    def left(**who: tuple[str, ...]) -> np.ndarray:
        one = replace(of_kind("staff_shortage", from_day=0.0), **who)
        found = Disturbances([one], 0, 100, facts, principals, region).staff_left(3)
        assert found is not None
        return found

    nurses = facts.profession == Profession.HOME_NURSE
    assert (left(professions=("home_nurse",)) < 1).tolist() == nurses.tolist()
    assert (left(principals=("region",)) < 1).tolist() == (facts.principal == region).tolist()
    assert (left(principals=("municipalities",)) < 1).tolist() == (facts.principal != region).tolist()
    only = left(professions=("home_nurse",), principals=(principals[-1],)) < 1
    assert only.any() and not (only & ~nurses).any()
    assert left() == pytest.approx(np.full(len(nurses), 0.8))


def test_two_disturbances_at_once_leave_the_product() -> None:
    facts = world_of(BASE).stations.facts
    both = [of_kind("staff_shortage", 0.0), replace(of_kind("heat_wave", 0.0), id="other")]
    found = Disturbances(both, 0, 100, facts, ["a"], 0)
    left = found.staff_left(0)
    assert left is not None and left == pytest.approx(np.full(len(facts.name), 0.8 * 0.88))
    assert found.staff_left(99) is None and found.now("home_visit_minutes_factor") == 1.15


def test_capacity_falls_by_the_share_however_few_work_at_a_station() -> None:
    """Whoever of a station is away: what its staff can do on the mean is what is left of it."""
    share, away = 0.3, 0.1
    for servers in (1, 2, 5, 40):
        kept = 1.0 - (1.0 - away) * (1.0 - share)
        there = 1.0 - kept + kept**servers  # all away = all there
        usual_there = 1.0 - away + away**servers
        live = Live(struck(BASE, of_kind("staff_shortage", 0.0, staff_away_share=share)))
        capacity, stations = live.system.sessions._capacity, live.world.stations
        s = capacity._queued[0]
        capacity._away, stations.queues[s].free_at = away, [0.0] * servers
        capacity._set_rates(None)
        usual = stations.queues[s].rate * usual_there
        capacity._set_rates(live.world.disturbances.staff_left(live.world.warmup_days))
        assert stations.queues[s].rate * there == pytest.approx(usual * (1.0 - share))


def test_closed_beds_are_closed_as_they_come_free_and_open_again() -> None:
    base = scenario("baseline", 0.2, 0.3, 0.1)
    closing = of_kind("ward_closed", beds_closed_share=0.5)
    live, usual = Live(struck(base, closing)), Live(base)
    beds, first = live.system.hospital.beds, live.world.warmup_days + FROM
    lying: list[tuple[float, int]] = []
    tables = live.run(lambda now: lying.append((now.model.env.now, beds.count)), every_days=1)
    calm_tables = usual.run()
    assert all(count <= beds.capacity for _, count in lying)
    stays = tables["stays"]

    def until(time: float, *events: StayEvent) -> int:
        return int((np.isin(stays["event"], events) & (stays["time_days"] <= time)).sum())

    def in_bed(time: float) -> int:
        return until(time, StayEvent.ADMITTED) - until(time, StayEvent.DISCHARGED, StayEvent.DIED)

    closed_late = first + DAYS - 1
    assert in_bed(closed_late) <= beds.capacity - round(0.5 * beds.capacity)
    assert _mean_wait_for_bed(tables) > _mean_wait_for_bed(calm_tables)
    # Open again: every bed that is taken has somebody in it.
    assert beds.count == in_bed(live.world.days)


def _mean_wait_for_bed(tables: dict) -> float:
    """Return mean days from the decision that a bed is needed to the bed."""
    departures, stays = tables["ed_departures"], tables["stays"]
    decided = {}
    waits = []
    events = [
        (t, 0, p) for t, p, a in zip(*(departures[c] for c in ("time_days", "person", "admitted")), strict=True) if a
    ]
    events += [
        (t, 1, p)
        for t, p, e in zip(*(stays[c] for c in ("time_days", "person", "event")), strict=True)
        if e == StayEvent.ADMITTED
    ]
    for time, kind, person in sorted(events):
        if kind == 0:
            decided[person] = time
        elif person in decided:
            waits.append(time - decided.pop(person))
    return float(np.mean(waits))


def test_every_year_it_comes_again() -> None:
    yearly = replace(of_kind("ward_closed", 100.0, 10.0), every_year=True)
    assert yearly.spans(2.5) == [(100.0, 110.0), (465.0, 475.0), (830.0, 840.0)]
    assert replace(yearly, every_year=False).spans(2.5) == [(100.0, 110.0)]
    assert of_kind("ward_closed", 360.0, 10.0).spans(1.0) == [(360.0, 365.0)]
    assert of_kind("ward_closed", 400.0, 10.0).spans(1.0) == []
