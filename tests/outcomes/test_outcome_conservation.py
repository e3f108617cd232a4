"""What must always hold, whatever happened: parts add up to wholes. On random logs of a small place."""

import numpy as np
import pytest
from build_observation import cached_table, observe, people
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.core.vocabulary import StayEvent, WorkKind, label
from sim.outcomes.days_at_home import divided_days
from sim.outcomes.exposure import alive_at_start, alive_days
from sim.outcomes.intervals import hospital_stays
from sim.outcomes.minutes import minutes_by_person, minutes_by_station
from sim.outcomes.money import KINDS

PEOPLE = 6
START, END = 50.0, 450.0
FEW = settings(max_examples=40, deadline=None)


@st.composite
def observations(draw):
    """Draw a seed and sizes; the rows follow from them."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows = draw(st.integers(0, 30))
    return observe(
        people(PEOPLE, municipality=rng.integers(0, 2, PEOPLE), need_group=rng.integers(1, 6, PEOPLE)),
        start_days=START,
        end_days=END,
        contacts=_contacts(rng, rows),
        visits=_visits(rng, rows),
        work=_work(rng, rows),
        payments=_payments(rng, rows),
        **_lives(rng),
    )


def _time(rng):
    return float(rng.uniform(0.0, 500.0))


def _person(rng):
    return int(rng.integers(0, PEOPLE))


def _contacts(rng, rows):
    kinds = ("direct_minutes", "reading_in_minutes", "documentation_minutes", "travel_minutes")
    return [
        {
            "time_days": _time(rng),
            "person": _person(rng),
            "station": int(rng.integers(0, 5)),
            "staff": int(rng.integers(0, 9)),
            "flags": int(rng.integers(0, 256)),
            **{kind: float(rng.uniform(0, 60)) for kind in kinds},
        }
        for _ in range(rows)
    ]


def _visits(rng, rows):
    return [
        {
            "time_days": _time(rng),
            "person": _person(rng),
            "station": int(rng.integers(1, 3)),
            "direct_minutes": float(rng.uniform(0, 60)),
            "travel_minutes": float(rng.uniform(0, 30)),
        }
        for _ in range(rows)
    ]


def _work(rng, rows):
    return [
        {
            "time_days": _time(rng),
            "station": int(rng.integers(0, 5)),
            "person": int(rng.integers(-1, PEOPLE)),
            "kind": int(rng.integers(0, len(WorkKind))),
            "minutes": float(rng.uniform(0, 60)),
        }
        for _ in range(rows)
    ]


def _payments(rng, rows):
    found = []
    for _ in range(rows):
        payer = int(rng.integers(0, 3))
        payee = int(rng.choice([other for other in (-1, 0, 1, 2) if other != payer]))
        found.append({"time_days": _time(rng), "payer": payer, "payee": payee, "sek": float(rng.uniform(0, 9e3))})
    return found


def _lives(rng):
    """Draw deaths, stays one after another (some still open) and monthly snapshots of the living."""
    deaths, stays, arrivals, health = [], [], [], []
    number = 0
    for person in range(PEOPLE):
        death = float(rng.uniform(0.0, 700.0))
        if death < 500.0:
            deaths.append({"time_days": death, "person": person})
        moment = float(rng.uniform(0.0, 300.0))
        while moment < min(death, 500.0):
            row = {"person": person, "stay": number}
            arrivals.append({"time_days": moment, "person": person, "ambulance": bool(rng.integers(0, 2))})
            stays.append({"time_days": moment, "event": StayEvent.ADMITTED, **row})
            end = moment + float(rng.exponential(20.0))
            if end < death:
                stays.append({"time_days": end, "event": StayEvent.DISCHARGED, **row})
            elif death < 500.0:
                stays.append({"time_days": death, "event": StayEvent.DIED, **row})
            moment = end + float(rng.exponential(60.0)) + 0.01
            number += 1
        housed_from = float(rng.uniform(0.0, 900.0))
        health += [
            {"time_days": month, "person": person, "special_housing": month > housed_from}
            for month in np.arange(0.0, min(death, 500.0), 30.0).tolist()
        ]
    return {"deaths": deaths, "stays": stays, "ed_arrivals": arrivals, "health": health}


@FEW
@given(observations())
def test_days_add_up_to_the_window(seen):
    at_home, in_hospital, in_special_housing = divided_days(seen)
    dead = np.where(alive_at_start(seen), (END - START) - alive_days(seen), 0.0)
    total = at_home + in_hospital + in_special_housing + dead
    np.testing.assert_allclose(total, np.where(alive_at_start(seen), END - START, 0.0), atol=1e-6)
    assert (at_home > -1e-6).all()


@FEW
@given(observations())
def test_days_in_hospital_are_the_lengths_of_the_stays(seen):
    # Stays of one person never overlap here, so two ways of measuring agree.
    beds = hospital_stays(seen).in_bed().cut(seen)
    _, in_hospital, _ = divided_days(seen)
    np.testing.assert_allclose(seen.per_person(beds.person, beds.days()), in_hospital, atol=1e-6)


@FEW
@given(observations())
def test_costs_of_principals_sum_to_the_total_and_transfers_cancel(seen):
    table = cached_table(seen)
    principal = table[table.group_by == "principal"].groupby("outcome").value.sum()
    total = table[table.group_by == "all"].set_index("outcome").value
    if "cost_sek" not in total:
        assert not alive_at_start(seen).any()
        return
    for outcome in ("cost_sek", "cash_cost_sek", *(f"cost_{kind}_sek" for kind in KINDS)):
        assert principal[outcome] == pytest.approx(total[outcome])
    assert principal["net_transfers_sek"] == pytest.approx(0.0, abs=1e-6)
    assert principal["cost_after_transfers_sek"] == pytest.approx(total["cost_sek"])
    assert sum(total[f"cost_{kind}_sek"] for kind in KINDS) == pytest.approx(total["cost_sek"])
    assert total["cash_cost_sek"] <= total["cost_sek"] + 1e-9


@FEW
@given(observations())
def test_minutes_of_all_kinds_sum_to_all_minutes(seen):
    by_station = minutes_by_station(seen)
    by_person, nobody = minutes_by_person(seen)
    np.testing.assert_allclose(by_station.sum(axis=0), by_person.sum(axis=0) + nobody, atol=1e-6)
    table = cached_table(seen)
    shares = table[table.group_by == "profession"].pivot(index="group", columns="outcome", values="value")
    kinds = [f"time_{label(kind)}_share" for kind in WorkKind]
    total = shares[[*kinds, "time_base_load_share", "time_slack_share"]].sum(axis=1)
    np.testing.assert_allclose(total, 1.0)
    used = shares[[*kinds, "time_base_load_share"]].sum(axis=1)
    np.testing.assert_allclose(used, shares["utilisation"])


@FEW
@given(observations())
def test_rows_are_finite_and_each_occurs_once(seen):
    table = cached_table(seen)
    assert np.isfinite(table.value).all()
    assert not table.duplicated(["group_by", "group", "outcome"]).any()
    shares = table[table.unit.str.startswith("share") & ~table.outcome.isin(["time_slack_share", "utilisation"])]
    assert shares.value.between(0.0, 1.0 + 1e-9).all()
