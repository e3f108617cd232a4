"""Runs whose answer can be worked out: what means gain adds up, what they take adds up, luck is the same for all."""

from __future__ import annotations

import hashlib
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from cli_fakes import COLUMNS

from sim.batch.jobs import Wanted
from sim.config.scenario import Scenario

F64 = npt.NDArray[np.float64]
SEK, HEALTH, COST = 0, 1, 2
WORTH = {
    # SEK per person-year to run, gain in health and in cost, per cent
    "mdt": (30.0, 4.0, -0.5),
    "mobile_response": (50.0, 6.0, 0.8),
    "integrated_records": (40.0, 1.0, 2.0),
    "patient_coordinator": (20.0, 2.0, 0.1),
    "joint_financing": (10.0, 0.3, 0.9),
    "guidelines": (15.0, 1.5, -0.2),
    "discharge_coordination": (25.0, 2.5, 0.6),
}
"""Of each means; those of the contact person are for 80 people per 10,000 inhabitants."""
PLACES = (40.0, 80.0, 160.0)
LEVELS = {"health": ("unmet_need_days", 50.0, "days per person-year"), "cost": ("cost_sek", 30000.0, "SEK")}


def worth(scenario: Scenario) -> F64:
    """Return what a mix takes and gains; twice the people with a contact person are not worth twice as much."""
    total = np.zeros(3)
    for choice in scenario.means:
        own = np.array(WORTH[choice.id])
        if choice.id == "patient_coordinator":
            people = choice.settings["patients_per_10000_inhabitants"].value
            assert isinstance(people, float)
            own *= (people / 80.0, np.sqrt(people / 80.0), np.sqrt(people / 80.0))
        total += own
    return total


def every_mix() -> F64:
    """Return what each possible mix takes and gains, worked out from the table alone; shape (mixes, 3)."""
    found = []
    others = [np.array(one) for name, one in WORTH.items() if name != "patient_coordinator"]
    contact = np.array(WORTH["patient_coordinator"])
    levels = [np.zeros(3), *(contact * (n / 80.0, np.sqrt(n / 80.0), np.sqrt(n / 80.0)) for n in PLACES)]
    for *on, level in product(*([(0.0, 1.0)] * len(others)), levels):
        found.append(sum((own * switch for own, switch in zip(others, on, strict=True)), start=level))
    return np.array(found)


def luck(*key: object) -> float:
    """Return a standard normal number that belongs to the key."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    one, two = (int.from_bytes(digest[place : place + 7], "big") / 2**56 for place in (0, 7))
    return float(np.sqrt(-2.0 * np.log(1.0 - one)) * np.cos(2.0 * np.pi * two))


def tables(scenario: Scenario, seed: int, gains: F64, sek: float) -> dict[str, pd.DataFrame]:
    rows = []
    for place, (outcome, level, unit) in enumerate(LEVELS.values(), start=1):
        common = 1.0 + 0.05 * luck(outcome, seed)
        rows.append(("all", "all", outcome, unit, level * common - level * gains[place] / 100.0))
    rows.append(("all", "all", "means_cost_sek", "SEK per person-year", sek))
    rows.append(("all", "all", "means_hours", "hours per 1,000 person-years", sek * 2.0))
    bins = pd.DataFrame([("lead_time_days", "0", 0.0, 1.0)], columns=["distribution", "group", "x", "value"])
    return {"outcomes": pd.DataFrame(rows, columns=COLUMNS), "distributions": bins}


def known_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make a run in which luck moves levels but no difference."""
    own = worth(scenario)
    return tables(scenario, seed, own, own[SEK])


def noisy_work(scenario: Scenario, seed: int, wanted: Wanted) -> dict[str, pd.DataFrame]:
    """Make a run in which no mix gains anything, and every mix has luck of its own in every run."""
    content = [
        (choice.id, sorted((name, one.value) for name, one in choice.settings.items())) for choice in scenario.means
    ]
    noise = np.array([0.0, luck("health", content, seed), luck("cost", content, seed)]) * (len(content) > 0)
    return tables(scenario, seed, noise, worth(scenario)[SEK])


def hypervolume(points: F64) -> float:
    """Return the area that points dominate above their worst corner at zero gain; shape (points, 2)."""
    area = height = 0.0
    for across, up in points[np.argsort(-points[:, 0])]:
        if across > 0.0 and up > height:
            area, height = area + across * (up - height), up
    return float(area)
