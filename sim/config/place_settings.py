"""Change a place as a planner would: more or fewer staff, beds and places, an older population, other budget shares."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from sim.config.errors import InputError
from sim.config.parameter_file import load_parameter_file
from sim.config.place import AgeGroup, Municipality, Place, Sourced, Unit
from sim.config.place_numbers import number_defects
from sim.core.parameter import Parameter, Value
from sim.core.vocabulary import UnitKind, label

GROUP = "place"
REGION_SHARE = "region_budget_share"
_PLACES = {
    "beds": label(UnitKind.WARD),
    "special_housing": label(UnitKind.SPECIAL_HOUSING),
    "short_term_places": label(UnitKind.SHORT_TERM_HOME),
}
_NO_END = 200
_AGES = {"people_75_84": (75, 85), "people_85plus": (85, _NO_END)}
"""First age, and the age from which the setting no longer counts."""


@cache
def _declared() -> Mapping[str, Parameter]:
    return MappingProxyType(load_parameter_file(Path(__file__).with_name("place.yaml")))


def place_settings(place: Place) -> dict[str, Parameter]:
    """Return what may be changed in this place, by name with `place.` before it, at the values it has now."""
    region = next(one for one in place.principals if one.is_region)
    share = place.joint_budget_shares[region.id]
    budget = Parameter(
        name=f"{GROUP}.{REGION_SHARE}",
        value=share.value,
        low=share.low,
        high=share.high,
        unit="share",
        source=share.source,
        meaning="Part of the region in a joint budget and in the cost of new means; the others keep their proportions",
    )
    return {**_declared(), budget.name: budget}


def with_place_settings(place: Place, settings: Mapping[str, Value]) -> Place:
    """Return the place with settings applied, by name without `place.`; the place itself when nothing changes.

    A place with other people, staff or places goes by another id, so that it is never taken for the one in the file.
    Raises InputError when the parts no longer fit together, e.g. fewer beds than planned care takes.
    """
    changed = place
    for name, value in settings.items():
        if name == REGION_SHARE:
            changed = _with_region_share(changed, _number(value))
        elif name == "staff":
            changed = _with_staff(changed, value if isinstance(value, Mapping) else {})
        elif name in _PLACES:
            changed = _with_places(changed, _PLACES[name], _number(value))
        else:
            changed = _with_people(changed, *_AGES[name], _number(value))
    if changed == place:
        return place
    for where, message in number_defects(changed):
        raise InputError(f"place settings of {place.id}: {'.'.join(map(str, where))}: {message}")
    mark = "" if place.id.endswith(_CHANGED) else _CHANGED
    return changed.model_copy(update={"id": place.id + mark})


_CHANGED = "_changed"


def _number(value: Value) -> float:
    if not isinstance(value, (int, float)):
        raise TypeError(f"expected one number, found {value!r}")
    return float(value)


def _times(number: Sourced, factor: float) -> Sourced:
    new = {key: getattr(number, key) * factor for key in ("value", "low", "high")}
    return number if factor == 1.0 else number.model_copy(update=new)


def _with_staff(place: Place, factors: Mapping[str, float]) -> Place:
    def resized(unit: Unit) -> Unit:
        staff = tuple(
            one.model_copy(
                update={"full_time_equivalents": _times(one.full_time_equivalents, factors.get(one.profession, 1.0))}
            )
            for one in unit.staff
        )
        return unit.model_copy(update={"staff": staff})

    return place.model_copy(update={"units": tuple(resized(unit) for unit in place.units)})


def _with_places(place: Place, kind: str, factor: float) -> Place:
    def resized(unit: Unit) -> Unit:
        if unit.kind != kind or unit.places is None:
            return unit
        return unit.model_copy(update={"places": _times(unit.places, factor)})

    return place.model_copy(update={"units": tuple(resized(unit) for unit in place.units)})


def _with_people(place: Place, from_age: int, below_age: int, factor: float) -> Place:
    if factor == 1.0:
        return place
    for one in place.municipalities:
        for edge in {from_age, below_age} - {_NO_END}:
            if edge not in {band.from_age for band in one.age_groups}:
                raise InputError(
                    f"place settings of {place.id}: no age band of {one.id} begins at {edge}; part its bands there"
                )

    def grown(band: AgeGroup) -> AgeGroup:
        if not from_age <= band.from_age < below_age:
            return band
        people = {"women": round(band.women * factor), "men": round(band.men * factor)}
        return band.model_copy(update={**people, "grown": band.grown * factor})

    def older(one: Municipality) -> Municipality:
        bands = tuple(grown(band) for band in one.age_groups)
        total = sum(band.women + band.men for band in bands)
        return one.model_copy(update={"age_groups": bands, "total": total})

    return place.model_copy(update={"municipalities": tuple(older(one) for one in place.municipalities)})


def _with_region_share(place: Place, share: float) -> Place:
    region = next(one.id for one in place.principals if one.is_region)
    shares = place.joint_budget_shares
    if shares[region].value == share:
        return place
    left = 1.0 - shares[region].value
    parts = {
        name: share if name == region else (one.value * (1.0 - share) / left if left else 0.0)
        for name, one in shares.items()
    }
    if abs(sum(parts.values()) - 1.0) > 1e-9:
        raise InputError(f"place.{REGION_SHARE}: nobody else in {place.id} has a share, so the region's must stay 1")
    changed = {name: one.model_copy(update={"value": parts[name]}) for name, one in shares.items()}
    return place.model_copy(update={"joint_budget_shares": changed})
