"""The commands that look at files: scenarios, show, check, parameters; and how the program ends."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import sim
from sim.cli import main
from sim.config import folders
from sim.config.loader import load_scenario
from sim.config.receipt import content_hash
from sim.means import all_means, means_class

ROOT = Path(__file__).parents[2]
HEAD = "title: {en: Mine, sv: Min}\nsummary: {en: Mine, sv: Min}\nsource: me\n"
NAMES = {"baseline", "team", "all_four", "mdt", "mobile_response", "integrated_records"}


def on_terminal(*arguments: str, columns: int = 100) -> str:
    """Run the program on a pseudo-terminal of some width and return what it shows."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "COLUMNS": str(columns),
        "TERM": "xterm",
        "PYTHONPATH": str(ROOT),
        "NO_COLOR": "1",
    }
    command = [sys.executable, "-m", "sim", *arguments]
    process = subprocess.Popen(command, stdout=follower, stderr=follower, env=environment, cwd=ROOT)
    os.close(follower)
    shown = b""
    while True:
        try:
            part = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(leader)
    assert process.wait() == 0
    return shown.decode().replace("\r\n", "\n")


def test_scenarios_are_listed_one_a_line_with_source(library: Any) -> None:
    code, out, err = library.mellanrum("scenarios")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert (code, err) == (0, "")
    assert set(lines) >= NAMES
    assert out.index("baseline") < out.index("all_four") < out.index("One means each") < out.index("\nmdt ")
    assert "Vårdanalys 2017:9" in lines["mdt"]
    assert "\x1b" not in out


def test_scenarios_as_json_hold_both_languages(library: Any) -> None:
    records = json.loads(library.mellanrum("scenarios", "--json")[1])
    mdt = next(record for record in records if record["name"] == "mdt")
    assert mdt["title"] == {"en": "Multi-professional team", "sv": "Multiprofessionellt team"}
    assert (mdt["group"], mdt["file"], mdt["extends"]) == ("means", "means/mdt.yaml", ["baseline"])


def test_titles_come_in_swedish_on_request(library: Any) -> None:
    assert "Fast vårdkontakt" in library.mellanrum("scenarios", "--lang", "sv")[1]


def test_show_says_mechanism_cost_and_every_setting_with_range(library: Any) -> None:
    code, out, _ = library.mellanrum("show", "joint_financing")
    assert code == 0
    assert "Means joint_financing: " in out
    assert "costs: administration_minutes_per_10000_inhabitants_week, fixed_cost_sek_per_10000_inhabitants_year" in out
    setting = next(line for line in out.splitlines() if line.startswith("dispute_share_left"))
    assert setting.split()[:5] == ["dispute_share_left", "0.2", "0", "to", "0.5"]
    assert "gap.loss_scale" in out


def test_show_of_baseline_says_that_there_are_no_means(library: Any) -> None:
    assert "No means: today's care." in library.mellanrum("show", "baseline")[1]


def test_show_as_json_is_complete(library: Any) -> None:
    record = json.loads(library.mellanrum("show", "all_four", "--json")[1])
    scenario = load_scenario("all_four")
    assert record["content_hash"] == content_hash(scenario)
    assert [means["id"] for means in record["means"]] == [choice.id for choice in scenario.means]
    for means, choice in zip(record["means"], scenario.means, strict=True):
        assert {setting["name"] for setting in means["settings"]} == set(choice.settings)
        assert means["mechanism"]
    for parameter in record["parameters"]:
        assert {"name", "value", "low", "high", "unit", "source", "meaning", "changed"} <= set(parameter)
        assert parameter["changed"] is False


def test_show_names_the_parameters_that_a_scenario_changes(library: Any) -> None:
    library.write("mine.yaml", HEAD + "extends: baseline\nparameters: {gap.loss_scale: 2}\n")
    out = library.mellanrum("show", "mine.yaml")[1]
    changed = out[out.index("Parameters this scenario changes") : out.index("Parameters as everywhere")]
    assert "gap.loss_scale" in changed
    assert "gap.lead_time_mean_days" not in changed


def test_show_takes_another_place(library: Any) -> None:
    out = library.mellanrum("show", "baseline", "--place", "vastra_varmland")[1]
    assert "Western Värmland" in out


def test_mechanism_is_that_of_the_means_itself(library: Any) -> None:
    for name in all_means():
        out = library.mellanrum("show", name)[1]
        assert " ".join(means_class(name).MECHANISM.split()) in out


def test_show_speaks_swedish(library: Any) -> None:
    out = library.mellanrum("show", "joint_financing", "--lang", "sv")[1]
    for word in (
        "Källa: ",
        "Medel joint_financing: En budget för region och kommuner",
        "kostar: ",
        "betydelse [källa]",
    ):
        assert word in out
    for word in ("Source", "Means", "costs", "Parameters"):
        assert word not in out
    assert "Scenarier" in library.mellanrum("scenarios", "--lang", "sv")[1]


def test_check_says_ok_and_what_each_file_is(library: Any) -> None:
    files = {
        "scenarios/baseline.yaml": "scenario",
        "scenarios/places/small.yaml": "place",
        "scenarios/pathways.yaml": "pathways",
        "parameters/gap.yaml": "parameters",
    }
    code, out, err = library.mellanrum("check", *files)
    assert (code, err) == (0, "")
    assert out.splitlines() == [f"{file}: OK ({kind})" for file, kind in files.items()]


def test_check_goes_on_after_a_wrong_file_and_ends_with_2(library: Any) -> None:
    library.write("bad.yaml", HEAD + "extends: baseline\nyears: -1\n")
    code, out, err = library.mellanrum("check", "bad.yaml", "scenarios/team.yaml", "none.yaml")
    assert code == 2
    assert out == "scenarios/team.yaml: OK (scenario)\n"
    assert [line.split(":")[0] for line in err.splitlines()] == ["bad.yaml", "none.yaml"]


def test_all_shipped_scenarios_and_places_pass_check(library: Any) -> None:
    # Sweeps move parameters of the whole register, which this small library lacks: tested in test_sweep_reading.
    files = [str(p) for p in sorted(library.path("scenarios").rglob("*.yaml")) if p.parent.name != "sweeps"]
    code, out, err = library.mellanrum("check", *files)
    assert (code, err, len(out.splitlines())) == (0, "", len(files))


def test_parameters_lists_engine_and_means(library: Any) -> None:
    records = json.loads(library.mellanrum("parameters", "--json")[1])
    by_name = {record["name"]: record for record in records}
    assert list(by_name) == sorted(by_name)
    assert by_name["gap.lead_time_mean_days"]["value"] == [0.0, 0.5, 2.0, 4.0, 6.0, 8.0]
    assert by_name["means.mdt.intake_minutes"]["high"] == 120.0
    code, out, _ = library.mellanrum("parameters")
    assert code == 0
    assert all(name in out for name in by_name)


def test_parameters_name_the_modules_that_read_them(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    library.write("program/care/handover.py", 'GAP = read_group(Gap, "gap", register)\n')
    library.write("program/care/other.py", 'x = register["gap.loss_scale"]\ny = read_group(Bed, "bed", r)\n')
    library.write("program/means/mdt.py", "")
    monkeypatch.setattr(folders, "program_folder", lambda: library.path("program"))
    records = json.loads(library.mellanrum("parameters", "--json")[1])
    users = {record["name"]: record["used_by"] for record in records}
    assert users["gap.loss_scale"] == ["care/handover.py", "care/other.py"]
    assert users["gap.lead_time_mean_days"] == ["care/handover.py"]
    assert users["means.mdt.intake_minutes"] == ["means/mdt.py"]
    assert users["means.joint_financing.dispute_share_left"] == []


@pytest.mark.parametrize("command", [("scenarios",), ("parameters",), ("show", "team")])
def test_tables_fit_a_terminal_of_100_columns(command: tuple[str, ...]) -> None:
    shown = re.sub(r"\x1b\[[0-9;]*m", "", on_terminal(*command, columns=100))
    assert "Vårdanalys" in shown or "assumption" in shown
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_version_and_help_of_the_program(library: Any) -> None:
    assert library.mellanrum("--version")[:2] == (0, f"mellanrum {sim.__version__}\n")
    code, out, _ = library.mellanrum("--help")
    assert code == 0
    assert all(name in out for name in main.COMMANDS) and "Exit codes" in out


def test_interruption_ends_with_130(library: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.cli.scenarios.command", interrupted)
    code, out, err = library.mellanrum("scenarios")
    assert (code, out) == (130, "")
    assert "Traceback" not in err


def test_help_names_every_command(library: Any) -> None:
    code, out, _ = library.mellanrum("--help")
    assert code == 0
    assert all(name in out for name in main.COMMANDS)


def test_the_module_runs_from_any_folder(tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()  # a folder of that name must not take the place of the program's
    command = [sys.executable, "-m", "sim", "scenarios", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert {record["name"] for record in json.loads(done.stdout)} >= NAMES
