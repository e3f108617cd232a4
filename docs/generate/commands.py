"""Take out of a page of Markdown what a reader is to type: commands, files to save, and the output that is shown."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import TextWrapper

PROGRAM = "mellanrum"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
_INLINE = re.compile(r"(?<!`)`([^`\n]+(?:\n[^`\n]+)?)`(?!`)")
_INDENTED = re.compile(r"^ {4}(\S.*)$", re.M)
_FILE = re.compile(r"`([\w./-]+\.(?:yaml|csv))`[^`\n]*:\n\n```(?:yaml|csv)\n(.*?)^```$", re.M | re.S)
_SHOWN = re.compile(
    r'^<!-- output of (?P<key>\w+), from "(?P<first>[^"]+)" to "(?P<after>[^"]+)" -->\n```text\n(?P<text>.*?)^```$',
    re.M | re.S,
)
_PICTURE = re.compile(r"^<!-- picture: (\S+) -->\n!\[[^]]+\]\((\S+)\)", re.M)


_FOLDED = TextWrapper(118, replace_whitespace=False, break_on_hyphens=False)
"""Folds lines that are printed whole in a pipe; shorter ones keep their columns."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command of the program, as words, with the line it stands on."""

    line: int
    words: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name it by its output folder, else by itself."""
        if "--out" in self.words:
            return self.words[self.words.index("--out") + 1].rpartition("/")[2]
        return self.words[1]


@dataclass(frozen=True, slots=True)
class Shown:
    """Part of the output of a command that the page shows: its lines from one on, until before another."""

    key: str
    first: str
    after: str
    text: str
    start: int
    end: int

    def part_of(self, printed: str) -> str:
        """Return that part of what was printed; raises ValueError where the lines are not there."""
        lines = printed.splitlines()
        begin = next((i for i, line in enumerate(lines) if self.first in line), None)
        stop = next((i for i, line in enumerate(lines) if begin is not None and i > begin and self.after in line), None)
        if begin is None or stop is None:
            raise ValueError(f"output of {self.key}: no lines from {self.first!r} to {self.after!r}")
        folded = [part for line in lines[begin:stop] for part in _FOLDED.wrap(line) or [""]]
        return "\n".join(line.rstrip() for line in folded).rstrip() + "\n"


def fenced(page: str) -> list[Command]:
    """Return the commands in blocks of shell, in their order; a backslash continues a line."""
    found = []
    for block in _FENCE.finditer(page):
        if block[1] in ("sh", "bash", "console", ""):
            line = page.count("\n", 0, block.start()) + 2
            found += list(_in_lines(block[2], line))
    return found


def mentioned(page: str) -> list[Command]:
    """Return every command of a page: in blocks of shell, indented, or within a sentence."""
    found = fenced(page)
    text = _FENCE.sub(lambda block: "\n" * block[0].count("\n"), page)
    for match in (*_INDENTED.finditer(text), *_INLINE.finditer(text)):
        found += list(_in_lines(match[1].replace("\n", " "), text.count("\n", 0, match.start()) + 1))
    return sorted(found, key=lambda one: one.line)


def files(page: str) -> dict[str, str]:
    """Return the files that a page gives to save, by name: a block after a line that ends with the name and a colon."""
    return dict(_FILE.findall(page))


def shown(page: str) -> list[Shown]:
    """Return the parts of outputs that a page shows."""
    return [
        Shown(found["key"], found["first"], found["after"], found["text"], found.start("text"), found.end("text"))
        for found in _SHOWN.finditer(page)
    ]


def pictures(page: str) -> dict[str, str]:
    """Return for each picture that a command draws the place it is shown from, relative to the page."""
    return dict(_PICTURE.findall(page))


def _in_lines(text: str, line: int) -> Iterator[Command]:
    for match in re.finditer(r"(?:.*\\\n)*.+", text):
        words = _words(match[0].replace("\\\n", ""))
        if words and words[0].rpartition("/")[2] == PROGRAM and len(words) > 1:
            yield Command(line + text.count("\n", 0, match.start()), (PROGRAM, *words[1:]))


def _words(line: str) -> list[str]:
    try:
        return shlex.split(line, comments=True)
    except ValueError:  # a quotation mark in a sentence, not a command
        return []
