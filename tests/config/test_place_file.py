"""Place files: the shipped place, and checks that need more than one change to provoke."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sim.config.errors import InputError
from sim.config.place import Place
from sim.config.place_file import load_place, read_place

SMALL = "scenarios/places/small.yaml"


@pytest.fixture(scope="module")
def western_varmland() -> Place:
    return read_place(Path(__file__).parents[2] / "scenarios" / "places" / "vastra_varmland.yaml")


def test_the_small_place_is_found_by_name_and_by_path(library: Any) -> None:
    assert load_place("small") == load_place(SMALL)


def test_the_shipped_place_has_the_published_population(western_varmland: Place) -> None:
    totals = {m.id: m.total for m in western_varmland.municipalities}
    assert totals == {"arvika": 25682, "eda": 8499, "saffle": 15011, "arjang": 9893}
    older = sum(g.women + g.men for m in western_varmland.municipalities for g in m.age_groups if g.from_age >= 65)
    assert 0.26 < older / sum(totals.values()) < 0.29


def test_the_shipped_place_has_five_principals_and_five_domains(western_varmland: Place) -> None:
    kinds = Counter(p.kind for p in western_varmland.principals)
    assert kinds == {"region": 1, "municipality": 4}
    assert len(western_varmland.domains) == 5
    domain = {o.id: o.domain for o in western_varmland.organisations}
    assert domain["primary_care_west"] == domain["hospital_arvika"] != domain["psychiatry_west"]


def test_the_shipped_place_is_staffed_for_its_people(western_varmland: Place) -> None:
    staff: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for unit in western_varmland.units:
        for entry in unit.staff:
            staff[entry.profession] += entry.full_time_equivalents.value
        if unit.places is not None:
            places[unit.kind] += unit.places.value
    listed_per_physician = 59_085 / staff["general_practitioner"]
    assert 1_500 < listed_per_physician < 2_000
    # 8 % of those aged 65+ have 23 hours a month in the home; with travel that must fill most of the worked hours.
    old = sum(b.women + b.men for m in western_varmland.municipalities for b in m.age_groups if b.from_age >= 65)
    hours_at_home = 0.08 * old * 23 / (staff["home_help_worker"] * western_varmland.prices.worked_hours_per_month.value)
    assert 0.5 < hours_at_home < 0.8
    assert 1.6 < places["ward"] / 59.085 < 2.1
    assert places["special_housing"] == 640


def test_a_municipality_without_a_needed_unit_is_refused(library: Any) -> None:
    text = library.path(SMALL).read_text()
    start, end = text.index("  - id: the_social_services"), text.index("  - id: the_home_help")
    path = library.write("no_social_services.yaml", text[:start] + text[end:])
    with pytest.raises(InputError, match=r"municipalities\[town\]: has no unit of kind social_services"):
        read_place(path)


@pytest.mark.parametrize(
    ("unit", "following", "message"),
    [
        ("the_ward", "the_ambulance", "no unit of kind ward"),
        ("the_ambulance", "the_home_nursing", "no unit of kind ambulance"),
        ("the_specialist_clinic", "the_psychiatric_clinic", "no unit of kind specialist_clinic"),
        ("the_psychiatric_clinic", "the_emergency_department", "no unit of kind psychiatric_clinic"),
        ("the_emergency_department", "the_ward", "exactly one unit of kind emergency_department, found 0"),
    ],
)
def test_a_place_without_a_needed_unit_is_refused(library: Any, unit: str, following: str, message: str) -> None:
    text = library.path(SMALL).read_text()
    start, end = text.index(f"  - id: {unit}\n"), text.index(f"  - id: {following}\n")
    with pytest.raises(InputError, match=message):
        read_place(library.write("mine.yaml", text[:start] + text[end:]))


def test_two_emergency_departments_are_refused(library: Any) -> None:
    text = library.path(SMALL).read_text()
    start, end = text.index("  - id: the_emergency_department"), text.index("  - id: the_ward")
    copy = text[start:end].replace("the_emergency_department", "another")
    with pytest.raises(InputError, match="exactly one unit of kind emergency_department, found 2"):
        read_place(library.write("mine.yaml", text[:end] + copy + text[end:]))


def test_listed_shares_of_two_centres_sum_to_one(library: Any) -> None:
    text = library.path(SMALL).read_text()
    start, end = text.index("  - id: the_health_centre"), text.index("  - id: the_specialist_clinic")
    centre = text[start:end]
    second = centre.replace("the_health_centre", "second").replace("listed_share: 1.0", "listed_share: 0.4")
    first = centre.replace("listed_share: 1.0", "listed_share: 0.6")
    whole = read_place(library.write("mine.yaml", text[:start] + first + second + text[end:]))
    assert [u.listed_share for u in whole.units if u.kind == "health_centre"] == [0.6, 0.4]
    with pytest.raises(InputError, match=r"units\[second\].listed_share: .* list 1.4 of its people"):
        read_place(library.write("mine.yaml", text[:start] + centre + second + text[end:]))
