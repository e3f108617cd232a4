"""Choose the group of people, or the principal, whose outcomes a sweep shows: `--group`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.cli.typed import words_of
from sim.config.errors import InputError, suggestion

if TYPE_CHECKING:
    from sim.config.place import Place

_SHORT = {"all": ("all", "all"), "complex_needs": ("complex_needs", "yes")}
_EVERY = "*"
_EXPECTED = "all, complex_needs, or a grouping and a group such as need_group:1, age:80+ or principal:"


def choose_groups(names: Sequence[str], place: Place) -> tuple[tuple[str, str], ...]:
    """Return (group_by, group) of each name, in order; `principal:*` names all of them.

    Raises InputError for one that the place does not have.
    """
    known = _known(place)
    asked = words_of(names)
    return tuple(dict.fromkeys(group for name in asked for group in _groups(name, known, place)))


def _groups(name: str, known: dict[str, tuple[str, ...]], place: Place) -> list[tuple[str, str]]:
    if name in _SHORT:
        return [_SHORT[name]]
    group_by, found, group = name.partition(":")
    if not found or group_by not in known:
        raise InputError(f"--group {name}: expected {_EXPECTED}{place.principals[0].id}")
    if group == _EVERY:
        return [(group_by, one) for one in known[group_by]]
    if group not in known[group_by]:
        raise InputError(f"--group {name}: there is no such {group_by}; {suggestion(group, known[group_by])}")
    return [(group_by, group)]


def _known(place: Place) -> dict[str, tuple[str, ...]]:
    from sim.core.vocabulary import Profession, label
    from sim.outcomes.grouping import AGE_BANDS

    return {
        "need_group": ("1", "2", "3", "4", "5"),
        "age": tuple(name for _, name in AGE_BANDS),
        "municipality": tuple(one.id for one in place.municipalities),
        "principal": tuple(one.id for one in place.principals),
        "profession": tuple(label(one) for one in Profession),
    }
