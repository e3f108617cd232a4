"""Make result tables that look like those of a real comparison, from a fixed recipe."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import numpy as np
import pandas as pd

from sim.analysis.differences import paired_differences
from sim.analysis.equity import equity
from sim.analysis.twins import summarise_twins, twin_rows
from sim.analysis.value import Choice, value_tables
from sim.batch.matrix import compact
from sim.cli.money import value_place
from sim.core.vocabulary import Profession, WorkKind, label
from sim.outcomes.outcome import Outcome, all_outcomes

SCENARIOS = (
    "baseline",
    "team",
    "integrated_records",
    "patient_coordinator",
    "joint_financing",
    "all_four",
)
TITLES = {
    "baseline": {"en": "Today", "sv": "I dag"},
    "team": {"en": "Team", "sv": "Team"},
    "integrated_records": {"en": "Shared records", "sv": "Gemensam journal"},
    "patient_coordinator": {"en": "Contact person", "sv": "Fast vårdkontakt"},
    "joint_financing": {"en": "Joint budget", "sv": "Gemensam budget"},
    "all_four": {"en": "All four", "sv": "Alla fyra"},
}
STRENGTH = dict(zip(SCENARIOS, (0.0, 0.5, 0.25, 0.4, 0.1, 1.0), strict=True))
PRINCIPALS = {
    "region_varmland": {"en": "Region Värmland", "sv": "Region Värmland"},
    "arvika": {"en": "Arvika", "sv": "Arvika"},
    "eda": {"en": "Eda", "sv": "Eda"},
    "saffle": {"en": "Säffle", "sv": "Säffle"},
    "arjang": {"en": "Årjäng", "sv": "Årjäng"},
}
MUNICIPALITIES = tuple(name for name in PRINCIPALS if name != "region_varmland")
NEED_GROUP_WEIGHT = {"1": 9.0, "2": 3.0, "3": 1.5, "4": 6.0, "5": 0.5}
WORK_SHARES = dict(zip(map(label, WorkKind), (0.33, 0.05, 0.09, 0.08, 0.05, 0.12), strict=True))

# level, change with all four means in per cent, noise of a paired difference in per cent
LEVELS: dict[str, tuple[float, float, float]] = {
    "deaths_per_1000": (12.4, -0.4, 1.5),
    "qalys": (0.8123, 0.1, 0.1),
    "avoidable_admissions_per_1000": (21.0, -24.0, 6.0),
    "unmet_need_days": (31.5, -18.0, 2.0),
    "days_at_home": (349.0, 0.3, 0.2),
    "usual_provider_gp": (0.52, 9.0, 2.0),
    "distinct_physicians": (4.1, -8.0, 2.0),
    "home_help_staff_14_days": (15.2, -1.0, 2.0),
    "lead_time_days": (11.8, -35.0, 2.0),
    "handovers_lost_share": (0.061, -40.0, 4.0),
    "contradictory_information_share": (0.084, -45.0, 3.0),
    "tests_repeated_share": (0.021, -50.0, 6.0),
    "help_with_coordination_share": (0.43, 55.0, 4.0),
    "relatives_hours": (23.5, -15.0, 2.0),
    "ed_visits_per_1000": (171.0, -9.0, 2.0),
    "admissions_per_1000": (104.0, -7.0, 2.5),
    "bed_days_per_1000": (590.0, -11.0, 4.0),
    "delayed_days_per_1000": (44.0, -60.0, 12.0),
    "readmission_30_days_share": (0.171, -6.0, 5.0),
    "contacts_care": (6.4, 3.0, 0.5),
    "cost_sek": (41250.0, -1.2, 0.4),
    "cash_cost_sek": (17300.0, -0.3, 0.3),
    "cost_after_transfers_sek": (41250.0, -1.2, 0.4),
    "hassle_share_of_work": (0.16, -38.0, 2.0),
    "staff_hours_hassle": (3420.0, -38.0, 2.0),
    "staff_hours": (24600.0, 1.5, 0.5),
    "utilisation": (0.91, 1.4, 0.4),
    "overload_share": (0.22, 12.0, 5.0),
}


def _random(*names: object) -> np.random.Generator:
    return np.random.default_rng(zlib.crc32("|".join(map(str, names)).encode()))


def _values(outcome: Outcome, group_by: str, group: str, weight: float, scenario: str, replications: int) -> np.ndarray:
    level, change, noise = LEVELS[outcome.id]
    key = (outcome.id, group_by, group)
    common = _random("common", *key).normal(1.0, 0.01, replications)
    if scenario == "baseline":
        return level * weight * common
    own = _random("own", *key, scenario).normal(0.0, noise / 100.0 * (1.0 if group_by == "all" else 2.5), replications)
    tilt = _random("tilt", outcome.id, scenario).normal(1.0, 0.5) if scenario != "all_four" else 1.0
    return level * weight * common * (1.0 + STRENGTH[scenario] * tilt * change / 100.0 + own)


def _groups(outcome: Outcome) -> list[tuple[str, str, float]]:
    found = [("all", "all", 1.0)]
    if outcome.id in ("cost_sek", "cash_cost_sek", "cost_after_transfers_sek"):
        found += [
            ("principal", name, share) for name, share in zip(PRINCIPALS, (0.55, 0.2, 0.08, 0.11, 0.06), strict=True)
        ]
    if outcome.id == "utilisation":
        found += [("profession", label(profession), 1.0) for profession in Profession]
    if outcome.aim != "staff" or outcome.id == "staff_hours_hassle":
        found += [("complex_needs", "yes", 8.0), ("complex_needs", "no", 0.8)]
    if outcome.aim != "staff":
        found += [("need_group", group, weight) for group, weight in NEED_GROUP_WEIGHT.items()]
        found += [("municipality", name, 1.0) for name in MUNICIPALITIES]
        found += [("quarter", str(number), 1.0) for number in range(1, 9)]
        found += [("quarter_complex_needs", str(number), 8.0) for number in range(1, 9)]
    return found


def _staff_rows(scenario: str, replications: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for profession in ("all", *map(label, Profession)):
        shares = {kind: share * _random(profession, kind).uniform(0.7, 1.3) for kind, share in WORK_SHARES.items()}
        shares["hassle"] *= 1.0 - 0.4 * STRENGTH[scenario]
        shares["coordination"] *= 1.0 + 0.8 * STRENGTH[scenario]
        shares["base_load"] = 0.18
        shares["slack"] = 1.0 - sum(shares.values())
        rows += [
            {
                "scenario": scenario,
                "replication": replication,
                "group_by": "all" if profession == "all" else "profession",
                "group": profession,
                "outcome": f"time_{kind}_share",
                "unit": "share of paid time",
                "value": share,
            }
            for replication in range(replications)
            for kind, share in shares.items()
        ]
    return rows


def _money_rows(scenario: str, replications: int) -> list[dict[str, object]]:
    """Return what the tables on money need beside the levels: transfers, payments of means, relatives, hours."""
    moved = dict(zip(PRINCIPALS, (60.0, -25.0, -10.0, -15.0, -10.0), strict=True))
    fixed = 30.0 * STRENGTH[scenario]
    cells = [("principal", name, "net_transfers_sek", sek * (1.0 - STRENGTH[scenario])) for name, sek in moved.items()]
    cells += [("principal", name, "cost_means_fixed_sek", fixed / len(PRINCIPALS)) for name in PRINCIPALS]
    cells += [("all", "all", "cost_means_fixed_sek", fixed)]
    cells += [("all", "all", "relatives_value_sek", 5875.0 * (1.0 - 0.15 * STRENGTH[scenario]))]
    cells += [
        ("profession", label(one), "staff_hours", 1000.0 * (1.0 + 0.05 * STRENGTH[scenario] * (-1) ** int(one)))
        for one in Profession
    ]
    return [
        {
            "scenario": scenario,
            "replication": replication,
            "group_by": group_by,
            "group": group,
            "outcome": outcome,
            "unit": all_outcomes()[outcome].unit,
            "value": value * _random("money", group, outcome, scenario, replication).normal(1.0, 0.01),
        }
        for replication in range(replications)
        for group_by, group, outcome, value in cells
    ]


def outcomes_table(scenarios: tuple[str, ...], replications: int) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for scenario in scenarios:
        for outcome in (all_outcomes()[name] for name in LEVELS):
            for group_by, group, weight in _groups(outcome):
                values = _values(outcome, group_by, group, weight, scenario, replications)
                rows += [
                    {
                        "scenario": scenario,
                        "replication": replication,
                        "group_by": group_by,
                        "group": group,
                        "outcome": outcome.id,
                        "unit": outcome.unit,
                        "value": value,
                    }
                    for replication, value in enumerate(values)
                ]
        rows += _staff_rows(scenario, replications)
        rows += _money_rows(scenario, replications)
    return pd.DataFrame(rows)


def _histogram(name: str, group: str, draws: np.ndarray, last: int, width: float = 1.0) -> list[tuple[object, ...]]:
    bins = np.minimum((draws / width + 1e-9).astype(int), last)
    counts = np.bincount(bins, minlength=last + 1) / len(bins)
    return [(name, group, round(place * width, 10), float(value)) for place, value in enumerate(counts)]


def _one_run(scenario: str, replication: int) -> list[tuple[object, ...]]:
    random, less = _random("spread", replication), 1.0 - 0.35 * STRENGTH[scenario]
    rows: list[tuple[object, ...]] = []
    for distance in range(6):
        lead = random.gamma(1.5, 1.5 + 2.2 * distance, 3000) * less
        rows += _histogram("lead_time_days", str(distance), lead, 60)
    rows += _histogram("distinct_physicians", "complex needs", random.poisson(4.1 * (0.7 + 0.3 * less), 2000), 60)
    rows += _histogram("home_help_staff_14_days", "all", random.poisson(15.2, 1500), 60)
    rows += _histogram("usual_provider_gp", "all", random.beta(2.2, 2.0 * less, 4000), 10, 0.1)
    for group, shape in (("region", 0.82), ("total", 0.78)):
        tops = (0.001, 0.005, 0.01, 0.02, 0.04, 0.1, 0.2, 0.5, 1.0)
        power = (1.0 - shape) * random.normal(1.0, 0.01) * (1.0 + 0.05 * STRENGTH[scenario])
        rows += [("cost_concentration", group, top, float(top**power)) for top in tops]
    return rows


def distributions_table(scenarios: tuple[str, ...], replications: int) -> pd.DataFrame:
    rows = [
        (scenario, replication, *row)
        for scenario in scenarios
        for replication in range(replications)
        for row in _one_run(scenario, replication)
    ]
    return pd.DataFrame(rows, columns=["scenario", "replication", "distribution", "group", "x", "value"])


def group_sizes() -> pd.DataFrame:
    """Return years lived by need group and municipality."""
    groups = [("need_group", name, 1000.0 / weight) for name, weight in NEED_GROUP_WEIGHT.items()]
    groups += [("municipality", name, 2000.0) for name in MUNICIPALITIES]
    return pd.DataFrame(groups, columns=["group_by", "group", "person_years"])


def _people(scenario: str, replication: int) -> pd.DataFrame:
    """Return 400 people, a tenth of them reached by means, who then go to the emergency department less."""
    random = _random("people", replication)
    need_group, visits = random.integers(1, 6, 400), random.poisson(1.0, 400)
    reached = np.arange(400) < (0 if scenario in ("baseline", "joint_financing") else 40)
    less = reached & (random.uniform(size=400) < STRENGTH[scenario])
    return pd.DataFrame(
        {
            "counted": True,
            "need_group": need_group,
            "complex_needs": need_group == 1,
            "eligible": reached,
            "enrolled": reached,
            "ed_visits": np.maximum(visits - less, 0.0),
            "bed_days": random.gamma(0.2, 5.0, 400) * np.where(less, 0.5, 1.0),
            "contacts": random.poisson(9.0, 400).astype(float),
            "unmet_days": 20.0 + np.where(less, -5.0, 2.0) * (scenario != "baseline"),
            "cost_sek": random.gamma(0.5, 40_000.0, 400),
        }
    )


def twins_table(scenarios: tuple[str, ...], replications: int) -> pd.DataFrame:
    pairs = [
        (scenario, replication, twin_rows(_people("baseline", replication), _people(scenario, replication)))
        for scenario in scenarios[1:]
        for replication in range(replications)
    ]
    return summarise_twins(pairs, "baseline")


def manifest(scenarios: tuple[str, ...], replications: int) -> dict[str, object]:
    """Return a manifest with the keys that the batch writes."""
    return {
        "status": "done",
        "command": "mellanrum compare --replications 8",
        "versions": {"mellanrum": "0.1.0", "python": "3.11"},
        "place": {"id": "vastra_varmland", "title": {"en": "Västra Värmland", "sv": "Västra Värmland"}},
        "inhabitants": 58900,
        "principals": PRINCIPALS,
        "municipalities": {name: PRINCIPALS[name] for name in MUNICIPALITIES},
        "principal_kinds": {name: "municipality" if name in MUNICIPALITIES else "region" for name in PRINCIPALS},
        "price_year": 2024,
        "years": 1.0,
        "warmup_years": 0.5,
        "sample_share": 1.0,
        "replications": replications,
        "seed": 1,
        "seeds": list(range(replications)),
        "baseline": "baseline",
        "scenarios": {name: {"title": TITLES[name]} for name in scenarios},
        "preventable_share": {"declared": 0.5, "low": 0.3, "high": 0.7, "measured": 0.487},
        "notes": [],
        "time": {"seconds": 81.3},
    }


def validation_table() -> pd.DataFrame:
    """Return three targets: one hit, one missed, one that the model has no number for."""
    ed = (
        "ed_visits_per_1000",
        "all",
        "all",
        "per 1,000 person-years",
        172.7,
        150.0,
        200.0,
        171.2,
        168.0,
        174.4,
    )
    back = (
        "readmission_30_days_share",
        "all",
        "all",
        "share of discharges",
        np.nan,
        0.2,
        0.28,
        0.171,
        0.15,
        0.19,
    )
    wait = ("wait_days_general_practitioner", "all", "all", "days", 7.0, 5.0, 9.0, np.nan, np.nan, np.nan)
    columns = [
        "outcome",
        "group_by",
        "group",
        "unit",
        "published",
        "low",
        "high",
        "simulated",
        "sim_low",
        "sim_high",
    ]
    table = pd.DataFrame([ed, back, wait], columns=columns)
    table.insert(0, "target", ["ed_visits", "readmission", "wait"])
    return table.assign(
        n=[8, 8, 0],
        inside=[True, False, None],
        strength="strong",
        range=["assumption", "published", "interval"],
        used_for=["plausibility", "held_out", "fit"],
        source="a register",
        note=["", "another population", ""],
    )


def write_folder(
    folder: Path,
    *,
    scenarios: tuple[str, ...] = SCENARIOS,
    replications: int = 8,
    distributions: bool = True,
    validation: bool = True,
) -> Path:
    """Write an output folder as a comparison leaves it."""
    outcomes = outcomes_table(scenarios, replications)
    outcomes.to_csv(folder / "outcomes.csv", index=False)
    paired_differences(outcomes).to_csv(folder / "differences.csv", index=False)
    equity(outcomes, group_sizes()).to_csv(folder / "equity.csv", index=False)
    twins_table(scenarios, replications).to_csv(folder / "twins.csv", index=False)
    if distributions:
        distributions_table(scenarios, replications).to_csv(folder / "distributions.csv", index=False)
    if validation:
        validation_table().to_csv(folder / "validation.csv", index=False)
    place = value_place(manifest(scenarios, replications))
    for name, table in value_tables(compact(outcomes), "baseline", place, Choice()).items():
        table.to_csv(folder / name, index=False)
    text = json.dumps(manifest(scenarios, replications), ensure_ascii=False)
    (folder / "manifest.json").write_text(text, encoding="utf-8")
    return folder
