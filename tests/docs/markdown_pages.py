"""Read the pages of the project: which there are, what they link to, and the anchors of their headings."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("docs", "calibration", "scenarios", "benchmarks", "tests", "sim")
_FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)$", re.M | re.S)
_LINK = re.compile(r"\]\(\s*<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\s*\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.M)


def pages() -> dict[str, str]:
    """Return the text of every page of Markdown, by its path in the project."""
    found = [*ROOT.glob("*.md"), *(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.md"))]
    return {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in sorted(found)}


def links(text: str) -> list[str]:
    """Return where the links and pictures of a page lead; what stands in blocks of code is no link."""
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))
    return _LINK.findall(prose)


def anchors(text: str) -> set[str]:
    """Return the anchors of a page's headings as GitHub makes them: small letters, hyphens, numbered when repeated."""
    found: set[str] = set()
    for title in _HEADING.findall(_FENCE.sub("", text)):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", title)
        slug = re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")
        anchor, number = slug, 0
        while anchor in found:
            number += 1
            anchor = f"{slug}-{number}"
        found.add(anchor)
    return found


def dead_links(pages: dict[str, str], root: Path) -> list[str]:
    """Return every relative link that leads nowhere: no such file, or no such heading in it."""
    dead = []
    for page, text in pages.items():
        for link in links(text):
            if re.match(r"[a-z]+:", link):
                continue
            path, _, anchor = link.partition("#")
            target = (root / page).parent / path if path else root / page
            if not target.exists():
                dead.append(f"{page}: {link}: no such file")
            elif anchor and anchor not in anchors(target.read_text(encoding="utf-8")):
                dead.append(f"{page}: {link}: no such heading")
    return dead
