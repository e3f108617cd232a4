"""Read the pathways: how a need of each kind is meant to be met."""

from __future__ import annotations

from pathlib import Path

from sim.config import folders
from sim.config.errors import suggestion
from sim.config.model_errors import validate
from sim.config.pathway import Pathway, Step
from sim.config.reading import only_keys, required_keys
from sim.config.yaml_file import Document, KeyPath, describe, read_yaml
from sim.core.vocabulary import Mode, NeedKind, Profession, label


def load_pathways() -> tuple[Pathway, ...]:
    """Return the program's pathways, one per need kind, in the order of `NeedKind`."""
    return read_pathways(folders.scenarios_folder() / "pathways.yaml")


def read_pathways(path: Path) -> tuple[Pathway, ...]:
    """Return the checked pathways of one file."""
    document = read_yaml(path)
    only_keys(document, (), ("pathways",))
    required_keys(document, (), ("pathways",))
    entries = document.data["pathways"]
    if not isinstance(entries, tuple):
        raise document.error(("pathways",), f"expected a list of pathways, found {describe(entries)}")
    found: dict[str, Pathway] = {}
    for i in range(len(entries)):
        pathway = _pathway(document, ("pathways", i))
        if pathway.need_kind in found:
            raise document.error(
                ("pathways", i, "need_kind"), f"{pathway.need_kind} has a pathway already; keep one of them"
            )
        found[pathway.need_kind] = pathway
    for kind in NeedKind:
        if label(kind) not in found:
            raise document.error(("pathways",), f"there is no pathway for {label(kind)}; every need kind has one")
    return tuple(found[label(kind)] for kind in NeedKind)


def _pathway(document: Document, where: KeyPath) -> Pathway:
    pathway = validate(document, Pathway, where)
    _in_vocabulary(document, (*where, "need_kind"), [label(kind) for kind in NeedKind], "need kind")
    if not pathway.steps:
        raise document.error((*where, "steps"), "is empty; a need is met by at least one step")
    if not pathway.source.strip():
        raise document.error((*where, "source"), "is empty; say it (`assumption` is a valid source)")
    for i, step in enumerate(pathway.steps):
        _step(document, (*where, "steps", i), step)
    return pathway


def _step(document: Document, where: KeyPath, step: Step) -> None:
    _in_vocabulary(document, (*where, "profession"), [label(p) for p in Profession], "profession")
    _in_vocabulary(document, (*where, "mode"), [label(m) for m in Mode], "mode")
    if step.probability <= 0:
        raise document.error((*where, "probability"), "must be above 0; a step never needed is left out")


def _in_vocabulary(document: Document, where: KeyPath, known: list[str], what: str) -> None:
    name = document.at(where)
    if name not in known:
        raise document.error(where, f"{name} is no {what}; {suggestion(name, known)}")
