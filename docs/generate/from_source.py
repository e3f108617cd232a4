"""Read what classes say of themselves in their source: fields with the line below them, methods under headings."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import Any

_KINDS = {"B": "yes/no", "F": "number", "I": "whole number", "bool": "yes/no", "float": "number", "int": "whole number"}
_ARRAY = re.compile(r"npt\.NDArray\[np\.(bool|float|int|uint)")
_HEADING = re.compile(r"^ +# --- (.+)$|^ +def (\w+)\(", re.M)


def fields_of(kind: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Yield name, kind of value and the sentence below each annotated field of a class; "" where there is none."""
    tree = ast.parse(inspect.cleandoc("\n" + inspect.getsource(kind)))
    body = next(node for node in tree.body if isinstance(node, ast.ClassDef)).body
    for one, following in zip(body, [*body[1:], None], strict=True):
        if not isinstance(one, ast.AnnAssign) or not isinstance(one.target, ast.Name):
            continue
        said = following.value if isinstance(following, ast.Expr) else None
        text = said.value if isinstance(said, ast.Constant) and isinstance(said.value, str) else ""
        yield one.target.id, _kind(ast.unparse(one.annotation)), " ".join(text.split())


def methods_by_heading(kind: type[Any]) -> Mapping[str, list[str]]:
    """Return the methods of a class by the comment `# --- heading` above them, in the order of the source."""
    found: dict[str, list[str]] = {}
    heading = ""
    for match in _HEADING.finditer(inspect.getsource(kind)):
        if match[1]:
            heading = match[1]
        elif heading:
            found.setdefault(heading, []).append(match[2])
    return found


def first_sentence(function: FunctionType) -> str:
    """Return what a function says first of itself, in one line."""
    return " ".join(inspect.cleandoc(function.__doc__ or "").split("\n\n")[0].split())


def _kind(annotation: str) -> str:
    array = _ARRAY.match(annotation)
    if array:
        return {"bool": "yes/no", "float": "number"}.get(array[1], "whole number")
    return _KINDS.get(annotation, annotation.split("[")[0].rpartition(".")[2])
