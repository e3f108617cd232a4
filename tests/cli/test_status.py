"""What `mellanrum status` says of a folder: at work, finished, failed, interrupted; runs are fakes."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from dask_cluster import ROOT, wait_until

from sim.cli.main import run
from sim.cli.status import read_state


def start(folder: Path, *names: str, **env: str) -> subprocess.Popen[str]:
    script = str(Path(__file__).with_name("cli_fakes.py"))
    return subprocess.Popen(
        [sys.executable, script, "out", "2", "fresh", "hide", *names],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
    )


def mellanrum(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as end:
        run(list(arguments))
    said = capsys.readouterr()
    return int(end.value.code or 0), said.out, said.err


def test_at_work_then_killed_then_finished(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    working = start(tmp_path, "team", "mdt", FAKE_SLOW_IN="mdt")
    wait_until(lambda: len(list(out.glob("runs/*/receipt.json"))) >= 2, "no run was finished")
    wait_until(lambda: (read_state(out)["done"] or 0) >= 2, "no word was left")
    code, said, _ = mellanrum(capsys, "status", str(out))
    assert code == 0
    assert f"{out}: running, process {working.pid} on " in said
    assert "of 9 runs done, " in said
    assert " left, about " in said
    second = start(tmp_path, "team", "mdt")
    _, errors = second.communicate(timeout=60)
    assert second.returncode != 0
    assert "another command is at work there (process" in errors
    working.send_signal(signal.SIGKILL)
    working.communicate()
    code, said, _ = mellanrum(capsys, "status", str(out), "--follow")
    assert code == 0
    assert f"{out}: interrupted\n" in said
    assert "Nobody is at work there; last word 20" in said
    assert said.endswith("Go on with:\n  mellanrum compare team mdt --out out --resume\n")
    again = start(tmp_path, "team", "mdt", FAKE_FAILS_IN="mdt")
    assert again.communicate(timeout=60)[0] == ""
    code, said, _ = mellanrum(capsys, "status", str(out), "--json")
    state: dict[str, Any] = json.loads(said)
    assert code == 3, "a summary must not hide what failed"
    assert (state["status"], state["total"], state["done"], state["failed"]) == ("some runs failed", 9, 6, 3)
    assert [failure["scenario"] for failure in state["failures"]] == ["mdt"] * 3
    code, said, _ = mellanrum(capsys, "status", str(out))
    assert "failed: mdt, replication 0, seed " in said
    assert "6 of 9 runs done, 3 failed" in said
    assert start(tmp_path, "team", "mdt").wait(60) == 0
    assert mellanrum(capsys, "status", str(out))[:2] == (0, f"{out}: done\n9 of 9 runs done\n")


def test_follow_tells_until_the_end(tmp_path: Path) -> None:
    working = start(tmp_path, "team", FAKE_SLOW_IN="team")
    wait_until(lambda: len(list(tmp_path.glob("out/runs/*/receipt.json"))) >= 1, "no run was finished")
    following = subprocess.Popen(
        [sys.executable, "-m", "sim", "status", str(tmp_path / "out"), "--follow"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert following.stderr is not None
    assert "of 6 runs done" in following.stderr.readline()
    working.send_signal(signal.SIGINT)
    working.communicate(timeout=60)
    out, _ = following.communicate(timeout=60)
    assert following.returncode == 0
    assert "out: interrupted" in out


@pytest.mark.parametrize("name", ["nosuch", "empty"])
def test_a_folder_that_is_not_ours_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (tmp_path / "empty").mkdir()
    code, out, errors = mellanrum(capsys, "status", str(tmp_path / name))
    assert (code, out) == (2, "")
    assert "not an output folder" in errors
    assert not (tmp_path / "empty" / "runs").exists()
