"""Every relative link in every page leads somewhere."""

from pathlib import Path

from markdown_pages import ROOT, anchors, dead_links, links, pages


def test_every_link_leads_somewhere() -> None:
    found = pages()
    assert len(found) > 15
    assert sum(len(links(text)) for text in found.values()) > 60
    assert dead_links(found, ROOT) == []


def test_links_are_found_and_code_is_left_alone() -> None:
    text = 'See [a](b.md#c "title") and ![d](e.png), not `[f](g)`.\n\n```md\n[h](i)\n```\n'
    assert links(text) == ["b.md#c", "e.png"]


def test_anchors_are_those_of_github() -> None:
    text = "# Who pays, who gains?\n\n## `--who` and _how_\n\n## Twice\n\n## Twice\n\n```sh\n# no heading\n```\n"
    assert anchors(text) == {"who-pays-who-gains", "--who-and-_how_", "twice", "twice-1"}


def test_dead_links_are_told(tmp_path: Path) -> None:
    text = "# Here\n\n[x](y.md) [z](#here) [w](#there) [web](https://example.org)\n"
    (tmp_path / "page.md").write_text(text, encoding="utf-8")
    assert dead_links({"page.md": text}, tmp_path) == [
        "page.md: y.md: no such file",
        "page.md: #there: no such heading",
    ]
