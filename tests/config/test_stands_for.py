"""What a scenario stands for: read, checked, shown, and without any influence on a run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from sim.config.errors import InputError
from sim.config.loader import load_scenario
from sim.config.lookup import scenario_files
from sim.config.receipt import content_hash, resolved_yaml
from sim.config.stands_for import SEVENTEEN

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\nextends: mdt\n"
STANDS = """stands_for:
  report: "001"
  kind: mechanism
  lines: [20, 30]
  target_group: {en: Old people, sv: Gamla}
  cells:
    mdt: {value: "yes", line: 22}
    ehealth: {value: unclear, lean: "no", inferred: true, line: 25}
"""


def test_it_is_read_with_its_cells_in_the_order_of_the_table(library: Any) -> None:
    found = load_scenario(library.write("mine.yaml", HEAD + STANDS)).stands_for
    assert found is not None
    assert (found.report, found.kind, found.lines, found.entry) == ("001", "mechanism", (20, 30), None)
    assert found.target_group is not None and found.target_group.sv == "Gamla"
    assert list(found.stated()) == ["ehealth", "mdt"]
    unclear, yes = found.stated()["ehealth"], found.stated()["mdt"]
    assert (unclear.value, unclear.lean, unclear.inferred, unclear.line) == ("unclear", "no", True, 25)
    assert (yes.value, yes.lean, yes.inferred) == ("yes", None, False)
    assert found.cell("mdt") == yes and found.cell("incentives") is None


def test_it_is_not_inherited_and_changes_neither_the_run_nor_its_fingerprint(library: Any) -> None:
    plain = load_scenario(library.write("plain/mine.yaml", HEAD))
    stands = load_scenario(library.write("mine.yaml", HEAD + STANDS))
    child = load_scenario(library.write("child.yaml", HEAD.replace("mdt", "mine.yaml")))
    assert content_hash(stands) == content_hash(plain) == content_hash(child)
    assert stands.means == plain.means
    assert child.stands_for is None
    assert "stands_for:" in resolved_yaml(stands) and "stands_for:" not in resolved_yaml(plain)


WRONG = [
    ('"001"', '"010"', 6, "stands_for.report: found the text '010'; expected one of 000, 001"),
    ('"001"', "1", 6, "stands_for.report: found 1; expected one of 000"),
    ("kind: mechanism", "kind: idea", 7, "stands_for.kind: found the text 'idea'; expected one of initiative, model"),
    ("[20, 30]", "[30, 20]", 8, "30 stands before 20; write rising numbers, each once"),
    ("[20, 30]", "[20, 20]", 8, "20 stands before 20; write rising numbers, each once"),
    ("[20, 30]", "[]", 8, "stands_for.lines: must hold at least 1, found 0"),
    ("[20, 30]", "[0, 30]", 8, "must be at least 1, found 0"),
    (", sv: Gamla", "", 9, "stands_for.target_group.sv: is missing"),
    ("    mdt:", "    mtd:", 11, "stands_for.cells.mtd: unknown key; did you mean mdt?"),
    ('"yes", line', "maybe, line", 11, "stands_for.cells.mdt.value: found the text 'maybe'; expected one of yes, no"),
    ('"yes", line', "true, line", 11, "stands_for.cells.mdt.value: found true; expected one of yes, no"),
    (", line: 22", "", 11, "stands_for.cells.mdt.line: is missing"),
    ('"yes", line', '"yes", lean: "no", line', 11, "cells.mdt.lean: only an unclear cell may lean"),
    ("kind: mechanism", "sort: mechanism", 7, "stands_for.sort: unknown key"),
    ("  lines: [20, 30]\n", "", 5, "stands_for.lines: is missing"),
    ('"001"\n  kind: mechanism', '"000"\n  kind: initiative', 10, "value_base, participation, guidelines"),
]


@pytest.mark.parametrize(("old", "new", "line", "says"), WRONG)
def test_what_is_wrong_is_said_with_file_and_line(library: Any, old: str, new: str, line: int, says: str) -> None:
    assert old in STANDS
    path = library.write("mine.yaml", HEAD + STANDS.replace(old, new, 1))
    with pytest.raises(InputError) as problem:
        load_scenario(path)
    assert str(problem.value).startswith(f"mine.yaml:{line}: ")
    assert says in str(problem.value)


def test_an_initiative_with_all_seventeen_is_accepted(library: Any) -> None:
    cells = "".join(f'    {means_id}: {{value: "no", line: 7}}\n' for means_id in SEVENTEEN)
    head = STANDS.partition("  cells:")[0].replace('"001"', '"000"').replace("mechanism", "initiative")
    found = load_scenario(library.write("mine.yaml", HEAD + head + "  cells:\n" + cells)).stands_for
    assert found is not None and list(found.stated()) == list(SEVENTEEN) and len(SEVENTEEN) == 17


def test_it_may_rest_on_one_line_or_on_many(library: Any) -> None:
    for given, lines in (("[20]", (20,)), ("[20, 22, 30]", (20, 22, 30))):
        found = load_scenario(library.write("mine.yaml", HEAD + STANDS.replace("[20, 30]", given))).stands_for
        assert found is not None and found.lines == lines


def test_no_two_shipped_scenarios_share_a_name() -> None:
    names = Counter(full.rpartition("/")[2] for full in scenario_files())
    assert [name for name, times in names.items() if times > 1] == []


def test_an_initiative_is_found_by_its_name(library: Any) -> None:
    library.write("scenarios/initiatives/mine.yaml", HEAD + STANDS)
    assert load_scenario("mine").stands_for == load_scenario("initiatives/mine").stands_for is not None
