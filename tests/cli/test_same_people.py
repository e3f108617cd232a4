"""Scenarios in two places can be set side by side when the people are the same and only who organises care differs."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.cli.batch_request import Request, load_scenarios
from sim.config.errors import InputError


def request(*names: str) -> Request:
    return Request(
        command="compare",
        scenarios=names,
        replications=1,
        seed=1,
        jobs=1,
        sample=0.01,
        out=None,
        resume=False,
        quiet=True,
    )


def test_the_same_people_under_another_principal_are_compared() -> None:
    baseline, kept = load_scenarios(request("home_nursing_not_moved", "baseline"))
    assert (baseline.place.id, kept.place.id) == ("vastra_varmland", "vastra_varmland_regional_home_nursing")


def test_other_people_are_not(tmp_path: Path) -> None:
    path = tmp_path / "elsewhere.yaml"
    text = "title: {en: E, sv: E}\nsummary: {en: E, sv: E}\nsource: me\nextends: baseline\nplace: borgholm\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as problem:
        load_scenarios(request("baseline", str(path)))
    assert str(problem.value) == (
        "scenario elsewhere says place borgholm, baseline says vastra_varmland: "
        "they cannot be set side by side; give --place"
    )
