"""A place elsewhere instead of a bed: one a person, work day by day, and an end with hospital or death."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import simpy
from engine_runs import scenario, world_of

from sim.care.answers import BedAlternative
from sim.care.elsewhere import Elsewhere
from sim.care.world import World
from sim.core.vocabulary import PlaceEvent, Profession, Responder

IN, OUT = PlaceEvent.MOVED_IN, PlaceEvent.MOVED_OUT


class Places:
    """Offers one place at home to anybody; a day in it takes an hour of a home nurse."""

    def __init__(self, share: float) -> None:
        self.places = 1 / share

    def bed_alternatives(self, person: int, severity: float) -> list[BedAlternative]:
        return [BedAlternative(Responder.HOME_HOSPITAL, 1.0, self.places, 1.0, ((Profession.HOME_NURSE, 60.0),))]


@pytest.fixture
def home() -> Iterator[tuple[World, simpy.Environment, Elsewhere]]:
    world, env = world_of(scenario()), simpy.Environment()
    world.decisions = Places(world.scenario.sample_share)
    elsewhere = Elsewhere(world, env)
    elsewhere.clinical_days = lambda person, severity, key: 5.4
    yield world, env, elsewhere


def moves_and_work(world: World) -> tuple[list[tuple[float, int]], list[float]]:
    tables = world.log.tables()
    rows = tables["stays_elsewhere"]
    moves = list(zip(rows["time_days"].tolist(), rows["event"].tolist(), strict=True))
    assert set(tables["work"]["minutes"].tolist()) == {60.0}
    return moves, tables["work"]["time_days"].tolist()


def test_a_stay_takes_time_on_each_of_its_days(home: tuple[World, simpy.Environment, Elsewhere]) -> None:
    world, env, elsewhere = home
    assert elsewhere.takes(1, 0.5, 7)
    env.run(until=20)
    moves, days = moves_and_work(world)
    assert moves == [(0.0, IN), (pytest.approx(5.4), OUT)]
    assert days == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_one_place_a_person_and_one_person_a_place(home: tuple[World, simpy.Environment, Elsewhere]) -> None:
    _, env, elsewhere = home
    assert elsewhere.takes(1, 0.5, 7)
    env.run(until=2)
    # Who is worse than care at home can bear needs a bed; and the only place is taken for others.
    assert not elsewhere.takes(1, 0.9, 8)
    assert not elsewhere.takes(2, 0.5, 9)
    env.run(until=6)
    assert elsewhere.takes(2, 0.5, 9)


def test_admission_or_death_ends_stay_and_work_and_frees_the_place(
    home: tuple[World, simpy.Environment, Elsewhere],
) -> None:
    world, env, elsewhere = home
    assert elsewhere.takes(1, 0.5, 7)
    env.run(until=1.5)
    elsewhere.leave(1)
    elsewhere.leave(2)  # who is in no place leaves none
    env.run(until=1.6)
    assert elsewhere.takes(2, 0.5, 9)
    elsewhere.leave(1)
    env.run(until=20)
    moves, days = moves_and_work(world)
    assert moves == [(0.0, IN), (1.5, OUT), (1.6, IN), (pytest.approx(7.0), OUT)]
    assert days == pytest.approx([0.0, 1.0, 1.6, 2.6, 3.6, 4.6, 5.6])
