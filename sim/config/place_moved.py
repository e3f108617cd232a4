"""Describe a place by another with the same people and units: only who is the principal of some care differs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from sim.config.place import Law, Organisation, Place, Strict, Text
from sim.config.place_like import known_domains
from sim.config.place_structure import Defect


class PlaceMoved(Strict):
    """A place file with `extends` that says nothing of people: all that it does not name is as in the other place."""

    id: str
    title: Text
    extends: str
    """Name or path of a place that is written out in full."""
    moved_to_region: Annotated[dict[str, str], Field(min_length=1)]
    """Domains of municipal care that the region owes here, each with the domain it belongs to then."""
    law: Law | None = None


def moving_defects(like: PlaceMoved, base: Place) -> Iterator[Defect]:
    """Yield defects of what is said about the other place, as key path and message."""
    yield from known_domains(like.moved_to_region, base)


def moved(like: PlaceMoved, base: Place) -> Place:
    """Return the whole place; expects a `like` without defects."""
    region = next(principal.id for principal in base.principals if principal.is_region)

    def under_its_principal(one: Organisation) -> Organisation:
        domain = like.moved_to_region.get(one.domain)
        return one if domain is None else one.model_copy(update={"principal": region, "domain": domain})

    return base.model_copy(
        update={
            "id": like.id,
            "title": like.title,
            "organisations": tuple(under_its_principal(one) for one in base.organisations),
            "law": like.law or base.law,
        }
    )
