"""The rules of the house as functions of a source text, so that the tests can show that they bite."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

MOST_LINES = 350

_UP_TO_RUN = {"core", "config", "population", "care", "means", "agents", "run"}
MAY_IMPORT: dict[str, set[str]] = {
    "core": set(),
    "config": {"core"},
    "population": {"core", "config"},
    "care": {"core", "config", "population"},
    "means": {"core", "config", "population", "care"},
    "agents": {"core", "config", "population", "care"},
    "run": _UP_TO_RUN - {"run"},
    "outcomes": {"core"},
    "batch": _UP_TO_RUN | {"outcomes"},
    "analysis": _UP_TO_RUN | {"outcomes", "batch"},
    "report": _UP_TO_RUN | {"outcomes", "batch", "analysis"},
    "cli": _UP_TO_RUN | {"outcomes", "batch", "analysis", "report", "calibration"},
    "calibration": _UP_TO_RUN | {"outcomes", "batch", "analysis"},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Which rooms each room may import; its own always."""

ONLY_IN = {
    "mesa": {"agents"},
    "matplotlib": {"report"},
    "random": {"core"},
    "secrets": {"core"},
    "numpy.random": {"core", "calibration"},
    "yaml": set[str](),
}
"""Packages of others that belong to some rooms; `yaml` (PyYAML) to none: it accepts duplicate keys."""

FILE_ROOMS = {"config", "batch", "report", "cli", "calibration"}
PRINTING_ROOMS = {"cli", "report", "calibration"}
_FILE_METHODS = {
    *("read_text", "write_text", "read_bytes", "write_bytes", "read_csv", "read_parquet", "read_table"),
    *("to_csv", "to_parquet", "savefig", "savez", "tofile", "fromfile", "memmap"),
}
_MACHINE_PATH = re.compile(r"(?<![\w.~$}*)])/(?:home|root|work|tmp|Users|opt|mnt|var|private)/\w")


def room_of(path: Path) -> str:
    """Return the room of a source file, given relative to the project's folder."""
    parts = path.parts
    if parts[0] == "calibration":
        return "calibration"
    return parts[1].removesuffix(".py")


def imported(tree: ast.AST, path: Path) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported, relative imports resolved."""
    package = path.with_suffix("").parts[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            whole = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                yield node.lineno, f"{whole}.{alias.name}"


def wrong_directions(source: str, path: Path) -> list[str]:
    """Return each import that goes the wrong way between the rooms."""
    room = room_of(path)
    found = []
    for line, name in imported(ast.parse(source), path):
        top, _, rest = name.partition(".")
        target = {"sim": rest.partition(".")[0], "calibration": "calibration"}.get(top, "")
        known = target in MAY_IMPORT
        if known and target != room and target not in MAY_IMPORT[room]:
            found.append(f"{path}:{line}: {room} may not import {target}")
    return found


def misplaced_packages(source: str, path: Path) -> list[str]:
    """Return each import, or use as `np.random`, of a package that belongs to other rooms."""
    room, tree = room_of(path), ast.parse(source)
    used = list(imported(tree, path))
    used += [
        (node.lineno, "numpy.random")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == "random"
        and isinstance(node.value, ast.Name)
        and node.value.id in ("np", "numpy")
    ]
    return [
        f"{path}:{line}: {package} belongs to {', '.join(sorted(rooms)) or 'nobody'}"
        for line, name in used
        for package, rooms in ONLY_IN.items()
        if (name == package or name.startswith(f"{package}.")) and room not in rooms
    ]


def _touches_file(call: ast.Call) -> bool:
    function = call.func
    if isinstance(function, ast.Name):
        return function.id == "open"
    if not isinstance(function, ast.Attribute):
        return False
    if function.attr == "open":  # Path.open(), Path.open("rb"); a unit may well have open(day)
        return not call.args or (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    return function.attr in _FILE_METHODS


def misplaced_calls(source: str, path: Path) -> list[str]:
    """Return each call that reads, writes or prints in a room that must not."""
    room = room_of(path)
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if room not in FILE_ROOMS and _touches_file(node):
            found.append(f"{path}:{node.lineno}: {room} may not touch files")
        prints = isinstance(node.func, ast.Name) and node.func.id == "print"
        if room not in PRINTING_ROOMS and prints:
            found.append(f"{path}:{node.lineno}: {room} may not print")
    return found


def too_long(source: str, path: Path) -> list[str]:
    """Return the file when it has more lines than a reader should have to hold."""
    lines = len(source.splitlines())
    return [f"{path}: {lines} lines, at most {MOST_LINES}"] if lines > MOST_LINES else []


def machine_paths(text: str, path: Path) -> list[str]:
    """Return each line with a path that exists on somebody's machine only."""
    return [
        f"{path}:{number}: absolute path {match.group(0)}..."
        for number, line in enumerate(text.splitlines(), start=1)
        if not line.startswith("#!") and (match := _MACHINE_PATH.search(line))
    ]
