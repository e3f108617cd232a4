"""Every scenario of the library runs, and one that loses its champion falls back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from library_files import NAMES, on

from sim.config.loader import load_scenario
from sim.core.vocabulary import WorkCause
from sim.run import simulate

SHORT = {"sample_share": 0.01, "years": 0.05, "warmup_years": 0.02}
LEAVES_AFTER_DAYS = 60
HALF_LIFE_DAYS = 90
SOON = f"""title: {{en: Soon, sv: Snart}}
summary: {{en: Soon, sv: Snart}}
source: a test
parameters:
  implementation.champion_leaves_after_days: {LEAVES_AFTER_DAYS}
  implementation.fall_back_half_life_days: {HALF_LIFE_DAYS}
"""
YEARS = 0.75
LAST_WEEKS = 6


@pytest.mark.parametrize("name", NAMES)
def test_runs_for_a_short_period(name: str) -> None:
    observation = simulate(load_scenario(name, **SHORT), seed=3)
    assert len(observation.table("contacts")["person"]) > 0
    assert len(observation.table("visits")["person"]) > 0
    if not on(name):
        assert not (observation.table("work")["cause"] == WorkCause.MEANS).any()


def weekly_minutes(name: str | Path) -> np.ndarray:
    """Return the standing work of the means, minutes in each week of the run."""
    observation = simulate(load_scenario(name, sample_share=0.02, years=YEARS, warmup_years=0.0), seed=5)
    work = observation.table("work")
    mine = (work["cause"] == WorkCause.MEANS) & (work["person"] < 0)
    week = (work["time_days"][mine] // 7).astype(int)
    return np.bincount(week, weights=work["minutes"][mine])


def test_when_the_champion_leaves_less_is_done_week_by_week_and_an_agreement_holds(tmp_path: Path) -> None:
    done = {"all_four": weekly_minutes("all_four")}
    for name in ("champion_leaves", "champion_leaves_agreement"):
        path = tmp_path / f"{name}_soon.yaml"
        path.write_text(f"extends: {name}\n{SOON}", encoding="utf-8")
        done[name] = weekly_minutes(path)
    stays, leaves, held = done.values()
    before = LEAVES_AFTER_DAYS // 7
    assert stays[:before].tolist() == leaves[:before].tolist()
    gone_days = YEARS * 365 - LEAVES_AFTER_DAYS - LAST_WEEKS * 7 / 2
    left = 0.2 + 0.8 * 0.5 ** (gone_days / HALF_LIFE_DAYS)
    # Standing work follows fidelity, with a quarter on top for as much as is still (or again) to be learned.
    last = slice(-LAST_WEEKS, None)
    assert leaves[last].sum() / stays[last].sum() == pytest.approx(left * (1.25 - 0.25 * left), rel=0.1)
    assert held[last].sum() > 1.2 * leaves[last].sum()
