"""The index leads to every document."""

from docs_scripts import DOCS
from markdown_pages import links


def test_every_document_is_in_the_index() -> None:
    listed = {link.partition("#")[0] for link in links((DOCS / "index.md").read_text(encoding="utf-8"))}
    assert {path.name for path in DOCS.glob("*.md")} - {"index.md"} - listed == set()
