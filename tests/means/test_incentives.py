"""Providers respond contract by contract, in the direction that theory says, and not at all to what stays the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from engine_runs import Columns, Live, choice, different_tables, scenario, with_means, world_of
from paired_runs import BASE, bookings, contacts, handovers, in_force, inhabitants, run

from sim.care.decisions import Here, Means
from sim.config.loader import load_means_settings, load_scenario
from sim.config.scenario import MeansChoice
from sim.core.vocabulary import PaymentKind, Profession, UnitKind, WorkCause
from sim.means.incentives import CONTRACTS

PARTS = ("activity", "target", "episode", "value_based", "weighted", "direct", "aggregated")
GP, NURSE, CLINIC, HOME = (
    Profession.GENERAL_PRACTITIONER,
    Profession.PRIMARY_CARE_NURSE,
    Profession.SPECIALIST_PHYSICIAN,
    Profession.HOME_NURSE,
)
Change = tuple[tuple[str, str, float], ...]
"""Part, contract and new share, each."""


def contracts_of_today() -> dict[str, Mapping[str, float]]:
    settings = load_means_settings("incentives")
    return {part: dict(settings[f"today_{part}"].value) for part in PARTS}  # type: ignore[arg-type]  # by contract


def paid(*changes: tuple[str, str, float], **slopes: float) -> MeansChoice:
    """Choose incentives that differ from today's contracts in the given parts only."""
    labels = {part: dict(value) for part, value in contracts_of_today().items()}
    for part, contract, share in changes:
        labels[part][contract] = share
    one = choice("incentives", **slopes)
    changed = {part: replace(one.settings[part], value=value) for part, value in labels.items()}
    return replace(one, settings={**one.settings, **changed})


def asked(*changes: tuple[str, str, float], fidelity: float = 1.0, **slopes: float) -> tuple[Means, Here]:
    world = world_of(with_means(scenario("baseline", 0.03), paid(*changes, **slopes)))
    means, here = world.decisions.means[0]
    here.started, here.fidelity = True, fidelity
    return means, here


@cache
def tables(*changes: tuple[str, str, float]) -> dict[str, Columns]:
    return Live(with_means(BASE, paid(*changes)), seed=4).run()


def test_every_contract_stands_for_units_that_no_other_does() -> None:
    kinds = [kind for units in CONTRACTS.values() for kind in units]
    assert len(kinds) == len(set(kinds))
    assert UnitKind.EMERGENCY_DEPARTMENT not in kinds
    for part in PARTS:
        assert set(contracts_of_today()[part]) == set(CONTRACTS)


def test_todays_contracts_change_exactly_nothing() -> None:
    base = scenario("baseline", 0.03, 0.3, 0.1)
    usual, same = Live(base, 4).run(), Live(with_means(base, paid()), 4).run()
    assert different_tables(usual, same) == []


def test_activity_pay_offers_more_shorter_and_sooner_visits_in_that_contract_only() -> None:
    # 0.5 more of all pay follows activity, half in place.
    means, here = asked(
        ("activity", "primary_care", 0.6), fidelity=0.5,
        return_visit_response=0.2, shorter_visits_response=0.1, offered_sooner_response=0.2,
    )  # fmt: skip
    batch = contacts(here, GP, CLINIC, HOME)
    assert means.return_visit(here, batch) == pytest.approx([0.05, 0, 0])
    assert means.direct_minutes_factor(here, batch) == pytest.approx([0.975, 1, 1])
    for profession, factor in ((GP, 0.95), (CLINIC, 1.0)):
        assert means.booking_lag_factor(here, bookings(here, np.array([0]), profession)) == pytest.approx([factor])
    assert means.visit_minutes_factor(here, np.array([0])) == pytest.approx([1.0])


def test_fixed_pay_offers_visits_later_and_longer_and_no_return_visits() -> None:
    means, here = asked(("activity", "specialist_care", 0.0), offered_sooner_response=0.2, shorter_visits_response=0.1)
    batch = contacts(here, CLINIC)
    assert means.return_visit(here, batch) == pytest.approx([0.0])
    assert means.direct_minutes_factor(here, batch) == pytest.approx([1.02])
    assert means.booking_lag_factor(here, bookings(here, np.array([0]), CLINIC)) == pytest.approx([1.04])


def test_home_care_paid_by_activity_is_quicker() -> None:
    means, here = asked(("activity", "home_care", 0.7), shorter_visits_response=0.1)
    assert means.visit_minutes_factor(here, np.array([0])) == pytest.approx([0.95])


def test_direct_pay_loses_fewer_hand_overs_with_more_work_by_the_sides_that_are_paid() -> None:
    means, here = asked(("direct", "primary_care", 0.5), work_per_coordination=2.0)
    # Slope 0.3 x 0.5 on a side that is paid; a hand-over has two sides.
    batch = handovers(here, (GP, NURSE), (GP, HOME), (CLINIC, HOME))
    assert means.handover_loss_factor(here, batch) == pytest.approx([0.85, 0.925, 1.0])
    assert means.handover_work_factor(here, batch) == pytest.approx([1.3, 1.15, 1.0])


def test_activity_pay_alone_does_nothing_for_coordination() -> None:
    means, here = asked(("activity", "primary_care", 1.0))
    assert means.handover_loss_factor(here, handovers(here, (GP, NURSE))) == pytest.approx([1.0])


@pytest.mark.parametrize(("part", "share"), [("episode", 0.5), ("value_based", 0.5), ("aggregated", 0.5)])
def test_pay_for_the_whole_makes_hand_overs_surer(part: str, share: float) -> None:
    means, here = asked((part, "primary_care", share))
    assert means.handover_loss_factor(here, handovers(here, (GP, NURSE)))[0] < 1.0


def test_unweighted_episode_pay_puts_heavy_patients_later_in_line_and_weighting_does_not() -> None:
    heavy, other = 0, 1
    # Today: (0.93 fixed + 0.02 target) x 0.1, of which 0.8 is not weighted = 0.076. Then episode 1, target 0.02 and
    # activity 0.05 are parts of 1.07: (0.15 + 0.002) / 1.07 = 0.1421 where nothing is weighted.
    for weighted, expected in ((0.0, 0.076 - 0.152 / 1.07), (1.0, 0.076)):
        means, here = asked(("episode", "psychiatry", 1.0), ("weighted", "psychiatry", weighted))
        here.world.population.complex_needs[[heavy, other]] = True, False
        batch = bookings(here, np.array([heavy, other]), Profession.PSYCHIATRIST)
        assert means.urgency_shift(here, batch) == pytest.approx([expected, 0.0])


def test_targets_must_be_documented_where_they_are_set() -> None:
    means, here = asked(("target", "primary_care", 0.53), ("target", "home_care", 0.5))
    batch = contacts(here, GP, CLINIC, HOME)
    # Slope 0.3 x 0.5 more pay by targets.
    assert means.documentation_factor(here, batch) == pytest.approx([1.15, 1.0, 1.15])
    assert means.visit_documentation_factor(here, np.array([0])) == pytest.approx([1.15])


def test_activity_pay_in_primary_care_makes_return_visits_there_and_shorter_ones() -> None:
    (_, usual), paid_by_visit = run(), tables(("activity", "primary_care", 0.9))
    health_centre = (GP, NURSE, Profession.COUNSELLOR)
    before, after = in_force(usual["contacts"]), in_force(paid_by_visit["contacts"])
    minutes = [rows["direct_minutes"][rows["profession"] == GP].mean() for rows in (before, after)]
    assert minutes[1] < 0.96 * minutes[0]
    more = [np.isin(rows["profession"], health_centre).sum() for rows in (before, after)]
    assert more[1] > 1.03 * more[0]
    clinic = [(rows["profession"] == CLINIC).sum() for rows in (before, after)]
    assert clinic[1] == pytest.approx(clinic[0], rel=0.03)


def test_direct_pay_everywhere_loses_fewer_hand_overs_and_costs_reports_and_officials() -> None:
    everywhere = tuple(("direct", contract, 1.0) for contract in CONTRACTS)
    (live, usual), after = run(), tables(*everywhere)
    lost = [in_force(t["handovers"])["lost"].mean() for t in (usual, after)]
    assert lost[1] < 0.85 * lost[0]
    work = [in_force(t["work"]) for t in (usual, after)]
    minutes = [rows["minutes"][rows["cause"] == WorkCause.HANDOVER].sum() for rows in work]
    assert minutes[1] > 1.15 * minutes[0]
    stations = live.world.stations
    under_contract = np.isin(stations.facts.unit_kind, [kind for kinds in CONTRACTS.values() for kind in kinds])
    full_time = float((stations.facts.staff * stations.presence)[under_contract].sum())
    rows = work[1]
    mine = rows["cause"] == WorkCause.MEANS
    weeks = len(np.unique(rows["time_days"][mine]))
    assert rows["minutes"][mine].sum() / weeks == pytest.approx(3 * full_time, rel=1e-4)
    payments = after["payments"]
    fixed = payments["kind"] == PaymentKind.MEANS_FIXED_COST
    weeks = len(np.unique(payments["time_days"][fixed]))
    assert payments["sek"][fixed].sum() / weeks == pytest.approx(inhabitants() * 118_000 / 52, rel=1e-4)


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("fixed", {"activity", "target"}),
        ("activity", {"activity"}),
        ("target", {"target"}),
        ("episode", {"episode"}),
        ("value_based", {"value_based"}),
        ("weighted", {"weighted"}),
        ("direct_for_coordination", {"direct"}),
        ("aggregated", {"aggregated"}),
    ],
)
def test_the_library_changes_one_thing_at_a_time(name: str, changed: set[str]) -> None:
    (one,) = load_scenario(name).means
    assert load_scenario(f"reimbursement/{name}").means == (one,)
    assert one.id == "incentives"
    today = contracts_of_today()
    differs = {part for part in PARTS if dict(one.settings[part].value) != today[part]}  # type: ignore[arg-type]  # by contract
    assert differs == changed
