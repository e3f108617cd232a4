"""Draw a place up from another: the same kinds of units, with staff and places in proportion to the people served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sim.config.place import Municipality, Organisation, Place, Sourced, Staff, Text, Unit
from sim.config.place_like import ELECTIVE, KINDS_WITH_PLACES, MunicipalityLike, PlaceLike, region_organisations
from sim.core.vocabulary import UnitKind, label

_SERVES_FROM_AGE = {
    **{label(kind): 65 for kind in (UnitKind.HOME_NURSING, UnitKind.MUNICIPAL_REHABILITATION)},
    **{label(kind): 65 for kind in (UnitKind.NEEDS_ASSESSMENT, UnitKind.HOME_HELP, UnitKind.WARD)},
    **{label(kind): 80 for kind in (UnitKind.SPECIAL_HOUSING, UnitKind.SHORT_TERM_HOME)},
}
"""Age from which people count for the size of a unit; other kinds serve inhabitants of all ages alike."""
_HEALTH_CENTRE = label(UnitKind.HEALTH_CENTRE)


def drawn_up(like: PlaceLike, base: Place) -> Place:
    """Return the whole place; expects a `like` without defects."""
    units = [*_region_units(like, base)]
    for municipality in like.municipalities:
        units += _health_centres(like, base, municipality)
        units += _municipal_units(like, base, municipality)
    whole = tuple(_with_totals(like, [_with_base_loads(like, unit) for unit in units]))
    return Place(
        id=like.id,
        title=like.title,
        principals=like.principals,
        domains=base.domains,
        organisations=tuple(_organisations(like, base)),
        hours=base.hours,
        units=whole,
        municipalities=tuple(m.municipality for m in like.municipalities),
        prices=base.prices,
        law=like.law or base.law,
        joint_budget_shares=_budget(like, base),
    )


def people(municipalities: Iterable[Municipality], from_age: int = 0) -> float:
    """Count inhabitants of an age and above; a band that begins below counts by the years of it above."""
    total = 0.0
    for municipality in municipalities:
        for band in municipality.age_groups:
            years = band.to_age + 1 - band.from_age
            share = min(max(band.to_age + 1 - from_age, 0), years) / years
            total += (band.women + band.men) * share
    return total


def scaled(number: Sourced, factor: float, source: str, decimals: int = 1) -> Sourced:
    """Return a number and its range times a factor, never rounded down to nothing."""
    least = 10.0**-decimals
    value, low, high = (max(round(x * factor, decimals), least) for x in (number.value, number.low, number.high))
    return Sourced(value=value, low=low, high=high, unit=number.unit, source=source)


def _organisations(like: PlaceLike, base: Place) -> Iterator[Organisation]:
    region = next(p.id for p in like.principals if p.is_region)
    of_region = region_organisations(base)
    for one in base.organisations:
        if one.id in of_region:
            name = like.renamed.get(one.id)
            known_as = {"id": name.id, "title": name.title} if name else {}
            yield one.model_copy(update={"principal": region, **known_as})
    for municipality in like.municipalities:
        model = _municipality(base, municipality.like)
        for one in base.organisations:
            if one.principal == model.principal and one.id not in of_region:
                to_region = one.domain in like.moved_to_region
                yield Organisation(
                    id=_own_id(one.id, model, municipality),
                    title=_own_title(one.title, model, municipality),
                    principal=region if to_region else municipality.principal,
                    domain=like.moved_to_region.get(one.domain, one.domain),
                )


def _region_units(like: PlaceLike, base: Place) -> Iterator[Unit]:
    """Yield the units that serve everybody: hospital, clinics, ambulance."""
    for unit in base.units:
        if unit.municipality is None:
            name = like.renamed.get(unit.id)
            known_as = {"id": name.id, "title": name.title} if name else {}
            resized = _resized(unit, like.municipalities, base.municipalities, base)
            yield resized.model_copy(update={"organisation": _renamed(like, unit.organisation), **known_as})


def _health_centres(like: PlaceLike, base: Place, municipality: MunicipalityLike) -> Iterator[Unit]:
    """Yield health centres of one size that together serve the municipality."""
    model = _municipality(base, municipality.like)
    first, *others = _units_of(base, model, health_centres=True)
    count = municipality.health_centres
    together = {s.profession: s for s in first.staff}
    for staff in (s for unit in others for s in unit.staff):
        together[staff.profession] = _sum(together[staff.profession], staff)
    whole = first.model_copy(update={"staff": tuple(together.values())})
    part = _resized(whole, [municipality], [model], base, 1.0 / count)
    for i in range(1, count + 1):
        number = f" {i}" if count > 1 else ""
        title = Text(
            en=f"Health centre{number}, {municipality.title.en}", sv=f"Vårdcentral{number}, {municipality.title.sv}"
        )
        yield part.model_copy(
            update={
                "id": f"health_centre_{municipality.id}{number.replace(' ', '_')}",
                "title": title,
                "municipality": municipality.id,
                "organisation": _renamed(like, first.organisation),
                "listed_share": 1.0 / count,
            }
        )


def _municipal_units(like: PlaceLike, base: Place, municipality: MunicipalityLike) -> Iterator[Unit]:
    model = _municipality(base, municipality.like)
    for unit in _units_of(base, model, health_centres=False):
        yield _resized(unit, [municipality], [model], base).model_copy(
            update={
                "id": _own_id(unit.id, model, municipality),
                "title": _own_title(unit.title, model, municipality),
                "municipality": municipality.id,
                "organisation": _own_id(unit.organisation, model, municipality),
            }
        )


def _resized(
    unit: Unit, here: Iterable[Municipality], there: Iterable[Municipality], base: Place, part: float = 1.0
) -> Unit:
    """Return a unit with staff and places in proportion to the people it serves here and there."""
    from_age = _SERVES_FROM_AGE.get(unit.kind, 0)
    factor = part * people(here, from_age) / max(people(there, from_age), 1.0)
    who = f"people aged {from_age}+" if from_age else "inhabitants"
    source = f"assumption (as in {base.title.en}, in proportion to {who})"
    staff = tuple(
        one.model_copy(update={"full_time_equivalents": scaled(one.full_time_equivalents, factor, source)})
        for one in unit.staff
    )
    changed: dict[str, object] = {"staff": staff}
    for key in ("places", ELECTIVE):
        number: Sourced | None = getattr(unit, key)
        if number is not None:
            changed[key] = scaled(number, factor, source, decimals=0)
    return unit.model_copy(update=changed)


def _with_base_loads(like: PlaceLike, unit: Unit) -> Unit:
    staff = tuple(
        one.model_copy(update={"base_load_share": like.base_load_share.get(one.profession, one.base_load_share)})
        for one in unit.staff
    )
    return unit.model_copy(update={"staff": staff})


def _with_totals(like: PlaceLike, units: list[Unit]) -> Iterator[Unit]:
    """Yield the units with what they have of each total, shared as it would be without."""
    found: dict[str, float] = {}
    for unit in units:
        for one in unit.staff:
            found[one.profession] = found.get(one.profession, 0.0) + one.full_time_equivalents.value
        if unit.kind in KINDS_WITH_PLACES and unit.places is not None:
            found[unit.kind] = found.get(unit.kind, 0.0) + unit.places.value
    for unit in units:
        changed: dict[str, object] = {"staff": tuple(_staff_of_total(like, one, found) for one in unit.staff)}
        if unit.places is not None and unit.kind in found:
            part = unit.places.value / found[unit.kind]
            keys = {"places": unit.kind} | ({ELECTIVE: ELECTIVE} if unit.elective_occupancy is not None else {})
            for key, name in keys.items():
                if name in like.totals:
                    changed[key] = scaled(like.totals[name], part, like.totals[name].source, decimals=0)
        yield unit.model_copy(update=changed)


def _staff_of_total(like: PlaceLike, staff: Staff, found: dict[str, float]) -> Staff:
    total = like.totals.get(staff.profession)
    if total is None:
        return staff
    share = staff.full_time_equivalents.value / found[staff.profession]
    return staff.model_copy(update={"full_time_equivalents": scaled(total, share, total.source)})


def _budget(like: PlaceLike, base: Place) -> dict[str, Sourced]:
    """Share a joint budget between region and municipalities as the other place does, and these by inhabitants."""
    region = next(p.id for p in like.principals if p.is_region)
    of_region = base.joint_budget_shares[next(p.id for p in base.principals if p.is_region)]
    left = 1.0 - of_region.value
    source = f"assumption (as in {base.title.en}; municipalities by inhabitants)"
    shares = {p.id: 0.0 for p in like.principals}
    shares[region] = of_region.value
    for municipality in like.municipalities:
        part = left * people([municipality]) / people(like.municipalities)
        shares[municipality.principal] = shares.get(municipality.principal, 0.0) + part
    spread = (of_region.high - of_region.low) / 2
    return {name: _around(share, spread, source) for name, share in shares.items()}


def _around(share: float, spread: float, source: str) -> Sourced:
    """Return a share with a range of this relative width to both sides."""
    low, high = max(share * (1 - spread), 0.0), min(share * (1 + spread), 1.0)
    return Sourced(value=share, low=low, high=high, unit="share", source=source)


def _sum(one: Staff, other: Staff) -> Staff:
    a, b = one.full_time_equivalents, other.full_time_equivalents
    both = {key: getattr(a, key) + getattr(b, key) for key in ("value", "low", "high")}
    return one.model_copy(update={"full_time_equivalents": a.model_copy(update=both)})


def _units_of(base: Place, municipality: Municipality, *, health_centres: bool) -> list[Unit]:
    return [
        unit
        for unit in base.units
        if unit.municipality == municipality.id and (unit.kind == _HEALTH_CENTRE) == health_centres
    ]


def _municipality(base: Place, name: str) -> Municipality:
    return next(m for m in base.municipalities if m.id == name)


def _renamed(like: PlaceLike, organisation: str) -> str:
    name = like.renamed.get(organisation)
    return name.id if name else organisation


def _own_id(name: str, model: Municipality, municipality: Municipality) -> str:
    """Return an id with the municipality's own in place of the model's."""
    return name.replace(model.id, municipality.id) if model.id in name else f"{name}_{municipality.id}"


def _own_title(title: Text, model: Municipality, municipality: Municipality) -> Text:
    return Text(
        en=title.en.replace(model.title.en, municipality.title.en),
        sv=title.sv.replace(model.title.sv, municipality.title.sv),
    )
