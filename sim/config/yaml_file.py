"""Read a YAML file into plain data, with the line of every key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from sim.config.errors import InputError, suggestion
from sim.config.folders import shown

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """The content of one file: mappings, tuples, texts, numbers; and where each key stands."""

    path: Path
    data: Any
    lines: Mapping[KeyPath, int]
    """Line of each key and list item, counted from 1."""

    def at(self, where: KeyPath) -> Any:
        """Return the value under a key path."""
        value = self.data
        for part in where:
            value = value[part]
        return value

    def line(self, where: KeyPath) -> int:
        """Return the line of a key path, or of the nearest thing that contains it."""
        while where and where not in self.lines:
            where = where[:-1]
        return self.lines.get(where, 1)

    def name(self, where: KeyPath) -> str:
        """Return a key path as text; list items by what identifies them, else by number from 1."""
        text, value = "", self.data
        for part in where:
            value = _inside(value, part)
            if isinstance(part, int):
                text += f"[{_identity(value) or part + 1}]"
            else:
                text += f".{part}" if text else part
        return text

    def error(self, where: KeyPath, message: str) -> InputError:
        """Return the error for a key path: `file:line: key: message`."""
        name = self.name(where)
        return InputError(
            f"{shown(self.path)}:{self.line(where)}: {name}: {message}"
            if name
            else f"{shown(self.path)}:{self.line(where)}: {message}"
        )


def read_yaml(path: Path) -> Document:
    """Read a file whose top level is a mapping; the content is shared and must not be changed.

    Raises InputError for everything that makes it unreadable: missing, a folder, empty, not text, wrong
    syntax, a key given twice, anchors and aliases.
    """
    return _parse(path, _read_text(path))


# Six scenarios of one comparison read the same place and pathways: the same text is parsed once.
@lru_cache(maxsize=128)
def _parse(path: Path, text: str) -> Document:
    yaml = YAML(typ="safe", pure=True)
    reader = _Reader(path, yaml)
    try:
        node = yaml.compose(text)
        data = None if node is None else reader.value(node, ())
    except MarkedYAMLError as problem:
        raise _syntax_error(path, problem) from None
    except YAMLError as problem:
        raise InputError(f"{shown(path)}:1: not YAML: {' '.join(str(problem).split())}") from None
    except RecursionError:
        raise InputError(f"{shown(path)}:1: nested too deeply; a few levels are enough") from None
    if node is None:
        raise InputError(f"{shown(path)}:1: the file is empty; write keys and values, e.g. `title: ...`")
    document = Document(path, data, reader.lines)
    if not isinstance(data, Mapping):
        raise document.error((), f"expected keys with values, e.g. `title: ...`; found {describe(data)}")
    return document


def describe(value: Any) -> str:
    """Return a short description of a value as found in a file."""
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text '{value if len(value) <= 40 else value[:37] + '...'}'"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, (int, float)):
        return f"{value}"
    return f"a {type(value).__name__} ({value})"


def _identity(item: Any) -> str | None:
    if isinstance(item, Mapping):
        for key in ("id", "need_kind", "profession"):
            if isinstance(item.get(key), str):
                return str(item[key])
    return None


def _inside(value: Any, part: str | int) -> Any:
    try:
        return value[part]
    except (KeyError, IndexError, TypeError):
        return None


def _read_text(path: Path) -> str:
    name = shown(path)
    if path.is_dir():
        raise InputError(f"{name}: this is a folder; name a YAML file in it")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        near = [p.name for p in path.parent.glob("*.y*ml")] if path.parent.is_dir() else []
        hint = f"; {suggestion(path.name, near)}" if near else "; check the path"
        raise InputError(f"{name}: there is no such file{hint}") from None
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        raise InputError(f"{name}: cannot be read ({reason}); check the path and its permissions") from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = raw[: problem.start].count(b"\n") + 1
        raise InputError(f"{name}:{line}: not text in UTF-8; save it as YAML text in UTF-8") from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise InputError(f"{name}:{line}: not text but binary data; name a YAML file")
    return text


def _syntax_error(path: Path, problem: MarkedYAMLError) -> InputError:
    mark = problem.problem_mark or problem.context_mark
    line = mark.line + 1 if mark else 1
    what = " ".join(str(problem.problem or problem.context or "cannot be understood").split())
    hint = "look at the indentation, colons and quotes here and just above"
    if "\\t" in what or "tab" in what:
        hint = "indent with spaces, not tabs"
    if "single document" in what or "single document" in str(problem.context):
        hint = "keep one document per file, without a second `---`"
    return InputError(f"{shown(path)}:{line}: not valid YAML: {what}; {hint}")


class _Reader:
    """Turn the nodes of one file into plain data and remember lines."""

    def __init__(self, path: Path, yaml: YAML) -> None:
        self.path = path
        self.lines: dict[KeyPath, int] = {(): 1}
        self._constructor = yaml.constructor
        self._seen: set[int] = set()

    def value(self, node: Node, where: KeyPath) -> Any:
        if id(node) in self._seen:
            raise self._error(node, "aliases (*name) are not used here; write the value out or use `extends`")
        self._seen.add(id(node))
        self.lines.setdefault(where, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, where)
        if isinstance(node, SequenceNode):
            return tuple(self.value(item, (*where, i)) for i, item in enumerate(node.value))
        try:
            return self._constructor.construct_object(node)
        except (YAMLError, ValueError, TypeError):
            raise self._error(node, f"the value {node.value!r} cannot be understood; write it plainly") from None

    def _mapping(self, node: MappingNode, where: KeyPath) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                raise self._error(key_node, "a key must be one word; found a list or mapping")
            key = key_node.value
            below = (*where, key)
            if key in result:
                first = self.lines[below]
                raise self._error(key_node, f"the key `{key}` is given twice (first in line {first}); keep one of them")
            self.lines[below] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, below)
        return result

    def _error(self, node: Node, message: str) -> InputError:
        return InputError(f"{shown(self.path)}:{node.start_mark.line + 1}: {message}")
