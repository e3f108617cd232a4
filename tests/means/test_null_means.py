"""Every means switched on for nobody, or carried out not at all, gives exactly the baseline; found by file."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, different_tables, fingerprint, scenario, with_means

from sim.care.world import World
from sim.config.scenario import MeansChoice, Scenario
from sim.core.vocabulary import PaymentKind, WorkCause
from sim.means import all_means, means_class
from sim.run import simulate

BASE = scenario("baseline", 0.05, 0.4, 0.1)


def tables_asked_all_the_same(base: Scenario, seed: int) -> dict[str, Columns]:
    """Run with idle means asked like all others: what holds must hold by what they answer."""

    def ask(world: World) -> None:
        for _, here in world.decisions.means:
            here.idle = False

    return Live(base, seed, ask).run()


@cache
def _tables(choices: tuple[str, ...], fidelity: float, coverage: float) -> dict[str, Columns]:
    means = [choice(one, fidelity=fidelity, coverage=coverage) for one in choices]
    return tables_asked_all_the_same(with_means(BASE, *means), seed=5)


def baseline() -> dict[str, Columns]:
    return _tables((), 1.0, 1.0)


@pytest.mark.parametrize("means_id", all_means())
@pytest.mark.parametrize(("fidelity", "coverage"), [(1.0, 0.0), (0.0, 1.0)])
def test_nobody_covered_or_nothing_done_is_exactly_the_baseline(
    means_id: str, fidelity: float, coverage: float
) -> None:
    assert different_tables(baseline(), _tables((means_id,), fidelity, coverage)) == []


@pytest.mark.parametrize(("fidelity", "coverage"), [(1.0, 0.0), (0.0, 1.0)])
def test_all_null_means_together_are_exactly_the_baseline(fidelity: float, coverage: float) -> None:
    assert different_tables(baseline(), _tables(all_means(), fidelity, coverage)) == []


@pytest.mark.parametrize(("fidelity", "coverage"), [(1.0, 0.0), (0.0, 1.0)])
def test_idle_means_change_nothing_of_what_others_do(fidelity: float, coverage: float) -> None:
    # Where the largest answer counts, an idle means must not lend others its strength.
    at_work = choice("professional_coordinator", push_share=0.1)
    idle = [choice(one, fidelity=fidelity, coverage=coverage) for one in all_means() if one != at_work.id]
    alone, beside = (tables_asked_all_the_same(with_means(BASE, at_work, *more), seed=5) for more in ((), idle))
    assert len(alone["pushes"]["person"])
    assert different_tables(alone, beside) == []


@pytest.mark.parametrize(("fidelity", "coverage"), [(1.0, 0.0), (0.0, 1.0)])
def test_idle_means_are_not_even_asked(fidelity: float, coverage: float, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(means_class("mdt"), "handover_distance", lambda *_: asked.append("mdt"))
    run = simulate(with_means(BASE, choice("mdt", fidelity=fidelity, coverage=coverage)), seed=5)
    assert different_tables(baseline(), run.tables) == []
    assert asked == []


def test_a_means_that_has_not_started_is_exactly_the_baseline() -> None:
    late = [replace(choice(one), start_days=10_000.0) for one in all_means()]
    assert different_tables(baseline(), simulate(with_means(BASE, *late), seed=5).tables) == []


@pytest.mark.parametrize("means_id", all_means())
def test_a_means_carried_out_changes_something_and_costs_something(means_id: str) -> None:
    before, after = baseline(), _tables((means_id,), 1.0, 1.0)
    assert different_tables(before, after)
    minutes = _minutes_of_means(after) - _minutes_of_means(before)
    fixed = after["payments"]["sek"][after["payments"]["kind"] == PaymentKind.MEANS_FIXED_COST].sum()
    assert minutes > 0 or fixed > 0
    assert _minutes_of_means(before) == 0


@pytest.mark.parametrize("means_id", all_means())
def test_a_means_changes_nothing_before_it_starts(means_id: str) -> None:
    before, after = baseline(), _tables((means_id,), 1.0, 1.0)
    # A morning's contacts may be logged for the same day only, so all before the first day is the past.
    start = float(round(BASE.warmup_years * 365))
    for name, columns in before.items():
        past, other = columns["time_days"] < start, after[name]["time_days"] < start
        for column, values in columns.items():
            assert values[past].tobytes() == after[name][column][other].tobytes(), f"{name}.{column}"


def _minutes_of_means(tables: dict[str, Columns]) -> float:
    work = tables["work"]
    return float(work["minutes"][work["cause"] == WorkCause.MEANS].sum())


def test_the_order_of_means_never_matters() -> None:
    chosen = {one: choice(one) for one in all_means()}
    names, third = all_means(), len(all_means()) // 3
    few = [names, names[::-1], names[third:] + names[:third]]
    runs = [simulate(with_means(BASE, *[chosen[one] for one in order]), seed=2) for order in few]
    for run, order in zip(runs, few, strict=True):
        # Enrolments name the means by its place in the list: compare by name.
        for column in ("time_days", "person", "event"):
            assert _by_name(run.tables, order, column) == _by_name(runs[0].tables, few[0], column)
    strip = [{name: t for name, t in run.tables.items() if name not in ("enrolments",)} for run in runs]
    # Rows of one moment stand in the order of means, so tables are compared sorted.
    for other in strip[1:]:
        for name, columns in strip[0].items():
            assert _sorted_rows(columns) == _sorted_rows(other[name]), name


def _by_name(tables: dict[str, Columns], order: tuple[str, ...], column: str) -> list[tuple[str, float]]:
    rows = tables["enrolments"]
    names = [order[m] if m >= 0 else "" for m in rows["means"]]
    return sorted(zip(names, rows[column].tolist(), strict=True))


def _sorted_rows(columns: Columns) -> list[bytes]:
    rounded = [np.round(v, 6) if v.dtype.kind == "f" else v for v in columns.values()]
    return sorted(np.rec.fromarrays(rounded).tolist())


def test_a_scenario_listed_under_two_names_gives_the_same_bytes() -> None:
    means = tuple(choice(one) for one in all_means())
    one, other = with_means(BASE, *means), replace(with_means(BASE, *means), id="another_name")
    assert fingerprint(simulate(one, 4).tables) == fingerprint(simulate(other, 4).tables)


@pytest.mark.parametrize("means_id", all_means())
def test_a_means_says_in_plain_words_what_it_changes(means_id: str) -> None:
    cls = means_class(means_id)
    assert len(cls.MECHANISM) > 60
    assert "cost" in cls.MECHANISM
    assert isinstance(choice(means_id), MeansChoice)
