"""The full dump of a scenario and its fingerprint."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from sim.config.loader import load_scenario
from sim.config.parameter_file import replaced
from sim.config.receipt import content_hash, resolved_yaml
from sim.config.yaml_file import read_yaml

HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"

IN_ANOTHER_PROCESS = """
import hashlib, pathlib, sys
from sim.config import folders
root = pathlib.Path(sys.argv[1])
folders.scenarios_folder = lambda: root / "scenarios"
folders.parameters_folder = lambda: root / "parameters"
from sim.config.loader import load_scenario
from sim.config.receipt import content_hash, resolved_yaml
scenario = load_scenario("all_four")
print(content_hash(scenario), hashlib.sha256(resolved_yaml(scenario).encode()).hexdigest())
"""


def test_hash_and_dump_do_not_depend_on_the_hash_seed(library: Any) -> None:
    answers = set()
    for seed in ("1", "77"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[2])}
        command = [sys.executable, "-c", IN_ANOTHER_PROCESS, str(library.root)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        answers.add(done.stdout)
    assert len(answers) == 1
    assert answers.pop().split()[0] == content_hash(load_scenario("all_four"))


def test_the_dump_reads_back_as_what_was_resolved(library: Any) -> None:
    scenario = load_scenario("all_four")
    data = read_yaml(library.write("resolved.yaml", resolved_yaml(scenario))).data
    assert list(data["means"]) == [choice.id for choice in scenario.means]
    assert data["means"]["mdt"]["settings"]["intake_minutes"]["value"] == 60.0
    assert data["parameters"]["gap.lead_time_mean_days"]["value"] == (0.0, 0.5, 2.0, 4.0, 6.0, 8.0)
    assert len(data["pathways"]) == 12
    assert data["place"]["municipalities"][0]["total"] == 1000
    assert data["title"]["sv"] == "Alla fyra tillsammans"


def test_texts_that_only_explain_do_not_change_the_hash(library: Any) -> None:
    before = content_hash(load_scenario("mdt"))
    library.edit("scenarios/means/mdt.yaml", "en: Multi-professional team", "en: Another name")
    library.edit("scenarios/places/small.yaml", "source: assumption", "source: counted")
    assert content_hash(load_scenario("mdt")) == before


def test_whatever_influences_a_run_changes_the_hash(library: Any) -> None:
    scenario = load_scenario("mdt")
    choice = scenario.means[0]
    loss = scenario.parameters["gap.loss_scale"]
    place = scenario.place
    town = place.municipalities[0].model_copy(update={"total": 999})
    pathway = scenario.pathways[0].model_copy(update={"seek_delay_days": 9.0})
    changed = [
        replace(scenario, years=3.0),
        replace(scenario, warmup_years=0.5),
        replace(scenario, sample_share=0.5),
        replace(scenario, means=()),
        replace(scenario, means=(replace(choice, coverage=0.5),)),
        replace(scenario, means=(replace(choice, settings={}),)),
        replace(scenario, parameters={**scenario.parameters, loss.name: replaced(loss, 1.5)}),
        replace(scenario, place=place.model_copy(update={"municipalities": (town,)})),
        replace(scenario, pathways=(pathway, *scenario.pathways[1:])),
    ]
    hashes = [content_hash(scenario), *(content_hash(other) for other in changed)]
    assert len(set(hashes)) == len(hashes)


def test_two_ways_to_write_the_same_scenario_have_the_same_hash(library: Any) -> None:
    path = library.write("mine.yaml", HEAD + "extends: baseline\nmeans: {mdt: on}\n")
    assert content_hash(load_scenario(path)) == content_hash(load_scenario("mdt"))
