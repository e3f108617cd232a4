"""The copied facts of the five reports are read strictly and hang together."""

from __future__ import annotations

from pathlib import Path

import pytest

from calibration.initiatives import INITIATIVES_FILE, read_initiatives
from sim.config.stands_for import SEVENTEEN

TEXT = INITIATIVES_FILE.read_text(encoding="utf-8")


def test_the_facts_are_those_of_five_reports() -> None:
    facts = read_initiatives()
    kinds = [entry.kind for entry in facts.entries]
    assert list(facts.reports) == ["000", "001", "002", "003", "004"]
    assert (kinds.count("initiative"), kinds.count("model"), kinds.count("proposal")) == (11, 12, 1)
    assert sum(one.id.startswith("sf_") and one.id[3].isdigit() for one in facts.success_factors) == 8
    assert {count.means for count in facts.counts} <= set(SEVENTEEN)
    assert all(one.quote for one in facts.all())


def test_what_counts_say_of_all_initiatives_is_what_their_cells_say() -> None:
    """Section 5.3 gives some numbers outright: they check the cells, which rest on each initiative's own section."""
    initiatives = [entry for entry in read_initiatives().entries if entry.kind == "initiative"]

    def having(means: str, *values: str) -> set[str]:
        return {entry.id for entry in initiatives if entry.cells[means].value in values}

    assert len(having("value_base", "yes")) == len(having("political_support", "yes")) == 11
    assert having("incentives", "yes") == {"narvard_vastra_skaraborg"}
    assert having("single_organisation", "yes") == {"projekt_halsostaden", "tiohundra"}
    assert having("integrated_records", "yes", "partial") == {"npo", "tiohundra", "esther"}
    assert having("joint_board", "yes") == {"tiohundra", "finsam"}
    agreed = {"narvard_vastra_skaraborg", "sodertaljemodellen", "finsam", "familjecentraler"}
    assert having("formal_agreement", "yes") == agreed


def test_lines_of_an_entry_are_its_own_its_cells_and_its_features() -> None:
    borgholm = read_initiatives().find("borgholmsmodellen")
    assert borgholm.lines() == {1121, 1124, 1137, 1128, 1140, 1127, 1129, 1142}
    assert borgholm.lines() <= read_initiatives().lines("002")
    with pytest.raises(KeyError):
        read_initiatives().find("borgholm")


WRONG = [
    ("  - id: buurtzorg\n", "  - id: nuka\n", "named twice: nuka"),
    ("same_as: tiohundra\n", "same_as: tio\n", "same as an entry that is not listed: tiohundra_002"),
    ("start_year: 2006\n", "begins: 2006\n", "begins"),
    ('"no", inferred: true, line: 1185', "no, inferred: maybe, line: 1185", "inferred"),
    ("      ehealth: {", "      e_health: {", "no means of report 000"),
    ('report: "004"', 'report: "005"', "of a report that is not listed"),
]


@pytest.mark.parametrize(("old", "new", "says"), WRONG)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in TEXT
    path = tmp_path / "facts.yaml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"^facts\.yaml: ") as problem:
        read_initiatives(path)
    assert says in str(problem.value)
