from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
import pytest
from drawn_pages import DrawnPages, draw_pages
from report_factory import SCENARIOS, write_folder

from sim.report.build import build_report
from sim.report.results import Results, read_results


@pytest.fixture(scope="session")
def full_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder of six scenarios and eight replications, as a comparison leaves it."""
    return write_folder(tmp_path_factory.mktemp("full"))


@pytest.fixture(scope="session")
def full(full_folder: Path) -> Results:
    return read_results(full_folder)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory, full_folder: Path) -> dict[str, str]:
    """The page of a small comparison in each language."""
    folder = write_folder(tmp_path_factory.mktemp("small"), scenarios=SCENARIOS[:3], replications=4)
    found = {}
    for lang in ("en", "sv"):
        build_report(folder, lang=lang)
        found[lang] = (folder / "report.html").read_text(encoding="utf-8")
    return found | {"folder": str(folder)}


@pytest.fixture(scope="session")
def drawn_pages(tmp_path_factory: pytest.TempPathFactory) -> DrawnPages:
    """The pages of all commands, in both languages."""
    base = tmp_path_factory.getbasetemp()
    # Workers of one test run have a folder each beside each other.
    return draw_pages(base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base)


def by_hand(rows: list[tuple[str, str, str, float, float, float, float]], n: int = 8) -> pd.DataFrame:
    """Differences of (scenario, outcome, better, mean, low, high, baseline level), all in health."""
    names = ["scenario", "outcome", "better", "mean", "low", "high", "baseline_mean"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(baseline="baseline", group_by="all", group="all", unit="days", aim="health", n=n)
