import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sim.batch.folder import default_folder, is_at_work, open_folder
from sim.config.errors import InputError


def with_results(folder: Path, identity: str) -> Path:
    (folder / "runs" / "k").mkdir(parents=True)
    (folder / "figures").mkdir()
    (folder / "manifest.json").write_text(json.dumps({"identity": identity}))
    for name in ("outcomes.csv", "differences.csv", "report.html", "figures/a.svg", "my notes.txt"):
        (folder / name).write_text("old")
    return folder


def test_a_new_or_empty_folder_is_taken_and_nothing_is_written_before_prepare(tmp_path: Path) -> None:
    folder = open_folder(tmp_path / "a" / "b", "mine", resume=False)
    assert list(tmp_path.iterdir()) == []
    folder.prepare()
    assert (tmp_path / "a" / "b" / "runs").is_dir()
    (tmp_path / "empty").mkdir()
    open_folder(tmp_path / "empty", "mine", resume=False)


def test_the_same_command_goes_on_in_its_folder_and_old_tables_go(tmp_path: Path) -> None:
    path = with_results(tmp_path / "out", "mine")
    open_folder(path, "mine", resume=False).prepare()
    left = sorted(found.relative_to(path).as_posix() for found in path.rglob("*") if found.is_file())
    assert left == ["manifest.json", "my notes.txt"]
    assert (path / "runs" / "k").is_dir()


def test_another_command_is_refused_unless_resumed(tmp_path: Path) -> None:
    path = with_results(tmp_path / "out", "theirs")
    with pytest.raises(InputError, match=r"another command.*--resume"):
        open_folder(path, "mine", resume=False)
    assert (path / "outcomes.csv").read_text() == "old"
    open_folder(path, "mine", resume=True).prepare()
    assert not (path / "outcomes.csv").exists()


@pytest.mark.parametrize("resume", [False, True])
def test_a_folder_with_other_files_is_refused(tmp_path: Path, resume: bool) -> None:
    (tmp_path / "thesis.docx").touch()
    with pytest.raises(InputError, match="not ours"):
        open_folder(tmp_path, "mine", resume)


def test_a_damaged_manifest_is_another_command(tmp_path: Path) -> None:
    path = with_results(tmp_path / "out", "mine")
    (path / "manifest.json").write_text("{")
    with pytest.raises(InputError, match="another command"):
        open_folder(path, "mine", resume=False)


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="is a file"):
        open_folder(tmp_path / "file", "mine", resume=False)
    with pytest.raises(InputError, match=r"cannot write there.*is a file"):
        open_folder(tmp_path / "file" / "out", "mine", resume=False)


def test_a_place_where_nobody_may_write_is_refused() -> None:
    with pytest.raises(InputError, match="cannot write there"):
        open_folder(Path("/proc/mellanrum"), "mine", resume=False)


def test_the_default_folder_never_meets_another_commands_results(tmp_path: Path) -> None:
    plain = tmp_path / "compare-arvika"
    assert default_folder(plain, "0123456789") == plain
    with_results(plain, "0123456789")
    assert default_folder(plain, "0123456789") == plain
    assert default_folder(plain, "abcdef0123") == tmp_path / "compare-arvika-abcdef"


GUARD = """
import sys, time
from pathlib import Path
from sim.batch.folder import open_folder
lock = open_folder(Path(sys.argv[1]), "mine", resume=False).guard()
print("guarded", flush=True)
time.sleep(60)
"""


def test_a_folder_belongs_to_one_process_until_it_ends_however_it_ends(tmp_path: Path) -> None:
    path = tmp_path / "out"
    other = subprocess.Popen(
        [sys.executable, "-c", GUARD, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "guarded\n"
    assert is_at_work(path)
    with pytest.raises(InputError, match=r"another command is at work there; see `mellanrum status .*out`"):
        open_folder(path, "mine", resume=False).guard()
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert not is_at_work(path)
    with open_folder(path, "mine", resume=False).guard():
        assert is_at_work(path)


def test_a_folder_is_looked_at_again_once_it_is_ours(tmp_path: Path) -> None:
    chosen = open_folder(tmp_path / "out", "mine", resume=False)
    with_results(tmp_path / "out", "theirs")
    with pytest.raises(InputError, match="another command"):
        chosen.guard()


def test_sharing_is_left_out_where_it_cannot_be_had(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = open_folder(tmp_path / "out", "mine", resume=False, shared=tmp_path / "file" / "runs")
    folder.prepare()
    assert folder.store.shared is None
    able = open_folder(tmp_path / "out", "mine", resume=False, shared=tmp_path / "outputs" / ".runs")
    able.prepare()
    assert able.store.shared == tmp_path / "outputs" / ".runs"
