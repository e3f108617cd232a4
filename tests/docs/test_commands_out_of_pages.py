"""Commands, files, shown outputs and pictures are taken out of Markdown, and outputs are put back in."""

from collections.abc import Callable
from types import ModuleType

import pytest
from generate.commands import fenced, files, mentioned, pictures, shown

PAGE = """# A page

Run `mellanrum scenarios`, or save this as `mine.yaml`:

```yaml
extends: team
```

```sh
.venv/bin/mellanrum compare mine.yaml \\
    --out outputs/first  # takes a while
python3 -m venv .venv
```

<!-- output of first, from "Second" to "Fourth" -->
```text
Second old line
```

<!-- picture: outputs/first/figures/overview.png -->
![What comes
out.](images/overview.png)

    mellanrum status outputs/first
"""
PRINTED = "First line\n  Second new line   \nThird line\nFourth line\n"


def test_commands_are_found_in_blocks_and_in_sentences() -> None:
    assert [(one.line, one.key, one.words[1:]) for one in fenced(PAGE)] == [
        (10, "first", ("compare", "mine.yaml", "--out", "outputs/first"))
    ]
    assert [(one.line, one.key) for one in mentioned(PAGE)] == [(3, "scenarios"), (10, "first"), (24, "status")]


def test_files_and_pictures_are_found() -> None:
    assert files(PAGE) == {"mine.yaml": "extends: team\n"}
    assert pictures(PAGE) == {"outputs/first/figures/overview.png": "images/overview.png"}


def test_an_output_is_replaced_by_the_same_part_of_a_new_one(script: Callable[[str], ModuleType]) -> None:
    assert [one.text for one in shown(PAGE)] == ["Second old line\n"]
    new = script("make_user_guide").refreshed(PAGE, {"first": PRINTED})
    assert new == PAGE.replace("Second old line\n", "  Second new line\nThird line\n")


def test_a_part_that_is_not_there_any_more_is_told() -> None:
    with pytest.raises(ValueError, match="output of first: no lines from 'Second' to 'Fourth'"):
        shown(PAGE)[0].part_of("First line\nFourth line\nSecond line\n")


def test_long_lines_are_folded_and_columns_kept() -> None:
    long = "Second " + "word " * 40
    text = shown(PAGE)[0].part_of(f"{long}\na    table   row\nFourth\n")
    lines = text.splitlines()
    assert max(map(len, lines)) <= 118 and lines[-1] == "a    table   row"
    assert " ".join(lines[:-1]) == long.strip()
