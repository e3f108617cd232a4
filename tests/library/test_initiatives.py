"""The library says what the reports say: every system, every cell, every line; and what it adds is said."""

from __future__ import annotations

from collections import Counter

import pytest
from library_files import DESCRIBED, ENTRIES, NAMES, SYSTEMS, WITH_CELLS, on, scenario, stands

from calibration.initiatives import read_initiatives
from sim.config.lookup import means_files, scenario_files
from sim.config.place_file import load_place
from sim.config.stands_for import SEVENTEEN
from sim.report.line_numbers import in_groups

OBSTACLES = "stockholm_obstacles"
"""What stands in the way today: not a system to try, but what the baseline is."""


def test_every_system_of_the_reports_is_there() -> None:
    carried = {stands(name).entry for name in SYSTEMS}
    assert set(ENTRIES) - carried == {OBSTACLES}
    assert sum(stands(name).report == "000" for name in SYSTEMS) == 11
    stated = Counter(stands(name).entry for name in WITH_CELLS)
    assert stated == Counter(entry.id for entry in ENTRIES.values() if entry.cells)


@pytest.mark.parametrize("name", WITH_CELLS)
def test_cells_are_those_of_the_evidence(name: str) -> None:
    found = stands(name)
    facts = ENTRIES[str(found.entry)].cells
    assert list(found.stated()) == [means for means in SEVENTEEN if means in facts]
    for means, cell in found.stated().items():
        fact = facts[means]
        assert (cell.value, cell.lean, cell.inferred, cell.line) == (fact.value, fact.lean, fact.inferred, fact.line)


@pytest.mark.parametrize("name", WITH_CELLS)
def test_what_the_source_says_is_switched_on_and_nothing_else_in_silence(name: str) -> None:
    found, switched_on = stands(name), {means.id: means for means in scenario(name).means}
    said = found.inferred.en.lower() if found.inferred else ""
    for means, cell in found.stated().items():
        by = found.expressed_by.get(means, means)
        if cell.value in ("yes", "partial"):
            assert by in switched_on, means
        if cell.value == "partial" and by == means:
            assert switched_on[means].coverage < 1, f"{means} is partial"
        if cell.value in ("no", "unclear"):
            assert by == means, f"{means} is {cell.value}: nothing expresses it"
            own_name = scenario(f"means/{means}").title.en.lower()
            assert means not in switched_on or own_name in said, f"{means} is {cell.value}, yet on without a word"


@pytest.mark.parametrize("name", WITH_CELLS)
def test_part_of_a_means_is_said(name: str) -> None:
    partial = {means for means, cell in stands(name).stated().items() if cell.value == "partial"}
    reduced = {means.id for means in scenario(name).means if means.coverage < 1 or means.fidelity < 1}
    assert not reduced - partial or stands(name).inferred is not None


def test_initiatives_of_report_000_have_all_seventeen_cells() -> None:
    initiatives = [name for name in SYSTEMS if stands(name).kind == "initiative"]
    assert len(initiatives) == 11
    for name in initiatives:
        assert list(stands(name).stated()) == list(SEVENTEEN)


def test_every_scenario_of_the_reports_says_what_it_stands_for() -> None:
    """A means of one's own need not: it stands for nothing in the reports."""
    of_reports = {f"means/{means}" for means in SEVENTEEN}
    of_reports |= {name for name in NAMES if name.startswith(("initiatives/", "reimbursement/", "expansion/"))}
    assert of_reports - set(DESCRIBED) == set()


@pytest.mark.parametrize("name", DESCRIBED)
def test_lines_and_entry_are_those_of_the_copied_evidence(name: str) -> None:
    facts, found = read_initiatives(), stands(name)
    assert set(found.lines) <= facts.lines(found.report)
    assert {cell.line for cell in found.stated().values()} <= set(found.lines)
    if found.entry is not None:
        entry = facts.find(found.entry)
        assert entry.report == found.report
        assert entry.lines() & set(found.lines)


@pytest.mark.parametrize("name", SYSTEMS)
def test_header_and_source_name_report_and_lines(name: str) -> None:
    found = stands(name)
    written = in_groups(found.lines).replace("–", "-")
    assert f"report {found.report} " in scenario(name).source
    assert scenario(name).source.endswith((f"lines {written}", f"line {written}"))
    text = scenario_files()[name].read_text(encoding="utf-8")
    header = " ".join(line.removeprefix("#").strip() for line in text.splitlines() if line.startswith("#"))
    assert "Stands for:" in header and written in header
    for part, what in (("Inferred", found.inferred), ("Not expressed", found.not_expressed)):
        assert (f"{part}: {what.en.strip()}" in header) if what else (f"{part}:" not in header)
    assert found.entry is None or f"`{found.entry}`" in header
    own_place = header.partition("its own place is `--place ")[2].partition("`")[0]
    assert not own_place or load_place(own_place).id == own_place


def test_titles_are_unique_in_both_languages() -> None:
    for language in ("en", "sv"):
        titles = Counter(getattr(scenario(name).title, language) for name in NAMES)
        assert [title for title, times in titles.items() if times > 1 or not title.strip()] == []


def test_every_means_is_used_by_a_system_or_combination_besides_its_own_file() -> None:
    used = {means for name in NAMES if not name.startswith("means/") for means in on(name)}
    of_reports = {name.removeprefix("means/") for name in DESCRIBED if name.startswith("means/")}
    assert len(of_reports) >= 33 and of_reports <= set(means_files())
    assert of_reports - used == set()
    assert set(SEVENTEEN) <= {means for name in SYSTEMS for means in on(name)}


def test_home_nursing_moved_or_not_differs_in_its_principal_only() -> None:
    moved, kept = (scenario(f"initiatives/home_nursing_{one}").place for one in ("moved", "not_moved"))
    assert (moved.municipalities, moved.units, moved.prices) == (kept.municipalities, kept.units, kept.prices)
    principal = {one.id: one.principal for one in kept.organisations}
    changed = {one.id for one in moved.organisations if principal[one.id] != one.principal}
    of_home_nursing = {unit.organisation for unit in moved.units if unit.kind == "home_nursing"}
    assert changed == of_home_nursing
    assert {principal[one] for one in changed} == {"region_varmland"}


def test_prerequisites_start_from_the_survey() -> None:
    """Today's share is the mean of what municipalities and primary care answered, or 1 less those who lack it."""
    registered = scenario("baseline").parameters
    for entry, share in (
        ("np_clear_division", "clear_responsibility"),
        ("np_shared_routines", "joint_routines"),
        ("np_meeting_places", "meeting_places"),
        ("np_deviation", "deviation_handling"),
    ):
        fact = read_initiatives().find(entry)
        asked = fact.survey[0].shares  # type: ignore[union-attr]  # a prerequisite has a survey
        mean = (asked["municipality"] + asked["primary_care"]) / 2
        today = 1 - mean if entry == "np_deviation" else mean
        assert registered[f"prerequisites.{share}_today"].value == pytest.approx(today, abs=0.01)
        assert registered[f"prerequisites.{share}_share"].value == registered[f"prerequisites.{share}_today"].value
