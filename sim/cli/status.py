"""Tell how far a batch has come, from another terminal: `mellanrum status DIR`."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.cli.scenarios import JsonOption
from sim.config.errors import InputError

if TYPE_CHECKING:
    from sim.batch.live import Word

_REFRESH_SECONDS = 1.0
_MOST_LISTED = 10
EXIT_SOME_FAILED = 3

FolderArgument = Annotated[Path, typer.Argument(metavar="DIR", help="Output folder of a command that simulates.")]
FollowOption = Annotated[bool, typer.Option("--follow", help="Go on telling until nobody is at work there any more.")]


def command(folder: FolderArgument, as_json: JsonOption = False, follow: FollowOption = False) -> None:
    """Tell how many runs of a batch are done, failed and left, how long it takes, and how to go on."""
    from sim.cli.printing import print_json

    state = read_state(folder)
    if follow:
        state = _follow(folder, state)
    if as_json:
        print_json(state)
    else:
        print("\n".join(describe(state)))
    raise typer.Exit(EXIT_SOME_FAILED if state["failed"] else 0)


def _follow(folder: Path, state: dict[str, Any]) -> dict[str, Any]:
    """Tell each change on the error stream, one line each, or one line that changes on a terminal."""
    told, live = "", sys.stderr.isatty()
    while state["status"] == "running":
        line = counts(state)
        if line != told:
            print(f"\r\x1b[K{line}" if live else line, end="" if live else "\n", file=sys.stderr, flush=True)
            told = line
        time.sleep(_REFRESH_SECONDS)
        state = read_state(folder)
    if live and told:
        print(file=sys.stderr)
    return state


def read_state(folder: Path) -> dict[str, Any]:
    """Return what is known of the batch in a folder, as plain data. Raises InputError for any other folder.

    `status` is running, done, some runs failed, stopped or interrupted; a batch whose process is gone without a
    word (a power cut, a kill) is interrupted too.
    """
    from sim.batch.folder import RUNS, is_at_work
    from sim.batch.live import read_word
    from sim.batch.manifest import read_manifest
    from sim.batch.store import Store

    # Before the receipt: a batch that ends in between is told as finished, never as interrupted.
    running = is_at_work(folder)
    try:
        manifest = read_manifest(folder)
        status = str(manifest["status"])
    except (OSError, ValueError, KeyError):
        raise InputError(f"{folder}: not an output folder of a command that simulates; no manifest.json") from None
    if status == "running" and not running:
        status = "interrupted"
    word = read_word(folder / RUNS)
    return {
        "folder": str(folder),
        "status": "running" if running else status,
        "command": manifest["command"],
        **_numbers(word, running),
        "stored": Store(folder / RUNS).count(),
        "failures": [_failure(failure) for failure in manifest.get("failures", ())],
    }


def _numbers(word: Word | None, running: bool) -> dict[str, Any]:
    """Return the counts of the last word; time left is counted on from when it was left."""
    if word is None:
        return dict.fromkeys(("total", "done", "failed", "left", "seconds_left", "process", "host", "updated"))
    numbers = {**asdict(word), "left": word.left}
    if word.seconds_left is not None:
        since = (datetime.now(UTC) - datetime.fromisoformat(word.updated)).total_seconds()
        numbers["seconds_left"] = max(0.0, word.seconds_left - since) if running else None
    return numbers


def _failure(failure: Mapping[str, Any]) -> dict[str, Any]:
    return {key: failure.get(key) for key in ("scenario", "replication", "seed", "error")}


def describe(state: Mapping[str, Any]) -> list[str]:
    """Return the state in words, a line each."""
    lines = [f"{state['folder']}: {state['status']}"]
    if state["status"] == "running" and state["process"] is not None:
        lines[0] += f", process {state['process']} on {state['host']}"
    lines.append(counts(state))
    for failure in state["failures"][:_MOST_LISTED]:
        run = f"{failure['scenario']}, replication {failure['replication']}, seed {failure['seed']}"
        lines.append(f"failed: {run}: {failure['error']}")
    if len(state["failures"]) > _MOST_LISTED:
        lines.append(f"and {len(state['failures']) - _MOST_LISTED} more, see manifest.json")
    if state["status"] in ("interrupted", "stopped", "some runs failed"):
        lines += [
            f"Nobody is at work there; last word {state['updated'] or 'none'}, {state['stored']} runs are stored.",
            "Go on with:",
            f"  {_again(state['command'])}",
        ]
    return lines


def counts(state: Mapping[str, Any]) -> str:
    """Return runs done, failed and left, and the time left, in a line."""
    from sim.batch.progress import counts_text

    if state["total"] is None:
        return "no run yet"
    return counts_text(state["total"], state["done"], state["failed"], state["seconds_left"])


def _again(command: str) -> str:
    return command if "--resume" in command.split() else f"{command} --resume"
