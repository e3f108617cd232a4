"""Read disturbances: from a file of their own, or from the list in a scenario file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sim.config import folders
from sim.config.disturbance import KINDS, MUNICIPALITIES, REGION, Disturbance
from sim.config.errors import InputError, suggestion
from sim.config.model_errors import validate
from sim.config.parameter_file import read_parameter, replaced, within_range
from sim.config.place import Place, Text
from sim.config.reading import mapping, number, only_keys, required_keys, text
from sim.config.yaml_file import Document, KeyPath, describe, read_yaml
from sim.core.calendar import DAYS_PER_YEAR
from sim.core.parameter import Parameter
from sim.core.vocabulary import Profession, label

_HEAD = ("title", "summary", "source")
_WHEN = ("from_day", "days", "every_year")
_WHO = ("professions", "principals")
_LONGEST_DAYS = DAYS_PER_YEAR


def disturbance_files() -> dict[str, Path]:
    """Return every ready-made disturbance, by name."""
    return {path.stem: path for path in sorted((folders.scenarios_folder() / "disturbances").glob("*.yaml"))}


def find_disturbance(name: str, beside: Path | None = None) -> Path:
    """Return the file of a disturbance, by name or by a path ending in .yaml. Raises InputError."""
    known = disturbance_files()
    if name in known:
        return known[name]
    path = Path(name).expanduser()
    if path.suffix in (".yaml", ".yml"):
        return path if path.is_absolute() or beside is None else beside / path
    raise InputError(f"{name}: unknown disturbance; {suggestion(name, known)}; or give a path ending in .yaml")


def read_disturbance(path: Path) -> Disturbance:
    """Return the disturbance of a file. Raises InputError for the first defect."""
    document = read_yaml(path)
    only_keys(document, (), (*_HEAD, "kind", *_WHEN, *_WHO, "strengths"))
    required_keys(document, (), (*_HEAD, "kind", "from_day", "days"))
    return _read(document, (), path.stem, _home_of(document, (), path))


def read_disturbances(document: Document, where: KeyPath) -> tuple[Disturbance, ...]:
    """Return the list of a scenario file: names, paths, or kinds with what is to be another way than at their home."""
    items = document.at(where)
    if not isinstance(items, tuple):
        raise document.error(where, f"expected a list of disturbances, found {describe(items)}")
    found = tuple(_item(document, (*where, place)) for place in range(len(items)))
    ids = [one.id for one in found]
    for place, name in enumerate(ids):
        if name in ids[:place]:
            raise document.error((*where, place), f"{name} is there twice; give one of them a file of its own")
    return found


def wrong_principal(disturbance: Disturbance, place: Place) -> str | None:
    """Return what is wrong where a disturbance names a principal that the place does not have, or None."""
    known = [REGION, MUNICIPALITIES, *(one.id for one in place.principals)]
    wrong = [name for name in disturbance.principals if name not in known]
    return f"{wrong[0]} is no principal of {place.id}; {suggestion(wrong[0], known)}" if wrong else None


def _item(document: Document, where: KeyPath) -> Disturbance:
    value = document.at(where)
    if isinstance(value, str):
        try:
            path = find_disturbance(value, beside=document.path.parent)
        except InputError as problem:
            raise document.error(where, str(problem)) from None
        return read_disturbance(path)
    mapping(document, where, what="a name, a file, or `kind` with days and strengths")
    only_keys(document, where, ("kind", *_WHEN, *_WHO, "strengths"))
    required_keys(document, where, ("kind",))
    home = _home_of(document, where)
    assert home is not None, "only a home has none"
    return _read(document, where, home.id, home)


def _home_of(document: Document, where: KeyPath, path: Path | None = None) -> Disturbance | None:
    """Return the disturbance that writes a kind out in full; None for that one itself."""
    kind = text(document, (*where, "kind"))
    if kind not in KINDS:
        raise document.error((*where, "kind"), f"{kind} is no kind of disturbance; {suggestion(kind, KINDS)}")
    home = disturbance_files()[kind]
    return None if path is not None and path.resolve() == home.resolve() else read_disturbance(home)


def _read(document: Document, where: KeyPath, name: str, home: Disturbance | None) -> Disturbance:
    """Return what stands at `where`, over what the home of its kind says."""
    data, kind = document.at(where), str(document.at((*where, "kind")))
    every_year = data.get("every_year", home.every_year if home else False)
    if not isinstance(every_year, bool):
        raise document.error((*where, "every_year"), f"expected true or false, found {describe(every_year)}")

    def said(key: str, low: float, high: float | None, usual: float) -> float:
        return number(document, (*where, key), low=low, high=high) if key in data else usual

    def words(key: str, usual: Text | None) -> Text:
        return validate(document, Text, (*where, key)) if key in data or usual is None else usual

    return Disturbance(
        id=name,
        kind=kind,
        title=words("title", home.title if home else None),
        summary=words("summary", home.summary if home else None),
        source=text(document, (*where, "source")) if "source" in data or home is None else home.source,
        from_day=said("from_day", 0.0, None, home.from_day if home else 0.0),
        days=said("days", 1.0, _LONGEST_DAYS, home.days if home else 0.0),
        every_year=every_year,
        strengths=_strengths(document, where, name, kind, home),
        professions=_names(document, (*where, "professions"), kind) if "professions" in data else _who(home)[0],
        principals=_names(document, (*where, "principals"), kind) if "principals" in data else _who(home)[1],
    )


def _who(home: Disturbance | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return (home.professions, home.principals) if home else ((), ())


def _strengths(
    document: Document, where: KeyPath, name: str, kind: str, home: Disturbance | None
) -> dict[str, Parameter]:
    """Return every strength of the kind: written out in full, as a number within its home's range, or its home's."""
    inside = (*where, "strengths")
    given: Mapping[str, object] = {}
    if "strengths" in document.at(where):
        given = mapping(document, inside, what="strengths with values")
        only_keys(document, inside, KINDS[kind])
    found = {}
    for strength in KINDS[kind]:
        here = (*inside, strength)
        if strength not in given:
            if home is None:
                raise document.error(here, "is missing; the home of a kind writes all its strengths out")
            found[strength] = home.strengths[strength]
        elif home is None or isinstance(given[strength], Mapping):
            found[strength] = read_parameter(document, here, f"disturbances.{name}.{strength}")
            if not isinstance(found[strength].value, float):
                raise document.error((*here, "value"), "expected one number")
        else:
            found[strength] = replaced(home.strengths[strength], number(document, here))
            within_range(document, here, found[strength])
    return found


def _names(document: Document, where: KeyPath, kind: str) -> tuple[str, ...]:
    """Return a list of professions or principals; only where staff are away do they mean something."""
    if "staff_away_share" not in KINDS[kind]:
        raise document.error(where, f"means nothing for {kind}, where no staff are away; take it out")
    if not isinstance(document.at(where), tuple):
        raise document.error(where, f"expected a list of names, found {describe(document.at(where))}")
    names = tuple(text(document, (*where, place)) for place in range(len(document.at(where))))
    if where[-1] == "professions":
        known = [label(profession) for profession in Profession]
        for place, name in enumerate(names):
            if name not in known:
                raise document.error((*where, place), f"{name} is no profession; {suggestion(name, known)}")
    return names
