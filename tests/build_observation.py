"""Build small observations from a few rows, so that every outcome can be worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from sim.core.log import Log
from sim.core.observation import Observation, People, Prices, Stations
from sim.core.tables import TABLES
from sim.core.vocabulary import UNIT_KIND_OF, Mode, NeedKind, Profession

# Stations 0-4. Principals: 0 region, 1 north, 2 south.
GP, HOME_NURSE, HOME_HELP, PSYCHIATRIST, EMERGENCY = range(5)
_STATIONS = (
    (Profession.GENERAL_PRACTITIONER, 0, -1),
    (Profession.HOME_NURSE, 1, 0),
    (Profession.HOME_HELP_WORKER, 2, 1),
    (Profession.PSYCHIATRIST, 0, -1),
    (Profession.EMERGENCY_PHYSICIAN, 0, -1),
)
_DEFAULTS: dict[str, dict[str, Any]] = {
    "contacts": {
        "staff": 0,
        "mode": Mode.VISIT,
        "need_kind": NeedKind.ACUTE_SYMPTOM,
        "episode": 0,
        "met": True,
        "known_share": 0.6,
    },
    "episodes": {"need_kind": NeedKind.ACUTE_SYMPTOM, "severity": 0.5},
    "health": {"utility": 0.8},
    "payments": {"payee": -1},
}


def people(count: int, **traits: Any) -> People:
    """Return people: by default 50-year-old women of the first municipality in need group 1."""
    kinds: dict[str, tuple[str, Any]] = {
        "age_years": ("f4", 50.0),
        "female": ("?", True),
        "municipality": ("i2", 0),
        "need_group": ("i1", 1),
        "complex_needs": ("?", False),
        "participation": ("f4", 0.7),
        "frailty": ("f4", 0.1),
        "home_help": ("?", False),
        "home_nursing": ("?", False),
        "special_housing": ("?", False),
        "survey_luck": ("f4", 0.5),
    }
    assert not traits.keys() - kinds.keys()
    return People(
        **{
            name: np.broadcast_to(np.asarray(traits.get(name, default), dtype=dtype), count).copy()
            for name, (dtype, default) in kinds.items()
        }
    )


def stations() -> Stations:
    """Return five stations, one staff minute 10 SEK, 600 paid minutes a day, a tenth of them base load."""
    count = len(_STATIONS)
    return Stations(
        name=tuple(f"{profession.name.lower()}" for profession, _, _ in _STATIONS),
        unit=tuple(UNIT_KIND_OF[profession].name.lower() for profession, _, _ in _STATIONS),
        unit_kind=np.array([UNIT_KIND_OF[profession] for profession, _, _ in _STATIONS], dtype=np.int8),
        profession=np.array([profession for profession, _, _ in _STATIONS], dtype=np.int8),
        principal=np.array([principal for _, principal, _ in _STATIONS], dtype=np.int16),
        municipality=np.array([municipality for _, _, municipality in _STATIONS], dtype=np.int16),
        staff=np.full(count, 2, dtype=np.int32),
        paid_minutes_per_day=np.full(count, 600.0),
        base_load_share=np.full(count, 0.1),
        sek_per_minute=np.full(count, 10.0),
        contact_sek_per_minute=np.full(count, 15.0),
    )


PRICES = Prices(
    price_year=2024,
    bed_day_sek=10_000.0,
    bed_day_variable_share=0.25,
    ed_visit_sek=4_000.0,
    ambulance_sek=5_000.0,
    special_housing_day_sek=2_000.0,
    short_term_day_sek=3_000.0,
    repeated_test_sek=500.0,
    overhead_share=0.5,
    staff_variable_share=0.1,
    relative_hour_sek=200.0,
)


def observe(
    who: People | int,
    start_days: float = 0.0,
    end_days: float = 365.0,
    means: tuple[str, ...] = (),
    **tables: list[dict[str, Any]],
) -> Observation:
    """Return an observation of rows given as dicts; columns not given take a plain default (mostly 0).

    The profession of a contact or visit follows its station.
    """
    log, place = Log(), stations()
    for name, rows in tables.items():
        for row in rows:
            assert not row.keys() - TABLES[name].keys(), row
            defaults = _DEFAULTS.get(name, {})
            if "profession" in TABLES[name]:
                defaults = {**defaults, "profession": place.profession[row["station"]]}
            getattr(log, name).row(*({**defaults, **row}.get(column, 0) for column in TABLES[name]))
    return Observation(
        start_days=start_days,
        end_days=end_days,
        sample_share=1.0,
        tables=log.tables(),
        people=people(who) if isinstance(who, int) else who,
        stations=place,
        prices=PRICES,
        principals=("region", "north", "south"),
        municipalities=("northtown", "southtown"),
        municipality_principal=np.array([1, 2], dtype=np.int16),
        region_principal=0,
        means=means,
        ward_places=4.0,
    )


def value(observation: Observation, outcome: str, group_by: str = "all", group: str = "all") -> float | None:
    """Return one value of the table of all outcomes; None when the group has no row."""
    table = cached_table(observation)
    found = table[(table.outcome == outcome) & (table.group_by == group_by) & (table.group == group)]
    assert len(found) <= 1
    return None if found.empty else float(found.value.iloc[0])


_last: list[Any] = [None, None]


def cached_table(observation: Observation) -> Any:
    """Measure an observation once, however many values a test asks for."""
    from sim.outcomes.table import measure_all

    if _last[0] is not observation:
        _last[:] = [observation, measure_all(observation)]
    return _last[1]
