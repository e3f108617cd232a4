"""Write docs/odd_tables.md, the tables of the ODD protocol, from the program itself.

python docs/make_odd_tables.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generate.markdown import page, prose, write
from generate.odd_tables import entities, parameters, points, purposes

TARGET = Path(__file__).with_name("odd_tables.md")


def odd_tables() -> str:
    """Return the whole text."""
    return page([_opening(), entities(), points(), parameters(), purposes()])


def _opening() -> Iterator[str]:
    yield "# Tables of the ODD protocol"
    yield ""
    yield "Made by `python docs/make_odd_tables.py` from the program itself; do not edit by hand."
    yield ""
    yield from prose(
        """
        They belong to [odd.md](odd.md): state variables to its section 2, decision points and purposes of luck to
        section 4, parameters to section 7. Input files stand in its section 6, the tables that a run leaves in
        [data_dictionary.md](data_dictionary.md).
        """
    )
    yield ""


if __name__ == "__main__":
    write(TARGET, odd_tables())
