import io

from batch_fakes import job

from sim.batch.progress import PlainLines, Silent, TerminalBar, choose_progress, duration


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_plain_lines_say_done_failed_left() -> None:
    stream = io.StringIO()
    lines = PlainLines(stream)
    lines.begin(total=4, reused=1)
    lines.ran(job("team", 0), None)
    lines.ran(job("team", 1), "ValueError: no beds")
    lines.ran(job("team", 2), None)
    lines.end()
    written = stream.getvalue().splitlines()
    assert written[0] == "4 runs, 1 of them stored from before"
    assert written[1].startswith("2 of 4 runs done, 2 left, about ")
    assert written[2] == "failed: team, replication 1: ValueError: no beds"
    assert written[3].startswith("2 of 4 runs done, 1 failed, 1 left, about ")
    assert written[4] == "3 of 4 runs done, 1 failed"
    assert "\x1b" not in stream.getvalue()


def test_plain_lines_stay_few_in_a_long_batch() -> None:
    stream = io.StringIO()
    lines = PlainLines(stream)
    lines.begin(total=1000, reused=0)
    for replication in range(1000):
        lines.ran(job("team", replication), None)
    written = stream.getvalue().splitlines()
    assert len(written) == 21
    assert written[-1] == "1000 of 1000 runs done"


def test_terminal_shows_a_bar_with_counts() -> None:
    stream = Terminal()
    bar = TerminalBar(stream)
    bar.begin(total=2, reused=0)
    bar.ran(job("team", 0), None)
    bar.ran(job("team", 1), "ValueError: [no] beds")
    bar.end()
    assert "failed: team, replication 1: ValueError: [no] beds" in stream.getvalue()
    assert "1 of 2 runs done, 1 failed" in stream.getvalue()


def test_progress_fits_the_stream() -> None:
    assert isinstance(choose_progress(io.StringIO(), quiet=True), Silent)
    assert isinstance(choose_progress(io.StringIO(), quiet=False), PlainLines)
    assert isinstance(choose_progress(Terminal(), quiet=False), TerminalBar)
    assert isinstance(choose_progress(Terminal(), quiet=True), Silent)


def test_durations_read_well() -> None:
    assert [duration(seconds) for seconds in (0.4, 59.4, 60, 3599, 3600, 5400)] == [
        "0 s",
        "59 s",
        "1 min 00 s",
        "59 min 59 s",
        "1 h 00 min",
        "1 h 30 min",
    ]
