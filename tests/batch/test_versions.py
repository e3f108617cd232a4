import subprocess
from pathlib import Path

import pytest

from sim.batch import versions
from sim.batch.versions import code_version, hash_sources, source_files
from sim.config.folders import program_folder


def build(folder: Path) -> Path:
    for name, content in {
        "run.py": "a = 1\n",
        "care/gap.py": "",
        "parameters/gap.yaml": "x: 1",
        "cli/main.py": "",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode())
    return folder


def test_hash_follows_every_source_that_can_change_a_number(tmp_path: Path) -> None:
    folder = build(tmp_path / "a")
    first = hash_sources(folder)
    assert hash_sources(build(tmp_path / "b")) == first
    (folder / "run.py").write_bytes(b"a = 1\r\n")
    assert hash_sources(folder) == first, "line ends differ between checkouts"
    (folder / "cli" / "main.py").write_text("print()")
    assert hash_sources(folder) == first, "how a table is shown changes no run"
    (folder / "parameters" / "gap.yaml").write_text("x: 2")
    second = hash_sources(folder)
    assert second != first
    (folder / "care" / "gap.py").rename(folder / "care" / "other.py")
    assert hash_sources(folder) not in (first, second)


def test_our_own_sources_are_among_them() -> None:
    names = {path.relative_to(program_folder()).as_posix() for path in source_files(program_folder())}
    assert {"core/luck.py", "batch/store.py", "outcomes/table.py"} <= names
    assert not any(name.startswith(("cli/", "report/", "analysis/")) for name in names)


def test_code_version_names_libraries_and_sources() -> None:
    assert "numpy " in code_version()
    assert hash_sources(program_folder()) in code_version()


def test_commit_is_that_of_our_own_working_copy_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def git(*words: str) -> None:
        who = ("-c", "user.name=a", "-c", "user.email=a@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *who, *words], check=True, capture_output=True)

    folder = build(tmp_path / "sim")
    monkeypatch.setattr(versions, "program_folder", lambda: folder)
    assert versions.commit() is None, "not a working copy"
    git("init")
    git("add", ".")
    git("commit", "-m", "first")
    head = versions.commit()
    assert head is not None
    assert len(head) == 40
    (folder / "run.py").write_text("a = 2")
    assert versions.commit() == f"{head}+changes"
    monkeypatch.setattr(versions, "program_folder", lambda: folder / "deeper")
    (folder / "deeper").mkdir()
    assert versions.commit() is None, "inside somebody else's working copy, as an installed package is"
