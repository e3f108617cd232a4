"""Line numbers are written as passages."""

import pytest

from sim.report.line_numbers import in_groups


@pytest.mark.parametrize(
    ("lines", "written"),
    [((7,), "7"), ((20, 30), "20–30"), ((20, 80, 141), "20–80, 141"), ((1, 100, 101, 300), "1, 100–101, 300")],
)
def test_near_lines_are_one_passage(lines: tuple[int, ...], written: str) -> None:
    assert in_groups(lines) == written
