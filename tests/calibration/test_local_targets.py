"""A planner's own totals: turned into targets by hand-computed rates, every fault named by row, persons refused."""

import csv
import io
import math
from pathlib import Path

import pytest

from calibration.local_file import COLUMNS
from calibration.local_targets import read_local_targets, template, with_local_targets
from calibration.own_figures import FROM_AGE, groups_of, people_in, read_own_figures
from calibration.validation import load_targets
from sim.config.errors import InputError
from sim.config.lookup import place_files
from sim.config.place import Place
from sim.config.place_file import load_place

HEAD = "figure;group_by;group;total;tolerance;low;high\n"


@pytest.fixture(scope="module")
def place() -> Place:
    return load_place(place_files()["vastra_varmland"])


def own(tmp_path: Path, rows: str, head: str = HEAD) -> Path:
    path = tmp_path / "my.csv"
    path.write_text(head + rows, encoding="utf-8")
    return path


def test_a_total_becomes_the_rate_per_thousand_of_the_place(tmp_path: Path, place: Place) -> None:
    (target,) = read_local_targets(own(tmp_path, "ed_visits;all;all;10 000;;;\n"), place)
    inhabitants = sum(one.total for one in place.municipalities)
    assert people_in(place, "all", "all") == inhabitants
    assert target.published == pytest.approx(1000 * 10_000 / inhabitants)
    assert (target.low, target.high) == pytest.approx((0.9 * target.published, 1.1 * target.published))
    assert (target.outcome, target.unit) == ("ed_visits_per_1000", "per 1,000 person-years")
    assert "10,000 visits a year" in target.note and "tolerance 10 %" in target.note
    assert "my.csv, row 2" in target.source


def test_small_numbers_have_the_wider_range_of_chance(tmp_path: Path, place: Place) -> None:
    (target,) = read_local_targets(own(tmp_path, "deaths;municipality;eda;100;;;\n"), place)
    eda = next(one for one in place.municipalities if one.id == "eda")
    assert target.published == pytest.approx(1000 * 100 / eda.total)
    assert target.high / target.published == pytest.approx(1 + 2 * math.sqrt(100) / 100)


def test_an_own_range_or_tolerance_is_taken_as_it_is(tmp_path: Path, place: Place) -> None:
    rows = "ed_visits;all;all;10000;;9000;12000\nadmissions;all;all;5000;0,2;;\n"
    visits, admissions = read_local_targets(own(tmp_path, rows), place)
    assert (visits.low / visits.published, visits.high / visits.published) == pytest.approx((0.9, 1.2))
    assert visits.range == "published"
    assert (admissions.low / admissions.published, admissions.range) == (pytest.approx(0.8), "assumption")


def test_hours_are_divided_by_clients_and_clients_by_people(tmp_path: Path, place: Place) -> None:
    rows = (
        "home_help_hours;all;all;25000;;;\nhome_help_clients;all;all;1250;;;\n"
        "home_help_clients_65_plus;all;all;1100;;;\n"
    )
    hours, clients = read_local_targets(own(tmp_path, rows), place)
    assert (hours.outcome, hours.published) == ("home_help_hours_per_month", 20.0)
    assert clients.published == pytest.approx(1100 / people_in(place, "all", "all", FROM_AGE["inhabitants_65_plus"]))


def test_people_of_age_bands_and_municipalities_add_up(place: Place) -> None:
    for grouping in ("age", "municipality"):
        parts = sum(people_in(place, grouping, group) for group in groups_of(grouping, place))
        assert parts == pytest.approx(people_in(place, "all", "all"))
    assert people_in(place, "age", "65-79", 80.0) == 0.0
    assert people_in(place, "profession", "home_nurse") == people_in(place, "all", "all")


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ("ed_visit;all;all;1;;;\n", "my.csv:2: figure: unknown figure ed_visit; did you mean ed_visits?"),
        ("ed_visits;town;arvika;1;;;\n", "my.csv:2: group_by: ed_visits cannot be given by town; known are"),
        ("ed_visits;municipality;Arvika;1;;;\n", "my.csv:2: group: unknown municipality Arvika; did you mean arvika?"),
        ("ed_visits;age;65-80;1;;;\n", "my.csv:2: group: unknown age 65-80; did you mean 65-79?"),
        ("ed_visits;all;all;many;;;\n", "my.csv:2: total: expected a number, found many"),
        ("ed_visits;all;all;inf;;;\n", "my.csv:2: total: expected a finite number"),
        ("ed_visits;all;all;-5;;;\n", "my.csv:2: total: must not be negative, found -5"),
        ("ed_visits;all;all;10,204;;;\n", "my.csv:2: total: 10,204: thousands or decimals? write 10204"),
        ("ed_visits;all;all;10;;20;5\n", "my.csv:2: low: must be low <= total <= high, found 20, 10, 5"),
        ("ed_visits;all;all;10;;5;\n", "my.csv:2: high: is missing; give both"),
        ("ed_visits;all;all;10;10;;\n", "my.csv:2: tolerance: must be a share from 0 to 1 (0.1 = 10 %), found 10"),
        ("ed_visits;all;all;10;0.1;5;15\n", "my.csv:2: tolerance: give a tolerance, or low and high"),
        ("ed_visits;all;all;10;;;\n\ned_visits;all;all;11;;;\n", "my.csv:4: ed_visits, all: given in row 2 already"),
        ("ed_visits;all;all;10;;\n", "my.csv:2: expected 7 values, found 6"),
        ("ed_visits;all;all;;;;\n", "holds no total"),
        ("home_help_clients;all;all;900;;;\n", "holds only totals that others are divided by"),
        ("home_help_hours;all;all;900;;;\n", "my.csv:2: figure: home_help_hours of all needs home_help_clients"),
        ("ed_visits;all;all;900;;;\ned_visits;municipality;eda;901;;;\ned_visits;municipality;arvika;1;;;\n",
         "my.csv:2: total: ed_visits by municipality (rows 3, 4) add up to 902, more than the whole, 900"),
        ("bed_days;all;all;900;;;\ndelayed_bed_days;all;all;1000;;;\n",
         "my.csv:3: total: delayed_bed_days (1,000) is a part of bed_days (row 2, 900)"),
        ("contacts;all;all;900;;;\ncontacts_general_practitioner;all;all;600;;;\ncontacts_primary_care_nurse;all;all;600;;;\n",
         "my.csv:2: total: the parts of contacts (rows 3, 4) add up to 1,200, more than the whole, 900"),
        ("special_housing_80_plus;municipality;eda;9000;;;\n", "my.csv:2: total: 9,000 people, but by the place file"),
        ("ed_visits;age;0-17;100;;;\ned_visits;age;18-64;100;;;\ned_visits;age;65-79;100;;;\ned_visits;age;80+;100;;;\n"
         "ed_visits;all;all;900;;;\n", "my.csv:6: total: ed_visits by all is 900 in all, by age 400"),
    ],
)  # fmt: skip
def test_a_fault_is_named_by_row_and_column(tmp_path: Path, place: Place, rows: str, says: str) -> None:
    with pytest.raises(InputError) as problem:
        read_local_targets(own(tmp_path, rows), place)
    assert says in str(problem.value)


@pytest.mark.parametrize(
    ("head", "says"),
    [
        ("figure;group_by;group\n", "my.csv:1: column total is missing"),
        ("figure;group_by;group;totl\n", "my.csv:1: totl: unknown column; did you mean total?"),
        ("figure;group_by;group;total;total\n", "my.csv:1: total: given 2 times"),
        ("personnummer;figure;group_by;group;total\n", "my.csv:1: personnummer: looks like a column about persons"),
        ("figure;group_by;group;total;efternamn\n", "never personal data"),
    ],
)
def test_a_wrong_head_is_refused(tmp_path: Path, place: Place, head: str, says: str) -> None:
    with pytest.raises(InputError) as problem:
        read_local_targets(own(tmp_path, "", head), place)
    assert says in str(problem.value)


@pytest.mark.parametrize(
    "number",
    ["19121212-1212", "121212-1212", "121212+1212", "191212121212", "1212121212", "121272-1219", "121212-TF12"],
)
@pytest.mark.parametrize("column", ["group", "total", "comment"])
def test_personal_identity_numbers_are_refused_and_not_repeated(
    tmp_path: Path, place: Place, number: str, column: str
) -> None:
    cells = {"figure": "ed_visits", "group_by": "all", "group": "all", "total": "5", "comment": ""} | {column: number}
    with pytest.raises(InputError, match="personal identity number") as problem:
        read_local_targets(own(tmp_path, ";".join(cells.values()), ";".join(cells) + "\n"), place)
    assert number not in str(problem.value)
    assert f"my.csv:2: {column}" in str(problem.value)


def test_a_sum_of_money_is_no_person(tmp_path: Path, place: Place) -> None:
    # Ten digits that begin like a date, yet whose last is not the check digit of the others.
    (target,) = read_local_targets(own(tmp_path, "cost;all;all;1212121213;;;\n"), place)
    assert target.unit == "SEK per person-year"


def test_commas_part_fields_too_and_the_point_is_then_the_decimal(tmp_path: Path, place: Place) -> None:
    path = own(tmp_path, "ed_visits,all,all,10000.5,0.05\n", "figure,group_by,group,total,tolerance\n")
    (target,) = read_local_targets(path, place)
    assert target.high / target.published == pytest.approx(1.05)


def test_own_figures_take_the_place_of_published_ones_of_the_same_cell(tmp_path: Path, place: Place) -> None:
    rows = "ed_visits;all;all;10000;;;\ned_visits;municipality;eda;1300;;;\n"
    mine = read_local_targets(own(tmp_path, rows), place)
    together = with_local_targets(load_targets(), mine)
    ids = [target.id for target in together]
    assert "ed_visits" not in ids and "mean_stay" in ids
    assert ids[-2:] == ["own_ed_visits", "own_ed_visits_municipality_eda"]
    assert len(together) == len(load_targets()) + 1


@pytest.mark.parametrize("name", sorted(place_files()))
def test_the_template_of_every_place_reads_back_when_filled_in(tmp_path: Path, name: str) -> None:
    there = load_place(place_files()[name])
    rows = list(csv.DictReader(io.StringIO(template(there)), delimiter=";"))
    assert tuple(rows[0]) == COLUMNS
    assert {row["figure"] for row in rows} == set(read_own_figures().figures)
    wanted = next(row for row in rows if row["figure"] == "bed_days" and row["group_by"] == "municipality")
    wanted["total"] = "77,5"
    path = tmp_path / "filled.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    (target,) = read_local_targets(path, there)
    assert target.group == wanted["group"]
    assert target.published == pytest.approx(77.5 / people_in(there, "municipality", target.group) * 1000)
