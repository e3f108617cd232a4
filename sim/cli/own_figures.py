"""Let a planner set own totals beside the model: the file to fill in, and the targets it gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.cli.batch_request import Request, load_scenarios
from sim.config.errors import InputError

if TYPE_CHECKING:
    from calibration.validation import Target
    from sim.config.place import Place


def leave_template(request: Request, path: Path) -> int:
    """Write the file to fill in for the place of the request; return the exit code. Never writes over a file."""
    from calibration.local_targets import template
    from sim.batch.tables import write_text

    if path.exists():
        raise InputError(f"--template {path}: exists already; name a new file")
    if not path.absolute().parent.is_dir():
        raise InputError(f"--template {path}: there is no folder {path.parent}; make it first")
    place = load_scenarios(request)[0].place
    # The mark at the start tells spreadsheets that the file is in UTF-8.
    write_text("\ufeff" + template(place), path)
    print(f"{path}: fill in the column total where you have a figure of {place.title.en}; leave the others empty.")
    print(f"Then: mellanrum validate --targets {path}")
    return 0


def with_own_figures(targets: Sequence[Target], path: Path, place: Place) -> tuple[Target, ...]:
    """Return the targets with those of a planner's file in place of published ones. Raises InputError."""
    from calibration.local_targets import read_local_targets, with_local_targets

    return with_local_targets(targets, read_local_targets(path, place))
