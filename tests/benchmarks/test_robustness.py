"""Every trouble of the robustness script, a try of each: nothing lost, nothing twice, the same bytes, plain words."""

import random
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("looks for workers in /proc", allow_module_level=True)

from benchmarks import robustness
from benchmarks.robustness import Check, Desk

TRIES = {"kill_workers": 2, "kill_parents": 1, "spoiled_files": 6, "two_parents": 1, "real_command": 1}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("desk"), replications=20, luck=random.Random(1))


@pytest.mark.parametrize("trouble", [check for check, _, _ in robustness.CHECKS], ids=lambda check: check.__name__)
def test_trouble(trouble: Callable[[Desk, int], Check], desk: Desk) -> None:
    check = trouble(desk, TRIES.get(trouble.__name__, 1))
    assert check.is_well, check.row()


def test_a_lost_a_double_and_a_changed_run_would_be_seen(desk: Desk, tmp_path: Path) -> None:
    import shutil

    import pandas as pd

    out = tmp_path / "out"
    shutil.copytree(desk.calm, out)
    assert desk.judge(Check(trouble="none", tries=1), out).is_well
    runs = pd.read_parquet(out / "runs.parquet")
    pd.concat([runs.iloc[1:], runs.iloc[[5, 5]]]).to_parquet(out / "runs.parquet")
    check = desk.judge(Check(trouble="some", tries=1), out)
    assert (check.lost, check.duplicated, check.same_bytes, check.is_well) == (1, 2, False, False)
    (out / "runs.parquet").unlink()
    assert desk.judge(Check(trouble="all", tries=1), out).lost == desk.runs
