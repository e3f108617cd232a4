"""Start the command line: one file per command, one place where they are listed."""

from __future__ import annotations

import errno
import os
import sys
from importlib import import_module
from typing import Annotated

import typer

import sim
from sim.config.errors import InputError

COMMANDS = (
    "compare",
    "run",
    "scenarios",
    "show",
    "check",
    "parameters",
    "validate",
    "study",
    "calibrate",
    "league",
    "means",
    "sensitivity",
    "robustness",
    "journey",
    "sweep",
    "stress",
    "allocate",
    "report",
    "status",
)
"""Every command, in the order of the help: sim/cli/<name>.py holds a function `command`."""


def _say_version(asked: bool) -> None:
    if asked:
        print(f"mellanrum {sim.__version__}")
        raise typer.Exit(DONE)


VersionOption = Annotated[
    bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Print the version and exit.")
]

DONE, WRONG_INPUT, SOME_FAILED, INTERRUPTED = 0, 2, 3, 130
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
"""What the operating system says when a disk is full, read-only or broken."""

# Typer carries its own copy of click, older versions import it: the class is found either way.
_UsageError: type[Exception] = next(
    kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException" and issubclass(kind, Exception)
)


def build_app() -> typer.Typer:
    """Return the command line with every command."""
    app = typer.Typer(
        name="mellanrum",
        epilog="Exit codes: 0 done; 2 the input is wrong; 3 some runs failed, the rest is kept; 130 interrupted.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

    @app.callback()
    def main(version: VersionOption = False) -> None:
        """Try out care coordination in a Swedish place before reorganising it. Start with `mellanrum compare`."""

    for name in COMMANDS:
        module = import_module(f"sim.cli.{name}")
        app.command(name)(module.command)
    return app


def run(arguments: list[str] | None = None) -> None:
    """Run one command and exit: 0 done, 2 the input is wrong (one message), 3 no room for results, 130 interrupted.

    A command may exit with another code by raising `typer.Exit`.
    """
    try:
        code = build_app()(arguments, prog_name="mellanrum", standalone_mode=False)
    except InputError as problem:
        fail(str(problem))
    except _UsageError as problem:
        fail(_usage(problem))
    except (KeyboardInterrupt, typer.Abort):
        print("mellanrum: interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except OSError as problem:
        if problem.errno not in _NO_ROOM:
            raise
        print(_no_room(problem), file=sys.stderr)
        sys.exit(SOME_FAILED)
    sys.exit(code if isinstance(code, int) else DONE)


def _no_room(problem: OSError) -> str:
    """Say that results could not be written; the finished runs were stored one by one and are safe."""
    where = f" {problem.filename}" if problem.filename else ""
    why = os.strerror(problem.errno or 0).lower()
    return f"cannot write{where}: {why}; finished runs are kept, and the same command goes on from them"


def fail(message: str) -> None:
    """Say what is wrong with the input, and exit with 2."""
    print(message, file=sys.stderr)
    sys.exit(WRONG_INPUT)


def _usage(problem: Exception) -> str:
    """Return a usage error as one line that names the help to read."""
    if type(problem).__name__ == "NoArgsIsHelpError":
        return str(problem)
    message = " ".join(getattr(problem, "format_message", problem.__str__)().split())
    message = message.replace("Value error, ", "")
    context = getattr(problem, "ctx", None)
    command = context.command_path if context is not None else "mellanrum"
    return f"{command}: {message.rstrip('.')}; see `{command} --help`"
