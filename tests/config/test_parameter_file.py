"""The register of parameters and the pathways."""

from __future__ import annotations

from typing import Any

import pytest

from sim.config.errors import InputError
from sim.config.parameter_file import load_parameter_file, load_register
from sim.config.pathway_file import load_pathways, read_pathways
from sim.core.vocabulary import NeedKind, label


def test_the_register_names_parameters_after_their_file(library: Any) -> None:
    register = load_register()
    of_gap = [name for name in register if name.startswith("gap.")]
    assert of_gap == ["gap.lead_time_mean_days", "gap.loss_scale", "gap.reach_by_profession"]
    loss = register["gap.loss_scale"]
    assert (loss.value, loss.low, loss.high, loss.unit) == (1.0, 0.5, 2.0, "factor")
    assert register["gap.lead_time_mean_days"].value == (0.0, 0.5, 2.0, 4.0, 6.0, 8.0)
    assert register["gap.reach_by_profession"].value == {"general_practitioner": 0.35, "care_manager": 0.5}


def test_the_register_joins_all_files(library: Any) -> None:
    library.write(
        "parameters/bed.yaml",
        "stay_days: {value: 5, low: 4, high: 7, unit: days, source: assumption, meaning: mean stay}\n",
    )
    assert {name.split(".")[0] for name in load_register()} == {"bed", "gap", "implementation", "prerequisites"}


def test_a_single_range_holds_for_every_number_of_a_list(library: Any) -> None:
    text = "{value: [1, 2, 9], low: 0, high: 5, unit: days, source: assumption, meaning: m}\n"
    with pytest.raises(InputError, match=r"within 0 to 5, found 9 \(number 3 of the list\)"):
        load_parameter_file(library.write("parameters/a.yaml", "x: " + text))
    assert load_parameter_file(library.write("parameters/a.yaml", "x: " + text.replace("9", "3")))["a.x"].low == 0.0


def test_ranges_of_labels_are_matched_by_label(library: Any) -> None:
    text = "x:\n  value: {a: 1, b: 10}\n  low: {b: 5, a: 0}\n  high: {b: 20, a: 2}\n"
    rest = "  unit: days\n  source: assumption\n  meaning: m\n"
    assert load_parameter_file(library.write("p.yaml", text + rest))["p.x"].high == {"b": 20.0, "a": 2.0}


def test_pathways_come_in_the_order_of_the_vocabulary(library: Any) -> None:
    text = library.path("scenarios/pathways.yaml").read_text()
    head, *entries = text.split("  - need_kind: ")
    turned = head + "".join("  - need_kind: " + entry for entry in reversed(entries))
    assert read_pathways(library.write("turned.yaml", turned)) == load_pathways()
    assert [p.need_kind for p in load_pathways()] == [label(kind) for kind in NeedKind]


def test_a_need_without_pathway_is_refused(library: Any) -> None:
    text = library.path("scenarios/pathways.yaml").read_text()
    shorter = text[: text.index("  - need_kind: discharge_planning")]
    with pytest.raises(InputError, match=r"there is no pathway for discharge_planning"):
        read_pathways(library.write("shorter.yaml", shorter))


def test_a_pathway_without_steps_is_refused(library: Any) -> None:
    text = library.path("scenarios/pathways.yaml").read_text()
    start, end = text.index("    steps:"), text.index("  - need_kind: chronic")
    with pytest.raises(InputError, match=r"pathways\[acute_symptom\].steps: is empty"):
        read_pathways(library.write("empty.yaml", text[:start] + "    steps: []\n" + text[end:]))
