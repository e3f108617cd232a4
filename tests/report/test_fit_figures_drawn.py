"""The picture of a fit: an interval that leaves the frame has an arrow on that side, and only there."""

from __future__ import annotations

import pandas as pd
import pytest

from sim.report.figures.fit import draw_targets
from sim.report.texts import read_texts


def one(after: tuple[float, float, float], before: tuple[float, float, float] = (0.45, 0.5, 0.55)) -> pd.DataFrame:
    """Return a target published as 0.4 to 0.6, with what is simulated after the fit and before."""
    row = {"target": "ed_visits", "scale": "plain", "unit": "days", "low": 0.4, "high": 0.6, "inside": False}
    row |= dict(zip(("after_low", "after", "after_high"), after, strict=True))
    row |= dict(zip(("prior_low", "start", "prior_high"), before, strict=True))
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("after", "arrows", "means"),
    [
        ((0.45, 0.5, 0.55), [], 2),
        ((0.5, 0.6, 1.4), [">"], 2),
        ((-0.9, 0.5, 1.4), ["<", ">"], 2),
        ((2.0, 2.5, 3.0), [">"], 1),
        ((-3.0, -2.5, -2.0), ["<"], 1),
    ],
)
def test_arrows_stand_where_an_interval_leaves_the_frame(
    after: tuple[float, float, float], arrows: list[str], means: int
) -> None:
    axes = draw_targets(one(after), read_texts("en")).figure.axes[0]
    marks = [line.get_marker() for line in axes.lines]
    assert sorted(mark for mark in marks if mark in ("<", ">")) == arrows
    assert marks.count("o") == means
