"""Describe a place by another: what differs is written out, the rest is taken over in proportion to people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import Field

from sim.config.errors import suggestion
from sim.config.place import Law, Municipality, Place, Principal, Sourced, Strict, Text
from sim.config.place_numbers import age_defects, range_defects
from sim.config.place_structure import PROFESSIONS, WITH_PLACES, Defect, region_defects
from sim.config.yaml_file import KeyPath
from sim.core.vocabulary import label

KINDS_WITH_PLACES = tuple(label(kind) for kind in WITH_PLACES)
ELECTIVE = "elective_occupancy"


class Name(Strict):
    """The id and title under which something of the other place goes here."""

    id: str
    title: Text


class MunicipalityLike(Municipality):
    """People of one municipality, served as those of a municipality of the other place are."""

    like: str
    """Municipality of the other place whose units it has, with staff and places in proportion to people."""
    health_centres: Annotated[int, Field(ge=1)]
    """How many, all of one size: the number only says how staff are parted."""

    @property
    def municipality(self) -> Municipality:
        """Return the municipality as a place holds it."""
        return Municipality(**{name: getattr(self, name) for name in Municipality.model_fields})


class PlaceLike(Strict):
    """A place file with `extends`: domains, hours, prices and (unless given) law are those of the other place."""

    id: str
    title: Text
    extends: str
    """Name or path of a place that is written out in full."""
    principals: tuple[Principal, ...]
    municipalities: tuple[MunicipalityLike, ...]
    renamed: dict[str, Name] = Field(default_factory=dict)
    """By id in the other place: organisations and units that serve everybody, under their names here."""
    moved_to_region: dict[str, str] = Field(default_factory=dict)
    """Domains of municipal care that the region owes here, each with the domain it belongs to then."""
    totals: dict[str, Sourced] = Field(default_factory=dict)
    """The number in the whole place where it is not in proportion: by profession, by kind of unit with places, and
    `elective_occupancy` of all wards."""
    base_load_share: dict[str, Sourced] = Field(default_factory=dict)
    """By profession, where it differs from the other place."""
    law: Law | None = None


def extension_defects(like: PlaceLike, base: Place) -> Iterator[Defect]:
    """Yield defects of what is said about the other place, as key path and message."""
    yield from region_defects(like.principals)
    if not like.municipalities:
        yield ("municipalities",), "is empty; a place needs at least one"
    for i, municipality in enumerate(like.municipalities):
        yield from age_defects(municipality, ("municipalities", i))
        where: KeyPath = ("municipalities", i, "like")
        yield from _known(where, municipality.like, [m.id for m in base.municipalities], f"municipality of {base.id}")
    everybodys = region_organisations(base)
    everybodys = everybodys | {u.id for u in base.units if u.municipality is None}
    for name in like.renamed:
        yield from _known(("renamed", name), name, sorted(everybodys), f"organisation or unit of all of {base.id}")
    yield from known_domains(like.moved_to_region, base)
    for name, total in like.totals.items():
        yield from _known(
            ("totals", name), name, [*PROFESSIONS, *KINDS_WITH_PLACES, ELECTIVE], "profession or kind of place"
        )
        yield from range_defects(("totals", name), total)
        if total.value <= 0:
            yield ("totals", name, "value"), f"must be above 0, found {total.value:g}"
    yield from _base_loads(like, base)


def known_domains(moved_to_region: Mapping[str, str], base: Place) -> Iterator[Defect]:
    """Yield defects of the domains that move to the region, as key path and message."""
    domains = [d.id for d in base.domains]
    for moved, to in moved_to_region.items():
        for name in (moved, to):
            yield from _known(("moved_to_region", moved), name, domains, f"domain of {base.id}")


def region_organisations(base: Place) -> set[str]:
    """Return the organisations of the principal that owes the region's care."""
    regions = {p.id for p in base.principals if p.is_region}
    return {o.id for o in base.organisations if o.principal in regions}


def _base_loads(like: PlaceLike, base: Place) -> Iterator[Defect]:
    used = {staff.profession: staff.utilisation.value for unit in base.units for staff in unit.staff}
    for name, share in like.base_load_share.items():
        yield from _known(("base_load_share", name), name, PROFESSIONS, "profession")
        yield from range_defects(("base_load_share", name), share)
        if not share.low <= share.high <= 1 or share.value >= used[name]:
            yield ("base_load_share", name, "value"), f"must be a share below the utilisation {used[name]:g}"


def _known(where: KeyPath, name: str, known: Iterable[str], what: str) -> Iterator[Defect]:
    known = list(known)
    if name not in known:
        yield where, f"{name} is no {what}; {suggestion(name, known)}"
