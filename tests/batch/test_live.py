import json
from pathlib import Path

import pytest
from batch_fakes import Listening, job
from dask_cluster import wait_until

from sim.batch import live
from sim.batch.live import PROGRESS, LeavesWord, read_word


def test_word_is_left_and_everything_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "_WORD_SECONDS", 0.0)
    inner = Listening()
    progress = LeavesWord(tmp_path, inner)
    progress.begin(total=4, reused=1)
    word = read_word(tmp_path)
    assert word is not None
    assert (word.total, word.done, word.failed, word.left, word.seconds_left) == (4, 1, 0, 3, None)
    progress.ran(job("team", 0), None)
    progress.ran(job("team", 1), "no beds")
    word = read_word(tmp_path)
    assert word is not None
    assert (word.done, word.failed, word.left, word.reused) == (2, 1, 1, 1)
    assert word.seconds_left is not None
    progress.end()
    assert inner.told == ["begin 4 1", "ran team 0 None", "ran team 1 no beds", "end"]


def test_short_runs_do_not_wait_for_the_disk_but_the_last_one_is_told(tmp_path: Path) -> None:
    progress = LeavesWord(tmp_path, Listening())
    progress.begin(total=3, reused=0)
    seen = []
    for replication in range(3):
        progress.ran(job("team", replication), None)
        word = read_word(tmp_path)
        assert word is not None
        seen.append(word.done)
    assert seen == [0, 0, 3]


def test_a_later_round_counts_on(tmp_path: Path) -> None:
    LeavesWord(tmp_path, Listening(), before=6).begin(total=3, reused=1)
    word = read_word(tmp_path)
    assert word is not None
    assert (word.total, word.done, word.left) == (9, 7, 2)


@pytest.mark.parametrize("content", ["", "{", "[]", json.dumps({"total": 1})])
def test_word_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    assert read_word(tmp_path) is None
    (tmp_path / PROGRESS).write_text(content)
    assert read_word(tmp_path) is None


def test_word_that_came_too_soon_is_left_a_moment_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next run may take an hour: who asks for the status must not be told old numbers until then."""
    monkeypatch.setattr(live, "_WORD_SECONDS", 0.1)
    progress = LeavesWord(tmp_path, Listening())
    progress.begin(total=3, reused=0)
    progress.ran(job("team", 0), None)
    progress.ran(job("team", 1), None)
    wait_until(lambda: getattr(read_word(tmp_path), "done", 0) == 2, "no word was left")
