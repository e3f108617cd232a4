"""Numbers of a place that a planner moves: what changes, what stays, and what is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.place_settings import place_settings, with_place_settings
from sim.core.luck import Luck
from sim.core.purposes import Purpose
from sim.population.traits import Population, draw_population

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
BASELINE = load_scenario("baseline")
PLACE = BASELINE.place


def staff_of(place: Any, profession: str) -> float:
    return float(sum(s.full_time_equivalents.value for u in place.units for s in u.staff if s.profession == profession))


def places_of(place: Any, kind: str) -> float:
    return float(sum(u.places.value for u in place.units if u.kind == kind and u.places))


def test_nothing_changed_is_the_place_itself() -> None:
    now = {name.removeprefix("place."): one.value for name, one in place_settings(PLACE).items()}
    assert with_place_settings(PLACE, now) is PLACE


def test_staff_beds_and_places_are_multiplied_and_the_rest_stays() -> None:
    changed = with_place_settings(PLACE, {"staff": {"home_nurse": 0.9}, "beds": 1.2, "special_housing": 1.5})
    assert staff_of(changed, "home_nurse") == pytest.approx(0.9 * staff_of(PLACE, "home_nurse"))
    assert staff_of(changed, "therapist") == staff_of(PLACE, "therapist")
    assert places_of(changed, "ward") == pytest.approx(1.2 * places_of(PLACE, "ward"))
    assert places_of(changed, "special_housing") == pytest.approx(1.5 * places_of(PLACE, "special_housing"))
    assert places_of(changed, "short_term_home") == places_of(PLACE, "short_term_home")
    assert changed.id == "vastra_varmland_changed" and changed.municipalities == PLACE.municipalities


def test_an_older_population_has_more_of_those_ages_only() -> None:
    changed = with_place_settings(PLACE, {"people_85plus": 2.0})
    for before, after in zip(PLACE.municipalities, changed.municipalities, strict=True):
        for old, new in zip(before.age_groups, after.age_groups, strict=True):
            factor = 2 if old.from_age >= 85 else 1
            assert (new.women, new.men, new.grown) == (factor * old.women, factor * old.men, factor)
        assert after.total == sum(band.women + band.men for band in after.age_groups) > before.total


def test_the_region_s_share_leaves_the_others_in_proportion() -> None:
    changed = with_place_settings(PLACE, {"region_budget_share": 0.4})
    before = {name: one.value for name, one in PLACE.joint_budget_shares.items()}
    after = {name: one.value for name, one in changed.joint_budget_shares.items()}
    assert after["region_varmland"] == 0.4 and sum(after.values()) == pytest.approx(1.0)
    assert after["arvika"] / after["eda"] == pytest.approx(before["arvika"] / before["eda"])


def test_what_does_not_fit_together_is_refused() -> None:
    few = PLACE.model_copy(
        update={
            "municipalities": tuple(
                one.model_copy(update={"age_groups": one.age_groups[:-3]}) for one in PLACE.municipalities
            )
        }
    )
    with pytest.raises(InputError, match="no age band of arvika begins at 85; part its bands there"):
        with_place_settings(few, {"people_85plus": 2.0})
    for unit in PLACE.units:
        if unit.elective_occupancy is not None:
            assert unit.places is not None
            full = unit.model_copy(
                update={"elective_occupancy": unit.elective_occupancy.model_copy(update={"value": 60.0, "high": 70.0})}
            )
            units = tuple(full if one.id == unit.id else one for one in PLACE.units)
    with pytest.raises(InputError, match="must be below the 54 beds, found 60"):
        with_place_settings(PLACE.model_copy(update={"units": units}), {"beds": 0.5})


def drawn(place: Any) -> Population:
    return draw_population(place, dict(BASELINE.parameters), Luck(1, Purpose), 1.0)


def test_in_an_older_population_the_same_need_leads_to_the_same_services() -> None:
    today = drawn(PLACE)
    aged = drawn(with_place_settings(PLACE, {"people_85plus": 2.0, "special_housing": 2.0}))
    assert np.isclose((aged.age_years >= 85).sum() / (today.age_years >= 85).sum(), 2.0, atol=0.01)

    def shares(people: Population, low: float, high: float) -> list[float]:
        who = (people.age_years >= low) & (people.age_years < high)
        return [
            float(people.complex_needs[who].mean()),
            float((people.home_nursing_visits_per_day[who] > 0).mean()),
            float(np.isfinite(people.new_illness_days[who]).mean()),
        ]

    for low, high in ((0, 65), (65, 85), (85, 120)):
        assert shares(aged, low, high) == pytest.approx(shares(today, low, high), rel=0.15, abs=0.002)
    # Were the shares of the whole place kept, as many people as today would have complex needs: fewer in every age.
    assert aged.complex_needs.sum() > 1.2 * today.complex_needs.sum()


def test_a_scenario_sets_them_and_ranges_hold(library: Any) -> None:
    path = library.write("more.yaml", HEAD + "extends: baseline\nplace_settings:\n  staff: {home_nurse: 0.5}\n")
    assert staff_of(load_scenario(path).place, "home_nurse") == 2.0
    for words, says in (
        ("staff: {home_nurs: 1}", "home_nurs: unknown label; did you mean home_nurse?"),
        ("bed: 1.1", "bed: unknown place setting; did you mean beds?"),
        ("beds: 9", "beds: must be within 0.5 to 2, found 9"),
        ("region_budget_share: 0.9", "region_budget_share: must be within 0.4 to 0.8, found 0.9"),
        ("people_85plus: 2", "no age band of town begins at 85"),
        ("7", "expected names of place settings with values"),
    ):
        code, out, err = library.mellanrum(
            "check", str(library.write("wrong.yaml", HEAD + f"extends: baseline\nplace_settings:\n  {words}\n"))
        )
        assert (code, out) == (2, "") and says in err and len(err.splitlines()) == 1, err


def test_an_older_place_is_not_compared_with_today_s_people(library: Any) -> None:
    library.edit("scenarios/places/small.yaml", "to_age: 105", "to_age: 84")
    library.edit(
        "scenarios/places/small.yaml",
        "to_age: 84, women: 60, men: 40}",
        "to_age: 84, women: 40, men: 30}\n      - {from_age: 85, to_age: 105, women: 20, men: 10}",
    )
    library.write("old.yaml", HEAD + "extends: baseline\nplace_settings: {people_85plus: 2}\n")
    code, out, err = library.mellanrum("compare", "old.yaml", "--out", "out")
    assert (code, out) == (2, "") and "other people" in err and not library.path("out").exists()
