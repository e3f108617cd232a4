"""Names of rows in figures are cut or broken so that a reader still tells them apart."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sim.report.figures.panels import one_line, two_lines

WORD = st.text("abcåäö:,", min_size=1, max_size=12)
NAME = st.lists(WORD, min_size=1, max_size=14).map(" ".join)


@given(NAME, st.integers(14, 60))
def test_no_line_is_longer_than_wanted_and_what_fits_is_kept(name: str, letters: int) -> None:
    lines = two_lines(name, letters).split("\n")
    assert len(lines) <= 2
    assert max(map(len, lines)) <= letters
    if len(name) <= letters:
        assert lines == [name]
    if "…" not in lines[-1]:
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")
    assert len(one_line(name, letters)) <= letters


def test_a_name_breaks_after_its_colon_where_it_can() -> None:
    named = "Hälsostaden, the mobile team's own log: no admission"
    assert two_lines(named, 46) == "Hälsostaden, the mobile team's own log:\nno admission"
    assert two_lines("Near care: admissions", 46) == "Near care: admissions"
    assert two_lines("one two three four five six: x", 12) == "one two\nthree four…"
