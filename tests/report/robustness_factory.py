"""An output folder of `mellanrum robustness` whose tables are written by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import qmc

from sim.analysis.discovery import DISCOVERY_COLUMNS
from sim.analysis.regret import regret_rows
from sim.analysis.satisficing import Requirement, satisficing_rows

SHARE, LEAD, BUDGET = (
    "worsening.preventable_share",
    "gap.lead_time_mean_days*",
    "means.joint_financing.dispute_share_left",
)
CHOICES = ("baseline", "joint_financing", "team")
TITLES = {
    "baseline": {"en": "Today's care", "sv": "Dagens vård"},
    "joint_financing": {"en": "Joint budget", "sv": "Gemensam budget"},
    "team": {"en": "Team collaboration", "sv": "Teamsamverkan"},
}
FUTURES = 40
ABOUT = {"criterion": "cost_sek", "unit": "SEK per person-year", "group_by": "all", "group": "all"}


def write_robustness(folder: Path, *, verdict: str = "region", third: bool = False, replications: int = 2) -> Path:
    """Write a folder in which the joint budget does not pay where little is preventable and lead times are long."""
    folder.mkdir(parents=True, exist_ok=True)
    points = np.asarray(qmc.LatinHypercube(3, seed=4).random(FUTURES))
    parameters = {SHARE: 0.3 + 0.4 * points[:, 0], LEAD: 0.5 * 4.0 ** points[:, 1], BUDGET: points[:, 2]}
    fails = (parameters[SHARE] < 0.45) & (parameters[LEAD] > 0.8)
    gain = np.where(fails, -60.0, 80.0) + 30.0 * np.sin(7.0 * points[:, 2])
    values = np.stack([np.zeros(FUTURES), gain, np.full(FUTURES, -20.0)], axis=1)[:, None, :] - 62_000.0
    values = np.repeat(values, replications, axis=1)
    regret = regret_rows(ABOUT, CHOICES, values, seed=1)
    regret.to_csv(folder / "regret.csv", index=False)
    found = values[:, 0].max(axis=1, keepdims=True) - values[:, 0]
    named = {name: np.repeat(numbers, 3) for name, numbers in parameters.items()}
    table = pd.DataFrame({
        "future": np.repeat(np.arange(FUTURES), 3), "scenario": list(CHOICES) * FUTURES,
        "group_by": "all", "group": "all", **named, "cost_sek": -values[:, 0].ravel(),
        "regret_cost_sek": found.ravel(),
        "pays": np.stack([np.full(FUTURES, ""), np.where(gain < 0, "no", "yes"), np.full(FUTURES, "no")], 1).ravel(),
        "unclear": np.stack([np.full(FUTURES, ""), np.where(np.abs(gain) < 35, "yes", "no"),
                             np.full(FUTURES, "no")], 1).ravel(),
    })  # fmt: skip
    table.to_csv(folder / "futures.csv", index=False)
    pd.DataFrame(_discovery(verdict, third, replications), columns=list(DISCOVERY_COLUMNS)).to_csv(
        folder / "discovery.csv", index=False
    )
    requirement = Requirement(outcome="cost_sek", at_most=True, limit=61_950.0)
    satisficing_rows({"group_by": "all", "group": "all"}, CHOICES, {requirement: -values[:, 0]}).to_csv(
        folder / "satisficing.csv", index=False
    )
    (folder / "manifest.json").write_text(json.dumps(_manifest(replications)), encoding="utf-8")
    return folder


def _discovery(verdict: str, third: bool, replications: int) -> list[dict[str, Any]]:
    """Return the joint budget's rows with the verdict, and those of the team, which never pays."""
    about = {**ABOUT, "against": "baseline", "at_least": 0.0, "n": FUTURES}
    counts = {"failing": 16, "failing_share": 0.4, "failing_low": 0.26, "failing_high": 0.55, "verdict": verdict,
              "unclear": np.nan, "unclear_failing": np.nan}  # fmt: skip
    if replications > 1:
        counts |= {"unclear": 7, "unclear_failing": 3}
    own = {**about, "scenario": "joint_financing", **counts, "p_value": 0.01 if verdict == "region" else 0.4}
    limits = [(SHARE, np.nan, 0.451), (LEAD, 0.8, np.nan)] + ([(BUDGET, 0.2, 0.9)] if third else [])
    if verdict == "region":
        own |= {
            "inside": 12, "failing_inside": 11, "density": 0.92, "density_low": 0.65, "density_high": 0.99,
            "coverage": 0.69, "coverage_low": 0.44, "coverage_high": 0.86,
            "unseen_density": 0.8, "unseen_coverage": 0.6,
        }  # fmt: skip
    else:
        limits = [(SHARE, np.nan, np.nan), (LEAD, np.nan, np.nan)]
    every = {"failing": FUTURES, "failing_share": 1.0, "failing_low": 0.91, "failing_high": 1.0, "unclear": 0,
             "unclear_failing": 0, "verdict": "always"}  # fmt: skip
    rows = [
        {**own, "rank": rank, "parameter": name, "low": low, "high": high, "separation": 0.6}
        for rank, (name, low, high) in enumerate(limits, start=1)
    ]
    rows += [
        {**about, "scenario": "team", **every, "rank": rank, "parameter": name, "separation": 0.0}
        for rank, name in enumerate((SHARE, LEAD), start=1)
    ]
    return rows


def _manifest(replications: int) -> dict[str, Any]:
    parameters = [
        {"name": name, "unit": unit, "meaning": "something", "start": 1.0, "low": low, "high": high, "scale": scale,
         "range": "declared"}
        for name, unit, low, high, scale in (
            (SHARE, "share", 0.3, 0.7, "linear"),
            (LEAD, "factor", 0.5, 2.0, "log"),
            (BUDGET, "share", 0.0, 1.0, "linear"),
        )
    ]  # fmt: skip
    return {
        "command": "mellanrum robustness baseline joint_financing team",
        "place": {"title": {"en": "Western Värmland", "sv": "Västra Värmland"}},
        "years": 1.0, "warmup_years": 0.5, "replications": FUTURES * replications, "sample_share": 0.1, "seed": 1,
        "scenarios": TITLES, "runs": {"done": 3 * FUTURES * replications, "failed": 0},
        "robustness": {
            "source": "declared", "sets": FUTURES, "common_luck": False, "parameters": parameters, "held": {},
            "against": "baseline", "outcomes": ["cost_sek"], "groups": [["all", "all"]], "worth_sek": {"cost_sek": 1.0},
            "refused": [{"criterion": "ed_visits_per_1000", "unit": "per 1,000 person-years", "group_by": "all",
                         "group": "all", "why": "not_finite", "unusable": 2, "values": 240, "first": 3}],
            "choices": list(CHOICES), "pays_by": "cost_sek", "at_least": 0.0, "requirements": ["cost_sek<=61950"],
        },
    }  # fmt: skip
