"""A place that extends another: staff and places in proportion to people, worked out by hand; and bad input."""

from __future__ import annotations

from typing import Any

import pytest

from sim.config.errors import InputError
from sim.config.lookup import place_files
from sim.config.place import Place, Unit
from sim.config.place_file import load_place, read_place

LIKE = """
id: twice
title: {en: Twice, sv: Dubbelt}
extends: small
principals:
- {id: county, kind: region, title: {en: County, sv: Region}}
- {id: city, kind: municipality, title: {en: City, sv: Kommun}}
renamed:
  health: {id: county_health, title: {en: Care of the county, sv: Regionens vård}}
  the_ward: {id: wards, title: {en: Wards, sv: Avdelningar}}
totals:
  psychiatrist: {value: 3, low: 2, high: 4, unit: people, source: counted}
  elective_occupancy: {value: 6, low: 5, high: 7, unit: beds, source: counted}
municipalities:
- id: city
  title: {en: City, sv: Stad}
  principal: city
  like: town
  health_centres: 2
  total: 2000
  total_source: counted
  age_groups:
  - {from_age: 0, to_age: 64, women: 900, men: 800}
  - {from_age: 65, to_age: 84, women: 150, men: 100}
  - {from_age: 85, to_age: 105, women: 30, men: 20}
  age_source: counted
  ambulance_minutes: {value: 10, low: 5, high: 20, unit: minutes, source: assumption}
base_load_share:
  psychiatrist: {value: 0.5, low: 0.4, high: 0.6, unit: share, source: assumption}
"""


@pytest.fixture
def twice(library: Any) -> Place:
    return read_place(library.write("twice.yaml", LIKE))


def unit(place: Place, name: str) -> Unit:
    return next(one for one in place.units if one.id == name)


def full_time(place: Place, name: str) -> float:
    return unit(place, name).staff[0].full_time_equivalents.value


def test_staff_and_places_are_in_proportion_to_the_people_served(twice: Place) -> None:
    # The small place: 1,000 people, 300 of them 65+, 100 of them 80+; 4 of each profession, 20 beds, 30 places.
    # Here: 2,000 people, 300 of them 65+; 80+ are 50 and a quarter (years 80-84 of 65-84) of 250.
    assert full_time(twice, "the_social_services_city") == 8
    assert full_time(twice, "the_specialist_clinic") == 8
    assert full_time(twice, "the_home_nursing_city") == 4
    assert unit(twice, "wards").places.value == 20
    assert unit(twice, "the_special_housing_city").places.value == round(30 * 112.5 / 100)
    wide = unit(twice, "the_social_services_city").staff[0].full_time_equivalents
    assert (wide.low, wide.high) == (2, 16)
    assert wide.source == "assumption (as in Small, in proportion to inhabitants)"


def test_health_centres_part_the_staff_and_the_people(twice: Place) -> None:
    centres = [one for one in twice.units if one.kind == "health_centre"]
    assert [one.listed_share for one in centres] == [0.5, 0.5]
    assert [one.staff[0].full_time_equivalents.value for one in centres] == [4, 4]
    assert {one.organisation for one in centres} == {"county_health"}


def test_what_the_file_says_holds(twice: Place) -> None:
    psychiatrist = unit(twice, "the_psychiatric_clinic").staff[0]
    assert (psychiatrist.full_time_equivalents.value, psychiatrist.full_time_equivalents.source) == (3, "counted")
    assert psychiatrist.base_load_share.value == 0.5
    assert unit(twice, "wards").elective_occupancy.value == 6
    assert {o.id: o.principal for o in twice.organisations} == {"county_health": "county", "care_city": "city"}
    assert twice.prices == load_place("small").prices
    assert sum(share.value for share in twice.joint_budget_shares.values()) == pytest.approx(1)


def test_municipal_care_can_be_the_regions(library: Any) -> None:
    moved = LIKE + "moved_to_region: {elderly_care: somatic_care}\n"
    care = read_place(library.write("moved.yaml", moved)).organisations[1]
    assert (care.id, care.principal, care.domain) == ("care_city", "county", "somatic_care")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("like: town", "like: twon", r"twice.yaml:\d+: municipalities\[city\].like: twon is no municipality"),
        ("extends: small", "extends: smal", "extends: smal: unknown place; did you mean small"),
        ("extends: small", "extends: gotland", "extends: gotland itself extends a place"),
        ("extends: small", "extends: nowhere.yaml", "extends: there is no file nowhere.yaml"),
        ("  psychiatrist: {value: 3", "  psychiatrists: {value: 3", "totals.psychiatrists: psychiatrists is no prof"),
        ("value: 3, low: 2", "value: 0, low: 0", "totals.psychiatrist.value: must be above 0"),
        ("value: 0.5, low", "value: 0.99, low", "base_load_share.psychiatrist.value: must be within its range"),
        ("value: 0.5, low: 0.4, high: 0.6", "value: 0.9, low: 0.4, high: 0.95", "a share below the utilisation"),
        ("  the_ward:", "  the_home_help:", "renamed.the_home_help: the_home_help is no organisation or unit of all"),
        ("kind: region,", "kind: municipality,", "exactly one principal of kind region"),
        ("total: 2000", "total: 2001", "sum to 2000, but total is 2001"),
        ("to_age: 64", "to_age: -1", "must be within from_age"),
        ("health_centres: 2", "health_centres: 0", "health_centres: must be at least 1"),
        ("principal: city", "principal: ciry", "ciry is no principal of this place"),
        ("extends: small", "extends: small\nunits: []", "units: unknown key"),
    ],
)  # fmt: skip
def test_bad_input_is_one_message(library: Any, old: str, new: str, message: str) -> None:
    assert old in LIKE
    with pytest.raises(InputError, match=message):
        read_place(library.write("twice.yaml", LIKE.replace(old, new, 1)))


def test_the_command_line_checks_and_shows_it(library: Any) -> None:
    library.write("twice.yaml", LIKE)
    assert library.mellanrum("check", "twice.yaml") == (0, "twice.yaml: OK (place)\n", "")
    code, shown, _ = library.mellanrum("show", "baseline", "--place", "gotland")
    assert code == 0
    assert "Gotland" in shown


@pytest.mark.parametrize(
    ("place", "people", "municipalities"),
    [
        ("stockholm_lan", 2_303_417, 26),
        ("norrtalje", 65_770, 1),
        ("angelholm", 40_743, 1),
        ("gotland", 61_029, 1),
        ("borgholm", 10_837, 1),
        ("jonkoping", 368_856, 13),
    ],
)
def test_shipped_places_have_the_published_people(place: str, people: int, municipalities: int) -> None:
    read = load_place(place)
    assert place in place_files()
    assert sum(m.total for m in read.municipalities) == people
    assert len(read.municipalities) == municipalities
    older = sum(g.women + g.men for m in read.municipalities for g in m.age_groups if g.from_age >= 65)
    assert 0.14 < older / people < 0.37
    physicians = sum(
        s.full_time_equivalents.value for u in read.units for s in u.staff if s.profession == "general_practitioner"
    )
    assert 1_400 < people / physicians < 2_000


def test_on_gotland_one_principal_is_both() -> None:
    gotland = load_place("gotland")
    assert [p.kind for p in gotland.principals] == ["region_and_municipality"]
    assert {o.principal for o in gotland.organisations} == {"region_gotland"}
    assert gotland.joint_budget_shares["region_gotland"].value == pytest.approx(1)


def test_in_stockholm_county_home_nursing_is_the_regions() -> None:
    place = load_place("stockholm_lan")
    owner = {o.id: o.principal for o in place.organisations}
    of_kind = {
        kind: {owner[u.organisation] for u in place.units if u.kind == kind} for kind in ("home_nursing", "home_help")
    }
    assert of_kind["home_nursing"] == {"region_stockholm"}
    assert len(of_kind["home_help"]) == 26


MOVED = """
id: moved
title: {en: Moved, sv: Flyttat}
extends: small
moved_to_region: {DOMAINS}
"""


def moved_file(library: Any) -> tuple[Place, str]:
    """Return the small place and a file that moves the domain of its home nursing to the region."""
    small = load_place("small")
    region = next(one.id for one in small.principals if one.is_region)
    organisations = {one.id: one for one in small.organisations}
    of_region = next(one.domain for one in small.organisations if one.principal == region)
    nursing = organisations[next(one.organisation for one in small.units if one.kind == "home_nursing")]
    return small, MOVED.replace("{DOMAINS}", f"{{{nursing.domain}: {of_region}}}")


def test_a_place_without_people_of_its_own_differs_in_principal_and_domain_only(library: Any) -> None:
    small, text = moved_file(library)
    moved = read_place(library.write("moved.yaml", text))
    assert (moved.id, moved.title.sv) == ("moved", "Flyttat")
    same = set(Place.model_fields) - {"id", "title", "organisations"}
    assert all(getattr(moved, name) == getattr(small, name) for name in same)
    region = next(one.id for one in small.principals if one.is_region)
    pairs = list(zip(small.organisations, moved.organisations, strict=True))
    changed = [after for before, after in pairs if before != after]
    assert changed and {one.principal for one in changed} == {region}
    assert all(before.principal != region for before, after in pairs if before != after)


@pytest.mark.parametrize(
    ("domains", "says"),
    [("{}", "moved_to_region: must hold at least 1, found 0"), ("{dentistry: dentistry}", "dentistry is no domain")],
)
def test_what_moves_must_be_there(library: Any, domains: str, says: str) -> None:
    path = library.write("moved.yaml", MOVED.replace("{DOMAINS}", domains))
    with pytest.raises(InputError) as problem:
        read_place(path)
    assert str(problem.value).startswith("moved.yaml:5: ") and says in str(problem.value)
