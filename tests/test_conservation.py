"""What must always hold, over random small scenarios: parameters, means, settings, sizes and seeds at random."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pytest
from conservation_laws import (
    wrong_after_death,
    wrong_bookings,
    wrong_contacts,
    wrong_episodes,
    wrong_short_term_stays,
    wrong_state,
    wrong_stays,
    wrong_stays_elsewhere,
    wrong_visits,
    wrong_waits_for_bed,
)
from engine_runs import Live, choice, observed, scenario, settings_of, with_beds, with_means, with_parameters
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.care.queue import Queue
from sim.config.disturbance import KINDS, Disturbance
from sim.config.disturbance_file import disturbance_files, read_disturbance
from sim.config.scenario import Scenario
from sim.core.parameter import Parameter, Value
from sim.core.vocabulary import StayEvent
from sim.means import all_means
from sim.outcomes.cost import measure as measure_cost
from sim.outcomes.money import costs, net_transfers
from sim.outcomes.outcome import GroupMeasure, PersonMeasure

BASE = scenario("baseline")
SHARES = st.integers(0, 4).map(lambda n: n / 4)


def between(parameter: Parameter, share: float) -> Value:
    """Return a value of a parameter's range: 0 = lowest, 1 = highest."""
    low, high, value = parameter.low, parameter.high, parameter.value
    if isinstance(value, tuple):
        lows = low if isinstance(low, tuple) else (low,) * len(value)
        highs = high if isinstance(high, tuple) else (high,) * len(value)
        return tuple(a + share * (b - a) for a, b in zip(lows, highs, strict=True))
    if isinstance(value, (int, float)):
        assert isinstance(low, (int, float)) and isinstance(high, (int, float))
        return low + share * (high - low)
    # Rates by label share one range, far wider than each: between half and twice is plenty.
    return {name: number * (0.5 + 1.5 * share) for name, number in value.items()}


@dataclass(frozen=True)
class Chosen:
    """A means in a random scenario; settings as shares of their range."""

    fidelity: float
    coverage: float
    ramp_days: float
    settings: dict[str, float]


@dataclass(frozen=True)
class Struck:
    """A disturbance in a random scenario; strengths as shares of their range."""

    from_day: int
    days: int
    every_year: bool
    strengths: dict[str, float]


@dataclass(frozen=True)
class Recipe:
    """A random scenario in few words, so that a failure can be read."""

    parameters: dict[str, float]
    means: dict[str, Chosen]
    disturbances: dict[str, Struck]
    sample_share: float
    years: float
    warmup_years: float

    def scenario(self) -> Scenario:
        values = {name: between(BASE.parameters[name], share) for name, share in self.parameters.items()}
        means = []
        for name, one in sorted(self.means.items()):
            shipped = settings_of(name)
            drawn = {setting: between(shipped[setting], share) for setting, share in one.settings.items()}
            numbers = {"fidelity": one.fidelity, "coverage": one.coverage, "ramp_days": one.ramp_days}
            means.append(choice(name, **numbers, **drawn))
        changed = with_means(with_parameters(BASE, values), *means)
        return replace(
            changed,
            sample_share=self.sample_share,
            years=self.years,
            warmup_years=self.warmup_years,
            disturbances=tuple(disturbed(kind, one) for kind, one in sorted(self.disturbances.items())),
        )


def disturbed(kind: str, struck: Struck) -> Disturbance:
    shipped = read_disturbance(disturbance_files()[kind])
    drawn = {
        name: replace(p, value=between(p, struck.strengths[name])) if name in struck.strengths else p
        for name, p in shipped.strengths.items()
    }
    return replace(
        shipped, from_day=struck.from_day, days=struck.days, every_year=struck.every_year, strengths=drawn
    )  # fmt: skip


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    names = draw(st.lists(st.sampled_from(sorted(BASE.parameters)), max_size=12, unique=True))
    means = {}
    for one in draw(st.lists(st.sampled_from(all_means()), unique=True, max_size=5)):
        some = draw(st.lists(st.sampled_from(sorted(settings_of(one))), max_size=4, unique=True))
        means[one] = Chosen(
            fidelity=draw(st.sampled_from([0.3, 1.0])),
            coverage=draw(st.sampled_from([0.5, 1.0])),
            ramp_days=draw(st.sampled_from([0.0, 30.0])),
            settings={name: draw(SHARES) for name in some},
        )
    strikes = {}
    for kind in draw(st.lists(st.sampled_from(sorted(KINDS)), unique=True, max_size=2)):
        hard = draw(st.lists(st.sampled_from(KINDS[kind]), max_size=3, unique=True))
        strikes[kind] = Struck(
            from_day=draw(st.integers(0, 60)),
            days=draw(st.integers(1, 90)),
            every_year=draw(st.booleans()),
            strengths={name: draw(SHARES) for name in hard},
        )
    return Recipe(
        parameters={name: draw(SHARES) for name in names},
        means=means,
        disturbances=strikes,
        sample_share=draw(st.sampled_from([0.01, 0.02, 0.03])),
        years=draw(st.sampled_from([0.2, 0.4])),
        warmup_years=draw(st.sampled_from([0.0, 0.1])),
    )


def wrong_in(base: Scenario, seed: int) -> list[str]:
    """Run a scenario and return everything that should not be."""
    live, wrong = Live(base, seed), []
    tables = live.run(lambda now: wrong.extend(wrong_state(now)))
    return [
        *wrong,
        *wrong_contacts(live, tables["contacts"]),
        *wrong_bookings(live, tables["contacts"]),
        *wrong_stays(live, tables["stays"]),
        *wrong_waits_for_bed(live, tables),
        *wrong_short_term_stays(tables["short_term_stays"]),
        *wrong_stays_elsewhere(tables["stays_elsewhere"], tables["stays"]),
        *wrong_episodes(tables["episodes"]),
        *wrong_after_death(tables),
        *wrong_visits(live, tables["visits"]),
    ]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(recipe=recipes(), seed=st.integers(0, 1_000_000))
def test_nothing_is_lost_and_nothing_appears(recipe: Recipe, seed: int) -> None:
    assert wrong_in(recipe.scenario(), seed)[:5] == []


@pytest.mark.parametrize("name", ["baseline", "all_four"])
def test_the_shipped_scenarios_conserve_over_a_year(name: str) -> None:
    """A larger run, so that rare meetings of events (two turns in a day, a death in hospital) occur."""
    assert wrong_in(scenario(name, 0.15, 0.9, 0.1), seed=3)[:5] == []


def test_waits_for_a_bed_end_in_a_bed_in_death_or_with_the_run() -> None:
    """So few beds that some die in line, and some still stand in it at the end."""
    live = Live(with_beds(scenario("baseline", 0.15, 0.9, 0.1), 0.7), seed=3)
    tables = live.run()
    assert wrong_waits_for_bed(live, tables) == wrong_stays(live, tables["stays"]) == []
    stays = tables["stays"]
    never = np.setdiff1d(stays["stay"], stays["stay"][stays["event"] == StayEvent.ADMITTED])
    alive = live.world.alive[[live.system.hospital.stays[number].person for number in never]]
    assert alive.any() and not alive.all()


@pytest.mark.parametrize("name", ["baseline", "all_four"])
def test_costs_of_principals_sum_to_the_total_and_transfers_cancel(name: str) -> None:
    observation = observed(name, 1, 0.15, 0.9, 0.1)
    found = costs(observation)
    for kind, cost in found.items():
        total = cost.person.sum() + cost.unassigned
        assert cost.principal.sum() == pytest.approx(total, rel=1e-9), kind
    assert found["staff_contacts"].principal.min() > 0
    transfers = net_transfers(observation)
    assert abs(transfers.sum()) < 1e-6
    measures = list(measure_cost(observation))
    whole = next(m for m in measures if isinstance(m, PersonMeasure) and m.outcome == "cost_sek")
    shared = next(m for m in measures if isinstance(m, GroupMeasure) and m.outcome == "cost_sek")
    after = next(m for m in measures if isinstance(m, GroupMeasure) and m.outcome == "cost_after_transfers_sek")
    total = whole.numerator.sum() + whole.unassigned
    assert shared.numerator.sum() == pytest.approx(total, rel=1e-9)
    assert after.numerator.sum() == pytest.approx(total, rel=1e-9)


def test_roster_visits_come_only_to_people_who_have_the_service() -> None:
    live = Live(scenario("baseline", 0.05, 0.5, 0.1))
    w = live.world
    had = {}

    def look(now: Live) -> None:
        # Between a Sunday and a Monday: what is in place now is what the next week's roster is drawn up from,
        # but for those whom special housing takes first.
        had[round(now.model.env.now)] = (w.home_help > 0, w.home_nursing > 0, w.in_hospital.copy())

    start = (w.home_help > 0, w.home_nursing > 0, w.in_hospital.copy())
    visits = live.run(look, every_days=7)["visits"]
    assert len(visits["person"]) > 1000
    for day in range(0, w.days - 7, 7):
        help_, nursing, _ = had.get(day, start)
        week = (visits["time_days"] >= day) & (visits["time_days"] < day + 7)
        for profession, has in ((11, help_), (7, nursing)):
            visited = np.unique(visits["person"][week & (visits["profession"] == profession)])
            assert has[visited].all()


def test_nobody_is_visited_at_home_who_woke_up_in_hospital() -> None:
    tables = observed("baseline", 1, 0.15, 0.9, 0.1).tables
    visits, stays = tables["visits"], tables["stays"]
    order = np.lexsort((stays["time_days"], stays["person"]))
    inside = 0
    for person, start, end in _in_bed(stays, order):
        day = np.unique(visits["time_days"][visits["person"] == person].astype(int))
        whole_days = day[(day >= np.ceil(start)) & (day < np.floor(end))]
        assert not len(whole_days), f"person {person} visited on {whole_days} while in bed {start}-{end}"
        inside += 1
    assert inside > 100


def _in_bed(stays, order):
    admitted = {}
    for i in order.tolist():
        person, event, time = int(stays["person"][i]), int(stays["event"][i]), float(stays["time_days"][i])
        if event == 0:
            admitted[person] = time
        elif event in (2, 3):
            yield person, admitted.pop(person), time


def test_the_laws_can_fail() -> None:
    """Break a log by hand; each law that is broken says so."""
    live = Live(scenario("baseline", 0.05, 0.3, 0.1))
    tables = live.run()
    contacts = {k: v.copy() for k, v in tables["contacts"].items()}
    contacts["time_days"] -= 0.3
    assert wrong_contacts(live, contacts)
    contacts = {k: v.copy() for k, v in tables["contacts"].items()}
    contacts["direct_minutes"] *= 1.5
    assert wrong_bookings(live, contacts)
    stays = tables["stays"]
    assert wrong_stays(live, {k: np.concatenate((v[:5], v)) for k, v in stays.items()})
    undecided = {k: v[stays["event"] != StayEvent.DECIDED] for k, v in stays.items()}
    assert wrong_stays(live, undecided) and wrong_waits_for_bed(live, {**tables, "stays": undecided})
    bedless = {k: v[stays["event"] == StayEvent.DECIDED] for k, v in stays.items()}
    assert wrong_waits_for_bed(live, {**tables, "stays": bedless})
    episodes = tables["episodes"]
    assert wrong_episodes({k: np.concatenate((v, v[-5:])) for k, v in episodes.items()})
    early = {**tables, "deaths": {"time_days": np.zeros(20), "person": tables["visits"]["person"][:20]}}
    assert wrong_after_death(early)
    live.world.unmet_loss += 0.01
    live.system.sessions.queue = Queue.of(live.world.episodes, np.zeros(2, np.int64))
    assert len(wrong_state(live)) >= 2
