"""Wrong input to the commands that simulate: one message, exit 2, nothing written."""

import json
from pathlib import Path

import pytest

from sim.cli.main import run

WRONG = [
    (["compare", "nosuch"], "nosuch: unknown scenario"),
    (["compare", "basline", "mdt"], "did you mean baseline?"),
    (["compare", "nosuch.yaml"], "there is no such file"),
    (["compare", "."], "."),
    (["compare", "baseline"], "nothing to compare"),
    (["compare", "mdt", "mdt"], "given 2 times"),
    (["compare", "mdt", "means/mdt"], "given 2 times"),
    (["compare", "mdt", "--place", "atlantis"], "atlantis"),
    (["compare", "mdt", "--years", "0"], "--years"),
    (["compare", "mdt", "--years", "nan"], "--years"),
    (["compare", "mdt", "--years", "inf"], "--years"),
    (["compare", "mdt", "--years", "two"], "--years"),
    (["compare", "mdt", "--warmup-years", "-1"], "--warmup-years"),
    (["compare", "mdt", "--replications", "0"], "--replications: must be 1 or more"),
    (["compare", "mdt", "--replications", "2.5"], "--replications"),
    (["compare", "mdt", "--jobs", "0"], "--jobs: must be 1 or more"),
    (["compare", "mdt", "--seed", "-1"], "--seed: must be"),
    (["compare", "mdt", "--seed", str(2**63)], "--seed: must be"),
    (["compare", "mdt", "--sample", "0"], "--sample"),
    (["compare", "mdt", "--sample", "1.5"], "--sample"),
    (["compare", "mdt", "--sample", "nan"], "--sample"),
    (["compare", "mdt", "--lang", "fr"], "--lang"),
    (["compare", "mdt", "--out", "file"], "is a file"),
    (["compare", "mdt", "--out", "file/out"], "cannot write there"),
    (["compare", "mdt", "--out", "full"], "not ours"),
    (["compare", "mdt", "--out", "other"], "another command"),
    (["compare", "longer.yaml"], "give --years"),
    (["compare", "--nosuch"], "--nosuch"),
    (["run"], "SCENARIO"),
    (["run", "nosuch"], "unknown scenario"),
    (["run", "baseline", "--out", "full"], "not ours"),
    (["validate", "--replications", "0"], "--replications"),
    (["compare", "mdt", "--cluster", "localhost:8786"], "give tcp://HOST:PORT"),
    (["run", "baseline", "--store", "file"], "--store file: cannot write there"),
    (["status"], "DIR"),
    (["status", "full"], "not an output folder"),
    (["report"], "DIR"),
    (["report", "nosuch"], "there is no such folder"),
    (["report", "file"], "there is no such folder"),
    (["report", "full"], "manifest.json is missing"),
    (["report", "other"], "outcomes.csv is missing"),
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where the user stands."""
    monkeypatch.chdir(tmp_path)
    Path("file").touch()
    for name in ("full", "other"):
        Path(name).mkdir()
    Path("full", "thesis.docx").touch()
    Path("other", "manifest.json").write_text(json.dumps({"identity": "theirs"}))
    title = "{en: A, sv: A}"
    Path("longer.yaml").write_text(
        f"title: {title}\nsummary: {title}\nsource: assumption\nextends: baseline\nyears: 7\n"
    )
    return tmp_path


def contents(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(words) for words, _ in WRONG])
def test_wrong_input(arguments: list[str], message: str, desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(desk)
    with pytest.raises(SystemExit) as end:
        run(arguments)
    printed = capsys.readouterr()
    assert end.value.code == 2
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert len(printed.err.strip().splitlines()) == 1
    assert printed.out == ""
    assert contents(desk) == before
