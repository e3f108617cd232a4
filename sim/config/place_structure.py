"""Check that the parts of a place name each other rightly and that nothing needed is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sim.config.errors import suggestion
from sim.config.place import Place, Principal, Unit
from sim.config.yaml_file import KeyPath
from sim.core.vocabulary import UNIT_KIND_OF, Profession, UnitKind, label

Defect = tuple[KeyPath, str]

KINDS = {label(kind): kind for kind in UnitKind}
PROFESSIONS = {label(profession): profession for profession in Profession}
IN_EVERY_MUNICIPALITY = (
    UnitKind.HEALTH_CENTRE,
    UnitKind.HOME_NURSING,
    UnitKind.MUNICIPAL_REHABILITATION,
    UnitKind.NEEDS_ASSESSMENT,
    UnitKind.SOCIAL_SERVICES,
    UnitKind.HOME_HELP,
    UnitKind.SPECIAL_HOUSING,
)
IN_THE_PLACE = (UnitKind.WARD, UnitKind.SPECIALIST_CLINIC, UnitKind.PSYCHIATRIC_CLINIC, UnitKind.AMBULANCE)
ONLY_ONE = (UnitKind.EMERGENCY_DEPARTMENT,)
WITH_PLACES = (UnitKind.WARD, UnitKind.SPECIAL_HOUSING, UnitKind.SHORT_TERM_HOME)


def structure_defects(place: Place) -> Iterator[Defect]:
    """Yield defects of names and references, as key path and message.

    Later checks rely on what earlier ones found whole, so a caller stops at the first defect.
    """
    yield from _same_names(place)
    yield from _owners(place)
    for i, unit in enumerate(place.units):
        yield from _unit(place, unit, ("units", i))
    yield from _needed_units(place)
    yield from _money(place)


def _same_names(place: Place) -> Iterator[Defect]:
    lists: dict[str, Sequence[str]] = {
        "principals": [p.id for p in place.principals],
        "domains": [d.id for d in place.domains],
        "organisations": [o.id for o in place.organisations],
        "units": [u.id for u in place.units],
        "municipalities": [m.id for m in place.municipalities],
    }
    for key, ids in lists.items():
        if not ids:
            yield (key,), "is empty; a place needs at least one"
        for i, name in enumerate(ids):
            if name in ids[:i]:
                yield (key, i, "id"), f"{name} is already taken; every id is used once"
            if not name.strip():
                yield (key, i, "id"), "is empty; give it a name"


def _reference(where: KeyPath, name: str, known: Iterable[str], what: str) -> Iterator[Defect]:
    known = list(known)
    if name not in known:
        yield where, f"{name} is no {what}; {suggestion(name, known)}"


def _owners(place: Place) -> Iterator[Defect]:
    principals = {p.id: p for p in place.principals}
    yield from region_defects(place.principals)
    for i, organisation in enumerate(place.organisations):
        where: KeyPath = ("organisations", i)
        yield from _reference((*where, "principal"), organisation.principal, principals, "principal of this place")
        yield from _reference(
            (*where, "domain"), organisation.domain, [d.id for d in place.domains], "domain of this place"
        )
    for i, municipality in enumerate(place.municipalities):
        where = ("municipalities", i, "principal")
        yield from _reference(where, municipality.principal, principals, "principal of this place")
        if not principals[municipality.principal].is_municipality:
            yield where, f"{municipality.principal} is not of kind municipality"


def region_defects(principals: Sequence[Principal]) -> Iterator[Defect]:
    """Yield a defect unless exactly one principal owes the region's care."""
    regions = [p.id for p in principals if p.is_region]
    if len(regions) != 1:
        yield (
            ("principals",),
            f"a place has exactly one principal of kind region (or region_and_municipality), found {len(regions)}",
        )


def _unit(place: Place, unit: Unit, where: KeyPath) -> Iterator[Defect]:
    organisations = [o.id for o in place.organisations]
    municipalities = [m.id for m in place.municipalities]
    yield from _reference((*where, "kind"), unit.kind, KINDS, "kind of unit")
    yield from _reference((*where, "organisation"), unit.organisation, organisations, "organisation of this place")
    yield from _reference((*where, "hours"), unit.hours, place.hours, "entry of `hours`")
    if unit.municipality is not None:
        yield from _reference((*where, "municipality"), unit.municipality, municipalities, "municipality of this place")
    kind = KINDS[unit.kind]
    if kind in IN_EVERY_MUNICIPALITY and unit.municipality is None:
        yield (*where, "municipality"), f"is missing; a unit of kind {unit.kind} serves one municipality"
    if kind in WITH_PLACES and unit.places is None:
        yield (*where, "places"), f"is missing; a unit of kind {unit.kind} has beds or places"
    for key, value, kinds in (
        ("places", unit.places, WITH_PLACES),
        ("listed_share", unit.listed_share, (UnitKind.HEALTH_CENTRE,)),
        ("elective_occupancy", unit.elective_occupancy, (UnitKind.WARD,)),
    ):
        if value is not None and kind not in kinds:
            yield (*where, key), f"does not belong to a unit of kind {unit.kind}; take it away"
    if kind == UnitKind.WARD and unit.elective_occupancy is None:
        yield (*where, "elective_occupancy"), "is missing; a ward has beds taken by planned care (0 or more)"
    yield from _staff(unit, kind, where)


def _staff(unit: Unit, kind: UnitKind, where: KeyPath) -> Iterator[Defect]:
    wanted = [label(profession) for profession, at in UNIT_KIND_OF.items() if at == kind]
    for i, staff in enumerate(unit.staff):
        here = (*where, "staff", i, "profession")
        yield from _reference(here, staff.profession, PROFESSIONS, "profession")
        right = label(UNIT_KIND_OF[PROFESSIONS[staff.profession]])
        if right != unit.kind:
            yield here, f"{staff.profession} works at units of kind {right}, not {unit.kind}"
        if staff.profession in [s.profession for s in unit.staff[:i]]:
            yield here, f"{staff.profession} is given twice at this unit; keep one entry"
    for profession in wanted:
        if profession not in [s.profession for s in unit.staff]:
            yield (*where, "staff"), f"has no {profession}; every unit of kind {unit.kind} needs one"


def _needed_units(place: Place) -> Iterator[Defect]:
    here = [(u.municipality, KINDS[u.kind]) for u in place.units]
    for i, municipality in enumerate(place.municipalities):
        for kind in IN_EVERY_MUNICIPALITY:
            if (municipality.id, kind) not in here:
                yield ("municipalities", i), f"has no unit of kind {label(kind)}; add one under `units`"
    kinds = [kind for _, kind in here]
    for kind in IN_THE_PLACE:
        if kind not in kinds:
            yield ("units",), f"there is no unit of kind {label(kind)}; add at least one"
    for kind in ONLY_ONE:
        if kinds.count(kind) != 1:
            yield ("units",), f"a place has exactly one unit of kind {label(kind)}, found {kinds.count(kind)}"


def _money(place: Place) -> Iterator[Defect]:
    principals = [p.id for p in place.principals]
    for name in place.joint_budget_shares:
        yield from _reference(("joint_budget_shares", name), name, principals, "principal of this place")
    salaries = place.prices.salary_sek_per_month
    for name in salaries:
        yield from _reference(("prices", "salary_sek_per_month", name), name, PROFESSIONS, "profession")
    for name in PROFESSIONS:
        if name not in salaries:
            yield ("prices", "salary_sek_per_month", name), "is missing; every profession has a salary"
    for name in place.prices.contact_overhead_share:
        yield from _reference(("prices", "contact_overhead_share", name), name, PROFESSIONS, "profession")
